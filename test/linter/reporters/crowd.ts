import type { Report, ReportChannel, ReportFinding, ReportIdentity, ReportWay } from "../../../linter/report/shapes";
import { identity, report, UNVERIFIED } from "./sample";

/** A topic with the whole way behind it. */
const HEARD: ReportWay = {
  channel: "topic",
  target: "arn:aws:sns:us-east-1:123456789012:ses-feedback",
  destination: null,
  to: { kind: "topic", name: "ses-feedback" },
  receivers: [
    {
      ...{ kind: "queue", name: "ses-feedback", receives: true, hindrance: null, deadLetters: "ses-feedback-dead" },
      next: [
        { kind: "function", name: "suppress-addresses", receives: true, hindrance: null, deadLetters: null, next: [] },
      ],
    },
  ],
};

/** A report on as many identities as asked for: domains with addresses below them, one in ten with a finding or two. */
export function crowd(size: number): Report {
  const identities: ReportIdentity[] = [];
  const findings: Partial<ReportFinding>[] = [];
  for (let index = 0; index < size; index++) {
    const domain = `customer-${Math.floor(index / 5)}.example`;
    const name = index % 5 === 0 ? domain : `sender-${index % 5}@${domain}`;
    const region = index % 4000 < 2000 ? "us-east-1" : "eu-west-1";
    const isDeaf = index % 10 === 3;
    identities.push(member(name, region, index % 5 === 0 ? null : domain, isDeaf));
    if (isDeaf) findings.push(...about(name, region));
    if (index % 25 === 0) {
      findings.push({
        ...{ ...UNVERIFIED, rule: "topic-encryption", identity: name, region },
        message: `Whether SES can use the key of the topic of ${name} is not known: the key is in another stack.`,
        remediation: "Lint both stacks together.",
      });
    }
  }
  return { ...report(identities, findings), configuration: { path: "ses-guard.yaml", lowered: ["topic-fifo"] } };
}

function member(name: string, region: string, domain: string | null, isDeaf: boolean): ReportIdentity {
  const bounce: ReportChannel[] = isDeaf ? [] : [{ channel: "topic", target: HEARD.target }];
  const reception = isDeaf ? { ending: "nobody" as const, ways: [] } : { ending: "received" as const, ways: [HEARD] };
  const ancestor =
    domain === null
      ? null
      : { identity: domain, differs: isDeaf, settings: isDeaf ? ["bounce" as const] : [], intended: false };
  return identity({
    ...{
      identity: name,
      kind: domain === null ? "domain" : "address",
      account: "123456789012",
      region,
      bounce,
      complaint: bounce,
    },
    ...{ reception: { bounce: reception, complaint: reception, delivery: { ending: "none", ways: [] } }, ancestor },
    urn: `urn:pulumi:prod::mail::aws:ses/identity:Identity::${name}`,
  });
}

function about(name: string, region: string): Partial<ReportFinding>[] {
  return (["bounce", "complaint"] as const).map((type) => ({
    ...{ rule: `${type}-handling`, identity: name, region },
    urn: `urn:pulumi:prod::mail::aws:ses/identity:Identity::${name}`,
    message: `Nobody receives the ${type}s of ${name} (${region}): nothing is declared for them.`,
    remediation: `Give the identity a topic for ${type}s and subscribe whoever handles them.`,
    location: { path: "src/mail/identities.ts", line: 41, column: 3 },
  }));
}
