import { defaultConfigurationSet } from "../../../policies/rules/default-configuration-set";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const config = { defaultConfigurationSet: "org-feedback" };
const lacks = (name: string) =>
  `violation ${name}@us-east-1: ${name} (us-east-1) has no default configuration set; the configuration names org-feedback.`;
const doubt =
  "unverified example.com@us-east-1: Whether example.com (us-east-1) has a default configuration set is not known.";
const native = (attributes?: unknown) => (s: Stack) =>
  s.nativeIdentity("example.com", attributes === undefined ? {} : { configurationSetAttributes: attributes });

testRule(defaultConfigurationSet, {
  fails: [
    { name: "a v2 domain", given: (s) => s.identity("example.com"), config, finds: [lacks("example.com")] },
    { name: "a v2 address", given: (s) => s.identity("ceo@example.com"), config, finds: [lacks("ceo@example.com")] },
    { name: "a native identity", given: native(), config, finds: [lacks("example.com")] },
    { name: "an empty native block", given: native({}), config, finds: [lacks("example.com")] },
    {
      name: "an empty name is none",
      given: (s) => s.identity("example.com", { configurationSetName: "" }),
      config,
      finds: [lacks("example.com")],
    },
    {
      name: "each of several, whatever the others have",
      given: (s) => {
        s.identity("example.com");
        s.identity("example.org", { configurationSetName: "org-feedback" });
        s.identity("example.net", { configurationSetName: unknown() });
      },
      config,
      finds: [
        lacks("example.com"),
        "unverified example.net@us-east-1: Whether example.net (us-east-1) has a default configuration set is not known.",
      ],
    },
    {
      name: "the Region that is meant",
      given: (s) => {
        s.identity("example.com", { configurationSetName: "org-feedback" });
        s.identity("example.com", { region: "eu-west-1" }, { as: "ireland" });
      },
      config,
      finds: [
        "violation example.com@eu-west-1: example.com (eu-west-1) has no default configuration set; the configuration names org-feedback.",
      ],
    },
    {
      name: "an identity whose name nobody knows",
      given: (s) => s.identity(unknown()),
      config,
      finds: [
        "violation @us-east-1: unnamed (us-east-1) has no default configuration set; the configuration names org-feedback.",
      ],
    },
  ],
  passes: [
    { name: "the configuration names none", given: (s) => s.identity("example.com") },
    {
      name: "the set that the configuration names",
      given: (s) => s.identity("example.com", { configurationSetName: "org-feedback" }),
      config,
    },
    {
      name: "another set: somebody chose it",
      given: (s) => s.identity("example.com", { configurationSetName: "mine" }),
      config,
    },
    {
      name: "a set of the same program, by reference",
      given: (s) => s.identity("example.com", { configurationSetName: s.set("mine").out("configurationSetName") }),
      config,
    },
    { name: "native, with a set", given: native({ configurationSetName: "org-feedback" }), config },
    {
      name: "v1 has no default sets",
      given: (s) => {
        s.domain("example.com");
        s.address("ceo@example.org");
      },
      config,
    },
    { name: "an identity that is only read", given: (s) => s.identity("example.com", {}, { external: true }), config },
  ],
  unknown: [
    {
      name: "a set that nobody knows",
      given: (s) => s.identity("example.com", { configurationSetName: unknown() }),
      config,
      finds: [doubt],
    },
    {
      name: "one of several sets",
      given: (s) => s.identity("example.com", { configurationSetName: unknown(s.set("a"), s.set("b")) }),
      config,
      finds: [doubt],
    },
    { name: "a native block that nobody knows", given: native(unknown()), config, finds: [doubt] },
    {
      name: "a native block with a name that nobody knows",
      given: native({ configurationSetName: unknown() }),
      config,
      finds: [doubt],
    },
    {
      name: "a name of an odd type",
      given: (s) => s.identity("example.com", { configurationSetName: 7 }),
      config,
      finds: [doubt],
    },
  ],
});
