import { regionalDifference } from "../../../policies/rules/regional-difference";
import { heardTopic, listen, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const IRELAND = { region: "eu-west-1" };
const both = (s: Stack) => {
  s.domain("example.com");
  s.domain("example.com", IRELAND, { as: "ireland" });
};
const endpoint = (s: Stack, region: unknown, type = "aws:sesv2/multiRegionEndpoint:MultiRegionEndpoint") =>
  s.add(type, "endpoint", {
    details: type.startsWith("aws:") ? { routesDetails: [{ region }] } : { routeDetails: [{ region }] },
  });

testRule(regionalDifference, {
  fails: [
    {
      name: "handled here, not there",
      given: (s) => {
        both(s);
        listen(s, "example.com", heardTopic(s));
      },
      finds: [
        "violation example.com@eu-west-1: example.com is handled differently in us-east-1 and eu-west-1: there bounces and complaints by topic, here bounces and complaints to nobody.",
      ],
    },
    {
      name: "handled there, not here: the Region that lacks is the one to change",
      given: (s) => {
        both(s);
        listen(s, "example.com", heardTopic(s, "t", IRELAND), IRELAND);
      },
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "by other channels",
      given: (s) => {
        both(s);
        listen(s, "example.com", heardTopic(s));
        s.forwarding("example.com", true, IRELAND);
      },
      finds: [
        "violation example.com@us-east-1: example.com is handled differently in eu-west-1 and us-east-1: there bounces and complaints by forwarding, here bounces and complaints by topic.",
      ],
    },
    {
      name: "an endpoint's secondary Region without the identity",
      given: (s) => {
        s.identity("example.com");
        endpoint(s, "eu-west-1");
      },
      finds: [
        "violation example.com@us-east-1: A multi-Region endpoint also sends for example.com (us-east-1) from eu-west-1, where the identity is not in view.",
      ],
    },
    {
      name: "native: an endpoint's secondary Region without the identity",
      given: (s) => {
        s.nativeIdentity("example.com");
        endpoint(s, "eu-west-1", "aws-native:ses:MultiRegionEndpoint");
      },
      finds: ["violation example.com@us-east-1"],
    },
  ],
  passes: [
    { name: "one Region", given: (s) => s.domain("example.com") },
    { name: "unhandled in both: that is for the handling rules", given: both },
    {
      name: "topics in both",
      given: (s) => {
        both(s);
        listen(s, "example.com", heardTopic(s));
        listen(s, "example.com", heardTopic(s, "t", IRELAND), IRELAND);
      },
    },
    {
      name: "two names",
      given: (s) => {
        s.domain("example.com");
        s.domain("example.org", IRELAND);
        listen(s, "example.com", heardTopic(s));
      },
    },
    {
      name: "an endpoint whose Regions both have it",
      given: (s) => {
        both(s);
        endpoint(s, "eu-west-1");
      },
    },
    {
      name: "one of them is only read",
      given: (s) => {
        s.domain("example.com");
        s.domain("example.com", IRELAND, { as: "ireland", external: true });
        listen(s, "example.com", heardTopic(s));
      },
    },
  ],
  unknown: [
    {
      name: "whether it is handled there is not known",
      given: (s) => {
        both(s);
        listen(s, "example.com", heardTopic(s));
        s.notify("example.com", unknown(), heardTopic(s, "t", IRELAND).arn, IRELAND);
      },
      finds: [
        "unverified example.com@eu-west-1: Whether example.com is handled differently in us-east-1 and eu-west-1 is not known.",
      ],
    },
    {
      name: "a Region that nobody knows",
      given: (s) => {
        s.domain("example.com");
        s.domain("example.com", { region: unknown() }, { as: "somewhere" });
        s.notify("example.com", "Bounce", heardTopic(s).arn);
      },
      finds: [
        "unverified example.com@us-east-1: Whether example.com is handled differently in a Region that is not known and us-east-1 is not known.",
      ],
    },
    {
      name: "a name that nobody knows",
      given: (s) => {
        s.domain("example.com");
        s.domain(unknown(), IRELAND, { as: "unnamed" });
      },
      finds: [
        "unverified @eu-west-1: The name of identity unnamed is not known, so it cannot be compared with those of other Regions.",
      ],
    },
    {
      name: "an endpoint's Region that nobody knows",
      given: (s) => {
        s.domain("example.com");
        endpoint(s, unknown());
      },
      finds: [
        "unverified example.com@us-east-1: A multi-Region endpoint also sends for example.com (us-east-1) from a Region that is not known.",
      ],
    },
    {
      name: "an endpoint's Region where an identity has no name",
      given: (s) => {
        s.domain("example.com");
        s.domain(unknown(), IRELAND, { as: "unnamed" });
        endpoint(s, "eu-west-1");
      },
      finds: [
        "unverified @eu-west-1",
        "unverified example.com@us-east-1: A multi-Region endpoint also sends for example.com (us-east-1) from eu-west-1, where the identity is not in view as far as the Regions and names are known.",
      ],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        both(s);
        listen(s, "example.com", heardTopic(s));
      },
      forms: ["preview"],
      finds: ["unverified example.com@eu-west-1"],
    },
  ],
});
