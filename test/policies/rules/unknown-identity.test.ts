import { unknownIdentity } from "../../../policies/rules/unknown-identity";
import { Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const A = "arn:aws:sns:us-east-1:123456789012:a";
const external = (region: string | null, account: string | null = null) => ({
  externalIdentities: [
    { identity: "Example.com", kind: "domain" as const, account, region, bounce: [], complaint: [], delivery: [] },
  ],
});

testRule(unknownIdentity, {
  fails: [
    {
      name: "a notification",
      given: (s) => s.notify("example.com", "Bounce", A),
      finds: [
        "violation example.com@us-east-1: notification-1 is a setting for example.com (us-east-1), which is not in view.",
      ],
    },
    {
      name: "a notification without a topic, too",
      given: (s) => s.notify("example.com", "Bounce"),
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "forwarding",
      given: (s) => s.forwarding("ceo@example.com", true),
      finds: ["violation ceo@example.com@us-east-1"],
    },
    {
      name: "by an ARN",
      given: (s) => s.notify("arn:aws:ses:eu-west-1:123456789012:identity/example.com", "Bounce", A, {}, { as: "arn" }),
      finds: ["violation example.com@eu-west-1: arn is a setting for example.com (eu-west-1), which is not in view."],
    },
    {
      name: "the identity is in another Region",
      given: (s) => {
        s.domain("example.com", { region: "eu-west-1" });
        s.notify("example.com", "Bounce", A);
      },
      finds: [
        "violation example.com@us-east-1: notification-1 is a setting for example.com (us-east-1), which is not in view; it is declared in eu-west-1.",
      ],
    },
    {
      name: "the identity is in another account",
      given: (s) => {
        s.domain("example.com");
        s.notify("arn:aws:ses:us-east-1:999999999999:identity/example.com", "Bounce", A);
      },
      forms: ["state"],
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "an address whose domain is in view: the domain's settings are no settings of the address",
      given: (s) => {
        s.domain("example.com");
        s.notify("ceo@example.com", "Bounce", A);
      },
      finds: ["violation ceo@example.com@us-east-1"],
    },
    {
      name: "the case before the @",
      given: (s) => {
        s.address("ceo@example.com");
        s.notify("Ceo@example.com", "Bounce", A);
      },
      finds: ["violation Ceo@example.com@us-east-1"],
    },
    {
      name: "one managed elsewhere, in another Region",
      given: (s) => s.notify("example.com", "Bounce", A),
      config: external("eu-west-1"),
      finds: ["violation example.com@us-east-1"],
    },
  ],
  passes: [
    {
      name: "by name, ARN and reference",
      given: (s) => {
        const identity = s.identity("example.com");
        s.notify("EXAMPLE.com", "Bounce", A);
        s.notify("arn:aws:ses:us-east-1:123456789012:identity/example.com", "Complaint", A);
        s.forwarding(identity.out("emailIdentity"), true);
      },
    },
    {
      name: "one that is only read",
      given: (s) => {
        s.domain("example.com", {}, { external: true });
        s.notify("example.com", "Bounce", A);
      },
    },
    {
      name: "one of another stack in view",
      given: (() => {
        const [mail, other] = [new Stack("mail/prod"), new Stack("other/prod")];
        mail.domain("example.com");
        other.notify("example.com", "Bounce", A);
        return [mail, other];
      })(),
    },
    {
      name: "one managed elsewhere",
      given: (s) => s.notify("example.com", "Bounce", A),
      config: external("us-east-1", "123456789012"),
    },
    { name: "an identity without settings", given: (s) => s.domain("example.com") },
  ],
  unknown: [
    {
      name: "a name that nobody knows",
      given: (s) => s.notify(unknown(), "Bounce", A),
      finds: [
        "unverified @us-east-1: notification-1 is a setting for an identity that is not known: it cannot be told which one it belongs to.",
      ],
    },
    { name: "no name at all", given: (s) => s.notify(null, "Bounce", A), finds: ["unverified @us-east-1"] },
    {
      name: "a name, beside an identity whose name nobody knows",
      given: (s) => {
        s.domain(unknown());
        s.notify("example.com", "Bounce", A);
      },
      finds: [
        "unverified example.com@us-east-1: notification-1 is a setting for example.com (us-east-1): it cannot be told which one it belongs to.",
      ],
    },
    {
      name: "a Region that nobody knows",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Bounce", A, { region: unknown() });
      },
      finds: ["unverified example.com"],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        s.notify("example.com", "Bounce", A);
      },
      forms: ["preview"],
      finds: ["unverified example.com@us-east-1"],
    },
    {
      name: "one managed elsewhere, in a Region that nobody wrote down",
      given: (s) => s.notify("example.com", "Bounce", A),
      config: external(null),
      finds: ["unverified example.com@us-east-1"],
    },
  ],
});
