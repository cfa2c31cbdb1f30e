import type { Json } from "../../../policies/model/value";
import { suppressionDiffers } from "../../../policies/rules/suppression-differs";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const regions = (reasons: Readonly<Record<string, unknown>>) => (s: Stack) => {
  for (const [region, suppressedReasons] of Object.entries(reasons)) {
    const inputs: Json = { region, suppressedReasons };
    s.add("ses-guard:account:Account", region, inputs);
  }
};
const forms = ["state"] as const;

testRule(suppressionDiffers, {
  fails: [
    {
      name: "one Region suppresses less",
      given: regions({ "us-east-1": ["BOUNCE", "COMPLAINT"], "eu-west-1": ["BOUNCE"] }),
      forms,
      finds: [
        "violation -: mail/prod suppresses different reasons in its Regions: eu-west-1 BOUNCE and us-east-1 BOUNCE and COMPLAINT.",
      ],
    },
    {
      name: "one suppresses nothing, a third is not known",
      given: regions({ "us-east-1": ["BOUNCE"], "eu-west-1": [], "eu-north-1": unknown() }),
      forms,
      finds: [
        "violation -: mail/prod suppresses different reasons in its Regions: eu-north-1 not known, eu-west-1 none and us-east-1 BOUNCE.",
      ],
    },
  ],
  passes: [
    { name: "one Region", given: regions({ "us-east-1": ["BOUNCE"] }), forms },
    {
      name: "the same in another order",
      given: regions({ "us-east-1": ["BOUNCE", "COMPLAINT"], "eu-west-1": ["COMPLAINT", "BOUNCE"] }),
      forms,
    },
  ],
  unknown: [
    {
      name: "one Region was not read",
      given: regions({ "us-east-1": ["BOUNCE"], "eu-west-1": unknown() }),
      forms,
      finds: [
        "unverified -: Whether mail/prod suppresses the same in all its Regions is not known: eu-west-1 not known and us-east-1 BOUNCE.",
      ],
    },
  ],
});
