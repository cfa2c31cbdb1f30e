import { PolicyPack } from "@pulumi/policy";
import { sesGuardPolicies } from "./pack";

new PolicyPack("ses-guard", { policies: sesGuardPolicies(), enforcementLevel: "mandatory" });
