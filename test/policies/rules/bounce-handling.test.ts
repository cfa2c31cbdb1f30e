import { bounceHandling } from "../../../policies/rules/bounce-handling";
import { handlingCases } from "./handling-cases";
import { testRule } from "./tester";

testRule(bounceHandling, handlingCases("bounce"));
