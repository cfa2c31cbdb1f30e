import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from "node-sarif-builder";
import { nameOf } from "../../policies/model/record";
import type { Report, ReportFinding, RuleInfo } from "../report/shapes";
import { groupByIdentity } from "./groups";
import { withoutMarkersIn } from "./json";
import { configured, safe } from "./words";

/** For code scanning: SARIF 2.1.0. Waived findings are suppressed results, doubts are notes unless they block. */
export function sarif(report: Report): string {
  const { tool, notVisible, rules } = report;
  const configuration = [configured(report)].filter(Boolean);
  const run = new SarifRunBuilder({
    columnKind: "utf16CodeUnits",
    automationDetails: { id: safe(categoryOf(report)) },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: safe([...configuration, ...notVisible]).map((text) => ({
          level: "note",
          message: { text },
        })),
      },
    ],
  }).initSimple({ toolDriverName: tool.name, toolDriverVersion: tool.version });
  for (const rule of rules) run.addRule(describeRule(rule));
  for (const { findings } of groupByIdentity(report)) {
    for (const finding of findings) run.addResult(describeResult(finding));
  }
  const log = new SarifBuilder({ $schema: "https://json.schemastore.org/sarif-2.1.0.json" });
  log.addRun(run);
  // Not `buildSarifJsonString`: it refuses a log in which some text happens to be the library's own placeholder.
  return `${withoutMarkersIn(JSON.stringify(log.buildSarifOutput(), null, 2))}\n`;
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
    shortDescription: { text: summary },
    fullDescription: { text: why },
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

function describeResult(finding: ReportFinding): SarifResultBuilder {
  const { rule, message, remediation, severity, verdict, waived, identity, region, stack } = finding;
  const doubt = verdict === "unverified" ? "Unverified: " : "";
  const fingerprint = fingerprintOf(finding);
  return new SarifResultBuilder({
    ruleId: rule,
    level: levelOf(finding),
    message: { text: `${doubt}${message} ${remediation}` },
    locations: locationsOf(finding),
    ...relatedOf(finding),
    partialFingerprints: { "sesGuard/v1": fingerprint, primaryLocationLineHash: `${hash(fingerprint)}:1` },
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

/** The same for the same finding tomorrow, wherever its line has moved; another cause is another accident. */
function fingerprintOf({ rule, identity, region, stack, urn, cause }: ReportFinding): string {
  return JSON.stringify([rule, identity, region, stack, urn, ...(cause === undefined ? [] : [cause])]);
}

/** 64 bits of FNV-1a: GitHub wants a hash, and only compares it. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    value = ((value ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return value.toString(16).padStart(16, "0");
}
