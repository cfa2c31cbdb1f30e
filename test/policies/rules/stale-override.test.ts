import { staleOverride } from "../../../policies/rules/stale-override";
import { heardTopic, listen, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const override = (identity: string, expires?: string) => ({ identity, reason: "meant", ...(expires && { expires }) });
const exception = (identity: string, expires?: string) => ({
  rule: "bounce-handling" as const,
  ...override(identity, expires),
});
/** A domain with topics, and an address beside it with nothing. */
const shadow = (s: Stack) => {
  s.domain("example.com");
  listen(s, "example.com", heardTopic(s));
  s.address("ceo@example.com");
};
const component = (s: Stack, inputs: Record<string, unknown>) =>
  s.add("ses-guard:index:MonitoredIdentity", "mail", { identity: "ceo@example.com", ...inputs });
const nothing = (identity: string) =>
  `The intended override for ${identity} excuses nothing: it does not differ from a domain in view.`;

const acrossStacks = () => {
  const [domain, address] = [new Stack("domain/prod"), new Stack("address/prod")];
  domain.domain("example.com");
  listen(domain, "example.com", heardTopic(domain));
  address.address("ceo@example.com");
  return [domain, address];
};

testRule(staleOverride, {
  fails: [
    {
      name: "an override that has expired",
      given: shadow,
      config: { intendedOverrides: [override("ceo@example.com", "2026-11-22")] },
      finds: ["violation ceo@example.com: The intended override for ceo@example.com expired on 2026-11-22."],
    },
    {
      name: "an override for an address that does what its domain does",
      given: (s) => {
        const topic = heardTopic(s);
        s.domain("example.com");
        s.address("ceo@example.com");
        listen(s, "example.com", topic);
        listen(s, "ceo@example.com", topic);
      },
      config: { intendedOverrides: [override("ceo@example.com")] },
      finds: [`violation ceo@example.com: ${nothing("ceo@example.com")}`],
    },
    {
      name: "an override for an identity that is not in view",
      given: shadow,
      config: { intendedOverrides: [override("ceo@example.com"), override("cfo@example.com")] },
      finds: ["violation cfo@example.com"],
    },
    {
      name: "an override for the same name in another case before the @",
      given: shadow,
      config: { intendedOverrides: [override("CEO@example.com")] },
      finds: ["violation CEO@example.com"],
    },
    {
      name: "an override of a component that has expired",
      given: (s) => {
        shadow(s);
        component(s, { intendedOverride: { reason: "meant", expires: "2026-01-01" }, region: "us-east-1" });
      },
      finds: [
        "violation ceo@example.com@us-east-1: The intended override for ceo@example.com (us-east-1) expired on 2026-01-01.",
      ],
    },
    {
      name: "an override of a component for another Region",
      given: (s) => {
        shadow(s);
        component(s, { intendedOverride: { reason: "meant" }, region: "eu-west-1" });
      },
      finds: ["violation ceo@example.com@eu-west-1"],
    },
    {
      name: "an exception that has expired",
      given: (s) => s.domain("example.com"),
      config: { exceptions: [exception("example.com", "2026-11-22")] },
      finds: ["violation example.com: The exception from bounce-handling for example.com expired on 2026-11-22."],
    },
    {
      name: "an exception that matches nothing",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", heardTopic(s));
      },
      config: { exceptions: [exception("example.com")] },
      finds: ["violation example.com: The exception from bounce-handling for example.com matches nothing."],
    },
    {
      name: "an exception for another rule than the one that finds something",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Bounce", heardTopic(s).arn);
      },
      config: { exceptions: [exception("example.com")] },
      finds: ["violation example.com"],
    },
  ],
  passes: [
    { name: "no override and no exception", given: shadow },
    {
      name: "an override that excuses, on its last day",
      given: shadow,
      config: { intendedOverrides: [override("ceo@example.com", "2026-11-23")] },
    },
    {
      name: "an override without an end, in another spelling",
      given: shadow,
      config: { intendedOverrides: [override("ceo@EXAMPLE.com.")] },
    },
    {
      name: "an override across stacks",
      given: acrossStacks(),
      forms: ["state"],
      config: { intendedOverrides: [override("ceo@example.com")] },
    },
    {
      name: "an override for a subdomain",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", heardTopic(s));
        s.domain("mail.example.com");
      },
      config: { intendedOverrides: [override("mail.example.com")] },
    },
    {
      name: "an override of a component that excuses",
      given: (s) => {
        shadow(s);
        component(s, { intendedOverride: { reason: "meant", expires: "2026-11-23" } });
      },
    },
    {
      name: "an exception that accepts a finding, on its last day",
      given: (s) => s.domain("example.com"),
      config: { exceptions: [exception("Example.COM", "2026-11-23")] },
    },
    {
      name: "an exception that accepts a doubt",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", unknown(), heardTopic(s).arn);
      },
      config: { exceptions: [exception("example.com")] },
    },
  ],
  unknown: [
    {
      name: "an override that an identity of unknown name may need",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", heardTopic(s));
        s.address(unknown());
      },
      config: { intendedOverrides: [override("ceo@example.com")] },
      finds: [`unverified ceo@example.com: ${nothing("ceo@example.com")}`],
    },
    {
      name: "an exception that an identity of unknown name may need",
      given: (s) => s.domain(unknown()),
      config: { exceptions: [exception("example.com")] },
      finds: ["unverified example.com"],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        s.topic();
      },
      config: { exceptions: [exception("example.com")], intendedOverrides: [override("ceo@example.com")] },
      finds: ["unverified ceo@example.com", "unverified example.com"],
    },
  ],
});
