import type { Config } from "../../policies/config";
import { evaluate } from "../../policies/evaluate";
import type { ConfigEntry, Finding, Level } from "../../policies/model/finding";
import type { Position, StackRecords } from "../../policies/model/record";
import { rules } from "../../policies/rules";
import { nameAnswers } from "./answers";
import { type Baseline, type BaselineEntry, IN_BASELINE, staleEntries, staleFinding } from "./baseline";
import { applyComments, type ReadSource } from "./comments";
import { identitiesOf } from "./identities";
import type { Report, ReportFinding, ReportIdentity, ReportSummary, RuleInfo } from "./shapes";
import { notVisible, uncertainCallbacks } from "./visibility";

export interface BuildOptions {
  /** `YYYY-MM-DD`, against which overrides and exceptions expire. */
  today: string;
  /** Of ses-guard, for the report. */
  version: string;
  /**
   * A view in which there is no identity counts as a violation, and so does a doubt: every one of them, or `settled`
   * for those that the deployment itself will not settle.
   */
  strict?: "settled" | "all" | undefined;
  baseline?: Baseline;
  /** When live accounts were read, ISO 8601. */
  readAt?: string;
  /** The configuration's file; left out where there is none. */
  configuredBy?: string;
  /** Where an entry of the configuration stands; undefined where it has no file that can be named. */
  placeOf?(entry: ConfigEntry): Position | undefined;
  /** The sources of the programs, for the comments in them; without it nothing is read. */
  readSource?: ReadSource;
}

/** What a report is made of. */
export interface ReportParts extends Pick<Report, "identities" | "notVisible" | "rules"> {
  findings: readonly Finding[];
  /** Level of doubts that the deployment settles, where it is another than that of `unverified`. */
  pendingLevel?: Level;
}

/**
 * All rules over one view. Equal input gives an equal report, in the same order. Entries of the baseline that match
 * nothing are findings of it.
 */
export function buildReport(stacks: readonly StackRecords[], config: Config, options: BuildOptions): Report {
  return reportAndStale(stacks, config, options).report;
}

/** The report, and the entries of the baseline that match nothing: with `prune`, they are no findings. */
export function reportAndStale(
  stacks: readonly StackRecords[],
  config: Config,
  options: BuildOptions & { prune?: boolean },
): { report: Report; stale: BaselineEntry[] } {
  const effective = options.strict ? strictly(config) : config;
  const { findings: judged, context } = evaluate(stacks, effective, options.today);
  const found = nameAnswers(judged, stacks);
  const { readSource, today, placeOf } = options;
  const findings = placeOf === undefined ? found : found.map((finding) => placedBy(placeOf, finding));
  const commented = readSource === undefined ? findings : applyComments(findings, stacks, readSource, today);
  const stale = options.baseline ? staleEntries(options.baseline, commented, completeness(stacks)) : [];
  const parts: ReportParts = {
    ...(options.strict === "settled" && { pendingLevel: config.rules.unverified ?? "advisory" }),
    findings: options.prune ? commented : [...commented, ...stale.map(staleFinding)],
    identities: identitiesOf(context),
    notVisible: [...uncertainCallbacks(stacks), ...notVisible(context)],
    rules: ruleInfos(effective),
  };
  return { report: toReport(parts, options), stale };
}

/** A finding about an entry of the configuration, with the entry's place. */
function placedBy(placeOf: NonNullable<BuildOptions["placeOf"]>, finding: Finding): Finding {
  const { entry, location } = finding;
  if (entry === undefined || location !== null) return finding;
  return { ...finding, location: placeOf(entry) ?? null };
}

/** Whether all of a stack is in view; of what belongs to no stack, whether all that is in view is. */
function completeness(stacks: readonly StackRecords[]): (stack: string | null) => boolean {
  const isWhole = ({ partial, mayBeMissing = [] }: StackRecords) => !partial && mayBeMissing.length === 0;
  const whole = new Set(stacks.filter(isWhole).flatMap((one) => one.stacks ?? []));
  return (stack) => (stack === null ? stacks.every(isWhole) : whole.has(stack));
}

/** The configuration under `--strict`: doubt blocks, whatever the file says. */
export function strictly(config: Config): Config {
  return { ...config, rules: { ...config.rules, unverified: "mandatory" } };
}

/** All rules, with their levels as configured. */
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
export function toReport(parts: ReportParts, options: Omit<BuildOptions, "today">): Report {
  const { version, strict, baseline, readAt, configuredBy = null } = options;
  const infoOf = new Map(parts.rules.map((info) => [info.id, info]));
  const all = strict && parts.identities.length === 0 ? [...parts.findings, NO_IDENTITY] : parts.findings;
  const findings = all
    .map((finding) => toReportFinding(finding, infoOf, baseline, parts.pendingLevel))
    .filter(({ level }) => level !== "disabled")
    .sort(compareFindings);
  return {
    version: 1,
    tool: { name: "ses-guard", version },
    ...(readAt !== undefined && { readAt }),
    summary: count(parts.identities, findings),
    identities: [...parts.identities].sort(compareIdentities),
    findings,
    notVisible: [...parts.notVisible],
    configuration: { path: configuredBy, lowered: parts.rules.filter(isLowered).map(({ id }) => id) },
    rules: parts.rules,
    hidden: 0,
  };
}

function isLowered({ id, level }: RuleInfo): boolean {
  return level !== "mandatory" && MANDATORY.has(id);
}

const MANDATORY: ReadonlySet<string> = new Set(
  rules.filter(({ meta }) => meta.level === "mandatory").map(({ meta }) => meta.id),
);

function count(identities: readonly ReportIdentity[], findings: readonly ReportFinding[]): ReportSummary {
  const open = findings.filter(({ waived }) => waived === null);
  const decided = open.filter(({ verdict }) => verdict === "violation");
  return {
    identities: identities.length,
    violations: decided.filter(({ level }) => level === "mandatory").length,
    advisories: decided.filter(({ level }) => level === "advisory").length,
    unverified: open.length - decided.length,
    waived: findings.length - open.length,
  };
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
  acceptable: false,
  waived: null,
};

/** A doubt keeps the rule that it is about and takes the level of the rule `unverified`. */
function toReportFinding(
  finding: Finding,
  infoOf: ReadonlyMap<string, RuleInfo>,
  baseline: Baseline | undefined,
  pendingLevel: Level | undefined,
): ReportFinding {
  const { rule, verdict, identity, region, stack, urn, message, remediation, location } = finding;
  const info = infoOf.get(rule);
  const isDoubt = verdict === "unverified";
  // Written out, because spreading tens of thousands of findings is slow.
  return {
    rule,
    verdict,
    identity,
    region,
    stack,
    urn,
    message,
    remediation,
    location,
    cause: finding.cause,
    account: finding.account,
    acceptable: finding.acceptable,
    pending: finding.pending,
    awaits: finding.awaits,
    level:
      (isDoubt && finding.pending === true ? pendingLevel : undefined) ??
      infoOf.get(isDoubt ? "unverified" : rule)?.level ??
      "mandatory",
    severity: info?.severity ?? "medium",
    url: info?.url ?? "",
    waived: finding.waived ?? (baseline?.accepts(finding) ? IN_BASELINE : null),
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
