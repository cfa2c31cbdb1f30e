import type { Config } from "../policies/config";
import { type Evaluation, evaluate } from "../policies/evaluate";
import type { Finding, Level } from "../policies/model/finding";
import type { StackRecords } from "../policies/model/resource";
import { rules } from "../policies/rules";
import { type Baseline, IN_BASELINE } from "./baseline";
import type { Report, ReportFinding, ReportIdentity, ReportInput, RuleInfo } from "./report";

export interface RunOptions {
  /** `YYYY-MM-DD`, against which overrides and exceptions expire. */
  today: string;
  /** Of ses-guard, for the report. */
  version: string;
  /** A doubt counts as a violation, and so does a view in which there is no identity. */
  strict?: boolean;
  baseline?: Baseline;
}

/** All rules over one view. Equal input gives an equal report, in the same order. */
export function buildReport(views: readonly StackRecords[], config: Config, options: RunOptions): ReportInput {
  const effective = options.strict ? strictly(config) : config;
  return toReport(evaluate(views, effective, options.today), ruleInfos(effective), options);
}

/** The configuration under `--strict`: doubt blocks, whatever the file says. */
export function strictly(config: Config): Config {
  return { ...config, rules: { ...config.rules, unverified: "mandatory" } };
}

/** All rules, for reporters, with their levels as configured. */
export function ruleInfos(config: Config): RuleInfo[] {
  const levels: Readonly<Record<string, Level | undefined>> = config.rules;
  return rules.map(({ meta }) => {
    const { id, summary, why, fix, url, severity } = meta;
    return { id, summary, why, fix, url, severity, level: levels[id] ?? meta.level };
  });
}

/** 1 where something mandatory is neither excepted nor in the baseline, else 0. */
export function exitCode(report: Report): 0 | 1 {
  return report.findings.some(({ level, waived }) => level === "mandatory" && waived === null) ? 1 : 0;
}

/** Puts levels on findings, applies the baseline, sorts and counts. */
export function toReport(
  evaluation: Evaluation,
  infos: readonly RuleInfo[],
  { version, strict, baseline }: Omit<RunOptions, "today">,
): ReportInput {
  const infoOf = new Map(infos.map((info) => [info.id, info]));
  const levelOf = (id: string): Level => infoOf.get(id)?.level ?? "mandatory";

  const all =
    strict && evaluation.identities.length === 0 ? [...evaluation.findings, NO_IDENTITY] : evaluation.findings;
  const rows = all
    .map((finding) => ({ finding, level: levelOf(finding.verdict === "unverified" ? "unverified" : finding.rule) }))
    .filter(({ level }) => level !== "disabled")
    .sort((a, b) => compareFindings(a.finding, b.finding))
    .map(({ finding, level }) => {
      const waived = finding.waived ?? (baseline?.accepts(finding) ? IN_BASELINE : null);
      const detail = waived === finding.waived ? finding : { ...finding, waived };
      return { detail, row: toReportFinding(detail, level, infoOf.get(finding.rule)) };
    });
  const findings = rows.map(({ row }) => row);
  const open = findings.filter(({ waived }) => waived === null);
  const decided = open.filter(({ verdict }) => verdict === "violation");
  const report: Report = {
    version: 1,
    tool: { name: "ses-guard", version },
    summary: {
      identities: evaluation.identities.length,
      violations: decided.filter(({ level }) => level === "mandatory").length,
      advisories: decided.filter(({ level }) => level === "advisory").length,
      unverified: open.length - decided.length,
      waived: findings.length - open.length,
    },
    identities: [...evaluation.identities].sort(compareIdentities),
    findings,
    notVisible: [...evaluation.notVisible],
  };
  return { report, details: rows.map(({ detail }) => detail) };
}

const NO_IDENTITY: Finding = {
  rule: "unverified",
  verdict: "unverified",
  identity: null,
  region: null,
  stack: null,
  urn: null,
  message: "No identity is in view, so nothing was checked.",
  remediation: "Give the documents of the stacks that declare the identities, or leave out --strict.",
  location: null,
  waived: null,
};

function toReportFinding(finding: Finding, level: Level, info: RuleInfo | undefined): ReportFinding {
  const { rule, verdict, identity, region, urn, message, remediation, location, waived } = finding;
  return {
    rule,
    verdict,
    level,
    severity: info?.severity ?? "medium",
    identity,
    region,
    urn,
    message,
    remediation,
    url: info?.url ?? "",
    location,
    waived,
  };
}

/** By identity (findings about none come last), Region, rule, URN and message, in the order of code units. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    compare(a.identity, b.identity) ||
    compare(a.region, b.region) ||
    compare(a.rule, b.rule) ||
    compare(a.urn, b.urn) ||
    compare(a.message, b.message) ||
    compare(a.stack, b.stack) ||
    compare(a.verdict, b.verdict)
  );
}

function compareIdentities(a: ReportIdentity, b: ReportIdentity): number {
  return (
    compare(a.identity, b.identity) ||
    compare(a.region, b.region) ||
    compare(a.stack, b.stack) ||
    compare(a.urn, b.urn) ||
    compare(a.account, b.account)
  );
}

// Not `localeCompare`: the report must not depend on the machine's language.
function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
