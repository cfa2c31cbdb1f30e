import type {
  Report,
  ReportChannel,
  ReportFinding,
  ReportIdentity,
  ReportReception,
  ReportWay,
  RuleInfo,
} from "../../../linter/report/shapes";
import type { RenderOptions } from "../../../linter/reporters/reporter";

const URL = "https://example.org/rules/";

export function identity(over: Partial<ReportIdentity> = {}): ReportIdentity {
  const plain: Omit<ReportIdentity, "reception" | "ancestor"> = {
    identity: "example.com",
    kind: "domain",
    account: "123456789012",
    region: "us-east-1",
    stack: "mail/prod",
    urn: "urn:pulumi:prod::mail::aws:ses/domainIdentity:DomainIdentity::example",
    bounce: [{ channel: "topic", target: "arn:aws:sns:us-east-1:123456789012:ses-bounces" }],
    complaint: [],
    delivery: [],
    inheritsFrom: null,
    shadows: null,
    ...over,
  };
  const { bounce, complaint, delivery, shadows } = plain;
  const ancestor = shadows === null ? null : { identity: shadows, differs: true, settings: [], intended: false };
  const reception = {
    bounce: reach(bounce),
    complaint: reach(complaint),
    delivery: delivery.length > 0 ? reach(delivery) : NONE,
  };
  return { ...plain, reception, ancestor, ...over };
}

function toOf({ channel, target }: ReportChannel): ReportWay["to"] {
  return channel === "forwarding" ? null : { kind: "topic", name: target?.split(":").at(-1) ?? null };
}

const NONE: ReportReception = { ending: "none", ways: [] };

/** Channels at the end of which somebody hears. */
function reach(channels: readonly ReportChannel[]): ReportReception {
  return {
    ending: channels.length > 0 ? "received" : "nobody",
    ways: channels.map((channel) => ({ ...channel, destination: null, to: toOf(channel), receivers: [] })),
  };
}

/** A report with these findings, counted as the linter counts them. */
export function report(
  identities: ReportIdentity[],
  entries: Partial<ReportFinding>[],
  notVisible: string[] = [],
): Report {
  const findings = entries.map(
    (entry): ReportFinding => ({
      rule: "complaint-handling",
      verdict: "violation",
      level: "mandatory",
      severity: "critical",
      identity: "example.com",
      region: "us-east-1",
      stack: "mail/prod",
      urn: "urn:pulumi:prod::mail::aws:ses/domainIdentity:DomainIdentity::example",
      message: "Nobody receives complaints of example.com in us-east-1: nothing is declared for them.",
      remediation: "Give the identity a notification topic for complaints and subscribe whoever handles them.",
      url: `${URL}${entry.rule ?? "complaint-handling"}`,
      location: { path: "index.ts", line: 12, column: 1 },
      waived: null,
      ...entry,
    }),
  );
  const open = findings.filter(({ waived }) => waived === null);
  const certain = open.filter(({ verdict }) => verdict === "violation");
  const summary = {
    identities: identities.length,
    violations: certain.filter(({ level }) => level === "mandatory").length,
    advisories: certain.filter(({ level }) => level === "advisory").length,
    unverified: open.length - certain.length,
    waived: findings.length - open.length,
  };
  const tool = { name: "ses-guard", version: "0.1.0" } as const;
  return {
    version: 1,
    tool,
    summary,
    identities,
    findings,
    notVisible,
    configuration: { path: null, lowered: [] },
    hidden: 0,
    rules: RULES,
  };
}

export const UNVERIFIED = { verdict: "unverified", level: "advisory", severity: "medium" } as const;

/** A bit of everything. */
export function sample(): Report {
  const address = identity({
    identity: "ceo@example.com",
    kind: "address",
    bounce: [{ channel: "forwarding", target: null, declared: false }],
    complaint: [{ channel: "event-destination", target: null }],
    delivery: [{ channel: "topic", target: "arn:aws:sns:us-east-1:123456789012:deliveries" }],
    inheritsFrom: null,
    shadows: "example.com",
  });
  return report(
    [identity(), address, identity({ identity: "fine.example", region: null })],
    [
      {},
      {
        rule: "topic-publish-scope",
        level: "advisory",
        severity: "medium",
        message: "SES may publish to ses-bounces for every account: the policy has no condition.",
        remediation: "Add the condition AWS:SourceAccount to the statement.",
        location: null,
      },
      {
        ...UNVERIFIED,
        rule: "topic-encryption",
        identity: "ceo@example.com",
        message: "Whether SES can use the key of ses-bounces is not known: the key is in another stack.",
        remediation: "Lint both stacks together.",
        location: null,
      },
      { ...UNVERIFIED, rule: "topic-publish-permission", pending: true },
      { ...UNVERIFIED, rule: "queue-policy", pending: true, identity: null },
      { rule: "bounce-handling", identity: "receive-only.example.com", waived: "never sends" },
      {
        rule: "queue-dead-letter",
        level: "advisory",
        severity: "low",
        identity: null,
        region: "us-east-1",
        urn: "urn:pulumi:prod::mail::aws:sqs/queue:Queue::feedback",
        message: "Queue feedback has no dead-letter queue.",
        remediation: "Give it a redrive policy.",
      },
    ],
    ["topic arn:aws:sns:eu-west-1:123456789012:elsewhere is not in view"],
  );
}

export const HOSTILE = 'a]]>]]><script>alert("1")</script>\u001b[31m\n::error::x\r%0A\u202e\ud800\u0000&amp;';

/** The hostile text wherever text from a document can be. */
export function hostile(): Report {
  return report(
    [
      identity({
        identity: HOSTILE,
        stack: HOSTILE,
        urn: HOSTILE,
        bounce: [{ channel: "topic", target: HOSTILE }],
        shadows: HOSTILE,
      }),
    ],
    [
      {
        identity: HOSTILE,
        stack: HOSTILE,
        urn: HOSTILE,
        message: HOSTILE,
        location: { path: HOSTILE, line: 1, column: 1 },
      },
      { identity: HOSTILE, region: HOSTILE, remediation: `x ${HOSTILE}`, message: "see ::error::this", location: null },
      { identity: null, urn: HOSTILE, location: null, level: "advisory", message: HOSTILE },
      { ...UNVERIFIED, identity: null, message: HOSTILE, url: `javascript:${HOSTILE}` },
      { ...UNVERIFIED, level: "mandatory", message: HOSTILE },
      { waived: HOSTILE },
    ],
    [HOSTILE],
  );
}

const rule = (id: string, level: RuleInfo["level"]): RuleInfo => ({
  id,
  summary: `what ${id} finds`,
  why: "because of SES",
  fix: "change the program",
  url: `${URL}${id}`,
  severity: "high",
  level,
});

const RULES = [
  rule("complaint-handling", "mandatory"),
  rule("queue-dead-letter", "advisory"),
  rule("topic-fifo", "disabled"),
];

export const OPTIONS: RenderOptions = { color: false, width: 80, now: "2026-11-25T20:00:00.000Z" };
