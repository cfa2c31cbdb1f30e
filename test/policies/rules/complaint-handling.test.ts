import { complaintHandling } from "../../../policies/rules/complaint-handling";
import { handlingCases } from "./handling-cases";
import { testRule } from "./tester";

testRule(complaintHandling, handlingCases("complaint"));
