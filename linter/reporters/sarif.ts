import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from "node-sarif-builder";
import { nameOf } from "../../policies/model/record";
import type { Report, ReportFinding, RuleInfo } from "../report/shapes";
import { rankOf } from "./entries";
import { fingerprintOf, hash } from "./fingerprint";
import { groupByIdentity } from "./groups";
import { withoutMarkersIn } from "./json";
import { configured, count, isBlocking, safe } from "./words";

/**
 * What GitHub takes of a run: it shows 5,000 results and leaves out the others without a word, refuses more than 25,000,
 * and takes texts about rules of 1,024 characters, ten tags and files of 10 MB when they are compressed, for which the
 * texts of results are bounded here. Source: "SARIF support for code scanning", in GitHub's documentation.
 */
export const LIMITS = { results: 5_000, ruleText: 1_024, text: 2_000, notifications: 1_000 } as const;

/** For code scanning: SARIF 2.1.0. Waived findings are suppressed results, doubts are notes unless they block. */
export function sarif(report: Report): string {
  const { tool, notVisible, rules } = report;
  const { shown, left } = mostImportant(groupByIdentity(report).flatMap(({ findings }) => findings));
  const notes = safe([configured(report), leftOutOf(left), ...notVisible].filter(Boolean));
  const run = new SarifRunBuilder({
    columnKind: "utf16CodeUnits",
    automationDetails: { id: safe(categoryOf(report)) },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: cutList(notes).map((text) => ({ level: "note", message: { text: cut(text) } })),
      },
    ],
  }).initSimple({ toolDriverName: tool.name, toolDriverVersion: tool.version });
  for (const rule of rules) run.addRule(describeRule(rule));
  if (left.length > 0) run.addResult(describeRest(left));
  const nth = occurrences();
  for (const finding of shown) {
    const fingerprint = fingerprintOf(finding);
    run.addResult(describeResult(finding, fingerprint, nth(fingerprint)));
  }
  const log = new SarifBuilder({ $schema: "https://json.schemastore.org/sarif-2.1.0.json" });
  log.addRun(run);
  // Not `buildSarifJsonString`: it refuses a log in which some text happens to be the library's own placeholder.
  return `${withoutMarkersIn(JSON.stringify(log.buildSarifOutput(), null, 2))}\n`;
}

/** All findings as they stand, or the worst of them; one place is left for the result that says so. */
function mostImportant(findings: readonly ReportFinding[]): Record<"shown" | "left", readonly ReportFinding[]> {
  if (findings.length <= LIMITS.results) return { shown: findings, left: [] };
  const sorted = [...findings].sort((a, b) => rankOf(a) - rankOf(b));
  return { shown: sorted.slice(0, LIMITS.results - 1), left: sorted.slice(LIMITS.results - 1) };
}

function leftOutOf(left: readonly ReportFinding[]): string {
  if (left.length === 0) return "";
  const failing = left.filter(isBlocking).length;
  const among = failing === 0 ? "" : `, ${failing} of which ${failing === 1 ? "fails" : "fail"} the run,`;
  const are = left.length === 1 ? "is" : "are";
  return `${count(left.length, "finding")}${among} ${are} left out here, because code scanning shows ${LIMITS.results} of a run.`;
}

/** What is left out fails a gate as it would itself. */
function describeRest(left: readonly ReportFinding[]): SarifResultBuilder {
  return new SarifResultBuilder({
    ruleId: "unverified",
    level: left.some(isBlocking) ? "error" : "warning",
    message: { text: `${leftOutOf(left)} --format json has all of them; mend or accept what is many.` },
    locations: [{ physicalLocation: physical(NOWHERE) }],
    partialFingerprints: { primaryLocationLineHash: `${hash("left out")}:1` },
  });
}

function cut(text: string, most: number = LIMITS.text): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function cutList(texts: readonly string[]): string[] {
  const { notifications: most } = LIMITS;
  if (texts.length <= most) return [...texts];
  return [...texts.slice(0, most - 1), `${texts.length - most + 1} more notes; --format json has all of them.`];
}

/** Runs of other stacks must not replace this one's alerts: GitHub keeps one set for each category. */
function categoryOf({ identities, findings }: Report): string {
  const stacks = new Set([...identities, ...findings].flatMap(({ stack }) => stack ?? []));
  return `ses-guard/${[...stacks].sort().join("+")}/`;
}

/** As GitHub reads them: critical above 9, high from 7, medium from 4. */
const SECURITY_SEVERITY = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const;

function describeRule({ id, summary, why, fix, url, severity, level }: RuleInfo): SarifRuleBuilder {
  return new SarifRuleBuilder({
    id,
    shortDescription: { text: cut(summary, LIMITS.ruleText) },
    fullDescription: { text: cut(why, LIMITS.ruleText) },
    help: { text: fix, markdown: `**${summary}**\n\n${why}\n\n${fix}\n\n[More about ${id}](${url})` },
    helpUri: url,
    defaultConfiguration:
      level === "disabled" ? { enabled: false } : { level: level === "mandatory" ? "error" : "warning" },
    properties: {
      severity,
      "security-severity": SECURITY_SEVERITY[severity],
      precision: id === "unverified" ? "low" : "high",
      tags: ["security", "amazon-ses", "email"],
    },
  });
}

/** A function that counts how often it has got a text: what is one alert to GitHub are two results with one hash. */
function occurrences(): (text: string) => number {
  const times = new Map<string, number>();
  return (text) => {
    const nth = (times.get(text) ?? 0) + 1;
    times.set(text, nth);
    return nth;
  };
}

function describeResult(finding: ReportFinding, fingerprint: string, nth: number): SarifResultBuilder {
  const { rule, message, remediation, severity, verdict, waived, identity, region, stack } = finding;
  const doubt = verdict === "unverified" ? "Unverified: " : "";
  return new SarifResultBuilder({
    ruleId: rule,
    level: levelOf(finding),
    message: { text: cut(`${doubt}${message} ${remediation}`) },
    locations: locationsOf(finding),
    ...relatedOf(finding),
    partialFingerprints: { "sesGuard/v1": fingerprint, primaryLocationLineHash: `${hash(fingerprint)}:${nth}` },
    ...(waived === null ? {} : { suppressions: [{ kind: "external" as const, justification: waived }] }),
    properties: { severity, verdict, identity, awsRegion: region, stack },
  });
}

function levelOf(finding: ReportFinding): "error" | "warning" | "note" {
  if (finding.level === "mandatory") return "error";
  return finding.verdict === "unverified" ? "note" : "warning";
}

// GitHub refuses a whole upload for one result without a place in a file; every program has this one.
const NOWHERE = { path: "Pulumi.yaml", line: 1, column: 1 };

type Result = NonNullable<ConstructorParameters<typeof SarifResultBuilder>[0]>;

function locationsOf({ location, urn }: ReportFinding): Result["locations"] {
  const logical =
    urn === null ? {} : { logicalLocations: [{ fullyQualifiedName: urn, name: nameOf(urn), kind: "resource" }] };
  return [{ physicalLocation: physical(location ?? NOWHERE), ...logical }];
}

/** The place in a package, beside that of its user. */
function relatedOf({ location }: ReportFinding): Pick<Result, "relatedLocations"> {
  if (!location?.inner) return {};
  const message = { text: "The package registers it here." };
  return { relatedLocations: [{ id: 1, physicalLocation: physical(location.inner), message }] };
}

function physical({ path, line, column }: { path: string; line: number; column: number }) {
  const uri = path.split("/").map(encodeURIComponent).join("/");
  return { artifactLocation: { uri }, region: { startLine: line, startColumn: column } };
}
