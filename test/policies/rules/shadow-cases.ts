import { heardTopic, listen, Stack, unknown } from "../../support/records";
import type { Case, Cases } from "./tester";

/** The cases of both shadowing rules, for an identity `NAME` under `example.com`. */
export function shadowCases(kind: "address" | "subdomain"): Cases {
  const name = kind === "address" ? "ceo@example.com" : "mail.example.com";
  const add = (s: Stack, more: object = {}, as?: string) =>
    kind === "address" ? s.address(name, { ...more }, as ? { as } : {}) : s.domain(name, { ...more }, as ? { as } : {});
  const base = (s: Stack) => {
    s.domain("example.com");
    const topic = heardTopic(s);
    listen(s, "example.com", topic);
    return topic;
  };
  const differs = (what: string, region = "us-east-1", domain = "example.com") =>
    `violation ${name}@${region}: ${name} (${region}) is verified beside ${domain}, so it does not inherit its settings: ${what} differ.`;
  const bare = (s: Stack) => {
    base(s);
    add(s);
  };
  const all = "bounces, complaints and feedback forwarding";
  const unnamed =
    "unverified @us-east-1: The name of identity unnamed is not known, so it cannot be told whether it stands beside a verified domain.";
  const override = (more: object = {}) => ({ intendedOverrides: [{ identity: name, reason: "on purpose", ...more }] });
  const waived = `waived ${name}@us-east-1`;
  const component =
    (intendedOverride: unknown, more: object = {}): Case["given"] =>
    (s) => {
      bare(s);
      s.add("ses-guard:index:MonitoredIdentity", "component", { identity: name, intendedOverride, ...more });
    };

  return {
    fails: [
      { name: "nothing is declared for it", given: bare, finds: [differs(all)] },
      {
        name: "another topic for one type",
        given: (s) => {
          const topic = base(s);
          add(s);
          s.notify(name, "Bounce", heardTopic(s, "own").arn);
          s.notify(name, "Complaint", topic.arn);
          s.forwarding(name, false);
        },
        finds: [differs("bounces")],
      },
      {
        name: "deliveries that the domain has",
        given: (s) => {
          const topic = base(s);
          s.notify("example.com", "Delivery", topic.arn);
          add(s);
          listen(s, name, topic);
        },
        finds: [differs("deliveries")],
      },
      {
        name: "forwarding alone: undeclared is on",
        given: (s) => {
          const topic = base(s);
          add(s);
          s.notify(name, "Bounce", topic.arn);
          s.notify(name, "Complaint", topic.arn);
        },
        finds: [differs("feedback forwarding")],
      },
      {
        name: "an event destination where the domain has a topic",
        given: (s) => {
          const topic = base(s);
          s.set("main");
          s.destination("main", {
            matchingEventTypes: ["BOUNCE", "COMPLAINT"],
            enabled: true,
            snsDestination: { topicArn: topic.arn },
          });
          s.identity(name, { configurationSetName: "main" });
          s.forwarding(name, false);
        },
        finds: [differs("bounces and complaints")],
      },
      {
        name: "a topic outside the view instead of one in it",
        given: (s) => {
          base(s);
          add(s);
          s.notify(name, "Bounce", "arn:aws:sns:us-east-1:123456789012:elsewhere");
          s.notify(name, "Complaint", "arn:aws:sns:us-east-1:123456789012:elsewhere");
          s.forwarding(name, false);
        },
        finds: [differs("bounces and complaints")],
      },
      {
        name: "a domain of another stack",
        given: (() => {
          const [mail, office] = [new Stack("mail/prod"), new Stack("office/prod")];
          base(mail);
          add(office);
          return [mail, office];
        })(),
        finds: [differs(all)],
      },
      {
        name: "a domain written in capitals",
        given: (s) => {
          s.identity("EXAMPLE.COM.");
          listen(s, "example.com", heardTopic(s));
          add(s);
        },
        finds: [differs(all)],
      },
      {
        name: "an override that expired yesterday",
        given: bare,
        config: override({ expires: "2026-11-22" }),
        finds: [differs(all)],
      },
      {
        name: "an override for another identity",
        given: bare,
        config: { intendedOverrides: [{ identity: "x@example.com", reason: "r" }] },
        finds: [differs(all)],
      },
      {
        name: "a component's override for a Region that nobody knows excuses nothing",
        given: component({ reason: "on purpose" }, { region: unknown() }),
        forms: ["state", "preview"],
        finds: [differs(all)],
      },
      {
        name: "a component's override for another Region",
        given: component({ reason: "on purpose" }, { region: "eu-west-1" }),
        forms: ["state", "preview"],
        finds: [differs(all)],
      },
    ],
    passes: [
      {
        name: "the same channels to the same targets",
        given: (s) => {
          const topic = base(s);
          add(s);
          listen(s, name, topic);
        },
      },
      { name: "both do nothing", given: (s) => [s.domain("example.com"), add(s)] },
      { name: "no domain in view", given: (s) => add(s) },
      {
        name: "the domain is in another Region",
        given: (s) => {
          s.domain("example.com", { region: "eu-west-1" });
          listen(s, "example.com", heardTopic(s, "t", { region: "eu-west-1" }), { region: "eu-west-1" });
          add(s);
        },
      },
      {
        name: "a domain that only ends like it",
        given: (s) => {
          s.domain("ample.com");
          listen(s, "ample.com", heardTopic(s));
          add(s);
        },
      },
      {
        name: "one default set outside the view for both",
        given: (s) => {
          s.identity("example.com", { configurationSetName: "central" });
          s.identity(name, { configurationSetName: "central" });
        },
      },
      {
        name: "an override, on its last day",
        given: bare,
        config: override({ expires: "2026-11-23" }),
        finds: [waived],
      },
      { name: "an override without an end", given: bare, config: override(), finds: [waived] },
      {
        name: "an override that expired, and one that holds",
        given: bare,
        config: {
          intendedOverrides: [
            { identity: name, reason: "old", expires: "2020-01-01" },
            { identity: name.replace("example.com", "EXAMPLE.com"), reason: "new" },
          ],
        },
        finds: [waived],
      },
      {
        name: "an override that a component declares",
        given: component({ reason: "on purpose" }),
        forms: ["state", "preview"],
        finds: [waived],
      },
      {
        name: "an exception",
        given: bare,
        config: { exceptions: [{ rule: `${kind}-shadows-domain`, identity: name, reason: "accepted" }] },
        finds: [waived],
      },
      {
        name: "it is only read",
        given: (s) => {
          base(s);
          s.identity(name, {}, { external: true });
        },
      },
    ],
    unknown: [
      {
        name: "targets that nobody knows, on both sides",
        given: (s) => {
          s.domain("example.com");
          s.notify("example.com", "Bounce", unknown());
          add(s);
          s.notify(name, "Bounce", unknown());
        },
        finds: [
          `unverified ${name}@us-east-1: It is not known whether ${name} (us-east-1) handles bounces as example.com does; it does not inherit its settings.`,
        ],
      },
      {
        name: "a flag that nobody knows",
        given: (s) => {
          s.domain("example.com");
          add(s);
          s.forwarding(name, unknown());
        },
        finds: [`unverified ${name}@us-east-1`],
      },
      {
        name: "a domain that is only read: its settings are not seen",
        given: (s) => {
          s.domain("example.com", {}, { external: true });
          add(s);
        },
        finds: [`unverified ${name}@us-east-1`],
      },
      {
        name: "an identity without a name, which may be its domain",
        given: (s) => {
          s.domain(unknown());
          add(s);
        },
        finds: [
          `unverified ${name}@us-east-1: ${name} (us-east-1) may stand beside a verified domain: the name of identity unnamed is not known.`,
          ...(kind === "address" ? [] : [unnamed]),
        ],
      },
      {
        name: "a Region that nobody knows",
        given: (s) => {
          base(s);
          add(s, { region: unknown() });
        },
        finds: [`unverified ${name}`],
      },
      {
        name: "a preview that leaves unchanged resources out",
        given: (s) => {
          s.partial = true;
          bare(s);
        },
        forms: ["preview"],
        finds: [`unverified ${name}@us-east-1`],
      },
    ],
  };
}
