import { PolicyPack } from "@pulumi/policy";
import { sesGuardPolicies } from "./pack/policies";

new PolicyPack("ses-guard", { policies: sesGuardPolicies(), enforcementLevel: "mandatory" });
