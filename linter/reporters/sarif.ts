import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from "node-sarif-builder";
import { nameOf } from "../../policies/model/record";
import type { Report, ReportFinding, RuleInfo } from "../report/shapes";
import { groupByIdentity } from "./groups";
import { safe } from "./words";

/** For code scanning: SARIF 2.1.0. Waived findings are suppressed results, doubts are notes unless they block. */
export function sarif(report: Report): string {
  const { tool, notVisible, rules } = report;
  const run = new SarifRunBuilder({
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: safe(notVisible).map((text) => ({ level: "note", message: { text } })),
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
  return `${JSON.stringify(log.buildSarifOutput(), null, 2)}\n`;
}

function describeRule({ id, summary, why, fix, url, severity, level }: RuleInfo): SarifRuleBuilder {
  return new SarifRuleBuilder({
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: fix },
    helpUri: url,
    defaultConfiguration:
      level === "disabled" ? { enabled: false } : { level: level === "mandatory" ? "error" : "warning" },
    properties: { severity, tags: ["amazon-ses", "email"] },
  });
}

function describeResult(finding: ReportFinding): SarifResultBuilder {
  const { rule, message, remediation, severity, verdict, waived } = finding;
  const doubt = verdict === "unverified" ? "Unverified: " : "";
  return new SarifResultBuilder({
    ruleId: rule,
    level: levelOf(finding),
    message: { text: `${doubt}${message} ${remediation}` },
    locations: locationsOf(finding),
    partialFingerprints: { "sesGuard/v1": fingerprint(finding) },
    ...(waived === null ? {} : { suppressions: [{ kind: "external" as const, justification: waived }] }),
    properties: { severity, verdict, identity: finding.identity, awsRegion: finding.region, stack: finding.stack },
  });
}

function levelOf(finding: ReportFinding): "error" | "warning" | "note" {
  if (finding.level === "mandatory") return "error";
  return finding.verdict === "unverified" ? "note" : "warning";
}

// GitHub refuses a whole upload for one result without a place in a file; every program has this one.
const NOWHERE = { path: "Pulumi.yaml", line: 1, column: 1 };

type Locations = NonNullable<ConstructorParameters<typeof SarifResultBuilder>[0]>["locations"];

function locationsOf({ location, urn }: ReportFinding): Locations {
  const logical =
    urn === null ? {} : { logicalLocations: [{ fullyQualifiedName: urn, name: nameOf(urn), kind: "resource" }] };
  const { path, line, column } = location ?? NOWHERE;
  const uri = path.split("/").map(encodeURIComponent).join("/");
  const region = { startLine: line, startColumn: column };
  return [{ physicalLocation: { artifactLocation: { uri }, region }, ...logical }];
}

/** The same for the same finding tomorrow, wherever its line has moved: what a baseline remembers. */
function fingerprint({ rule, identity, region, stack, urn }: ReportFinding): string {
  return JSON.stringify([rule, identity ?? urn, region, stack]);
}
