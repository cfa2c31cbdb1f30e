import type {
  EnforcementLevel,
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { type Config, DEFAULT_CONFIG, parseOwnKeys, parseSettings } from "../config";
import { evaluate } from "../evaluate";
import { SETTINGS_SCHEMA } from "../generated/settings-schema";
import type { Finding } from "../model/finding";
import { nameOf } from "../model/record";
import type { Json } from "../model/value";
import { rules } from "../rules";
import type { ConfigKey, Rule } from "../rules/shared/rule";
import { printable } from "../text/printable";
import { Analyses, type Analysis } from "./analysis";
import { remediations } from "./remediations";
import { watchSecrets } from "./secrets";

export interface SesGuardOptions {
  /** Ids of the rules to take; all of them where it is left out. */
  only?: readonly string[];
  /** Ids of rules to leave out. */
  except?: readonly string[];
  /** Levels other than the rules' own. The pack's configuration still goes before them. */
  levels?: Readonly<Record<string, EnforcementLevel>>;
  /** What the policy `settings` would be configured with, for a pack that decides it itself. */
  settings?: unknown;
  /** Date against which overrides and exceptions expire, `YYYY-MM-DD`; today in UTC where it is left out. */
  today?: () => string;
}

// Deeply read-only, which the SDK's type is not.
const PROPERTIES: Pick<PolicyConfigSchema["properties"], ConfigKey> = SETTINGS_SCHEMA.properties as never;
const IDS = rules.map(({ meta }) => meta.id);

/**
 * The rules as Pulumi policies, for a pack of your own: `settings` first, one policy per rule, `unverified` last. Keep
 * that order: the rules find what `settings` validated, and leave their doubts to `unverified`.
 * @throws Error for an id that is no rule's, and for settings that are not valid
 */
export function sesGuardPolicies(options: SesGuardOptions = {}): Policies {
  const { only, except = [], levels = {}, today = () => new Date().toISOString().slice(0, 10) } = options;
  for (const id of [...(only ?? []), ...except, ...Object.keys(levels)]) {
    if (!IDS.includes(id) && id !== "settings") throw new Error(`ses-guard: there is no rule ${JSON.stringify(id)}`);
  }
  const defaults = parseSettings(options.settings ?? {}, IDS);
  if (defaults.errors) {
    const messages = defaults.errors.map(({ message }) => message);
    throw new Error(`ses-guard: settings are not valid: ${messages.join("; ")}`);
  }
  const taken = rules.filter(({ meta }) => (only?.includes(meta.id) ?? true) && !except.includes(meta.id));
  const analyses = new Analyses(defaults.config, today);
  watchSecrets();
  return [
    { ...settingsPolicy(analyses), enforcementLevel: levels.settings ?? "mandatory" },
    ...taken.map((rule, index) => ({
      ...rulePolicy(analyses, rule, index + 1),
      enforcementLevel: levels[rule.meta.id] ?? rule.meta.level,
    })),
  ];
}

function settingsPolicy(analyses: Analyses): StackValidationPolicy {
  return {
    name: "settings",
    displayName: "Configuration of ses-guard",
    description: "Validates the configuration that the other policies of ses-guard use.",
    severity: "high",
    tags: ["ses-guard"],
    configSchema: { properties: PROPERTIES },
    validateStack: (args, reportViolation) => {
      const given = args.getConfig<Json>();
      const parsed = Object.keys(given).length === 0 ? { config: analyses.defaults } : parseSettings(given, IDS);
      analyses.start(args, 0, parsed.config);
      for (const { message } of parsed.errors ?? []) reportInvalid(reportViolation, "settings", message);
    },
  };
}

function rulePolicy(analyses: Analyses, rule: Rule, position: number): StackValidationPolicy {
  const { id, summary, severity, why, fix, facts, source, url, configuration } = rule.meta;
  const validateStack = validation(analyses, rule, position);
  // The SDK deserialises the whole stack once more for every policy, except where the policy's Pulumi type is not in
  // the stack: a stack that concerns no rule is then analysed at the cost of `settings` alone.
  Object.defineProperty(validateStack, "__pulumiType", {
    get: () => (analyses.isQuiet(position) ? "aws:ses/domainIdentity:DomainIdentity" : undefined),
  });
  const remediateResource = remediations[id];
  return {
    name: id,
    displayName: id.replaceAll("-", " ").replace(/^./, (letter) => letter.toUpperCase()),
    description: summary,
    severity,
    tags: ["ses-guard", "amazon-ses", "email"],
    framework: { name: "Amazon SES", version: "2", reference: facts.join(", "), specification: `${source}. ${why}` },
    remediationSteps: fix,
    url,
    ...(configuration && { configSchema: schemaOf(configuration) }),
    ...(remediateResource && { remediateResource: (args: ResourceValidationArgs) => remediateResource(args) }),
    validateStack,
  };
}

function schemaOf(keys: readonly ConfigKey[]): PolicyConfigSchema {
  return { properties: Object.fromEntries(keys.map((key) => [key, PROPERTIES[key]])) };
}

function validation(analyses: Analyses, rule: Rule, position: number) {
  const { id, url, configuration = [], collectsDoubts } = rule.meta;
  return (args: StackValidationArgs, reportViolation: ReportViolation): void => {
    const analysis = analyses.join(args, position);
    const { given = {}, errors = [] } = configuration.length > 0 ? parseOwnKeys(args.getConfig(), configuration) : {};
    for (const { message } of errors) reportInvalid(reportViolation, id, message);
    const standing = standingFindings(analysis, rule, given);
    for (const { verdict, message, remediation, urn } of standing) {
      if (verdict === "violation") reportViolation(`${message} ${remediation}\n${url}`, urn ?? undefined);
    }
    analysis.doubts.push(...standing.filter(({ verdict }) => verdict === "unverified"));
    if (collectsDoubts) reportDoubts(analysis.doubts, reportViolation);
  };
}

function standingFindings(analysis: Analysis, rule: Rule, given: Partial<Config>): readonly Finding[] {
  const isReconfigured = Object.keys(given).length > 0;
  const findings = isReconfigured ? analysis.findingsWith(rule, given) : analysis.findings(rule);
  const standing = findings.filter(({ waived }) => waived === null);
  return analysis.withholdsValues ? standing.map((one) => withoutValues(one, rule)) : standing;
}

/** A finding in words that hold no value of the stack: the rule's own, and the name that the program gave. */
function withoutValues(finding: Finding, { meta }: Rule): Finding {
  const resource = finding.urn === null ? "" : ` It is about ${printable(nameOf(finding.urn))}.`;
  const message = `${meta.summary}${resource} ${VALUES_WITHHELD}`;
  return { ...finding, message, remediation: meta.fix };
}

const VALUES_WITHHELD =
  "Names and values are left out, because this version of @pulumi/policy does not show which of them are secrets.";

/** Invalid configuration fails the run, whatever level the policy has. */
function reportInvalid(reportViolation: ReportViolation, policy: string, error: string): void {
  const violation = {
    message: `The configuration of policy ${policy} is not valid: ${error}`,
    description: "The configuration is not valid.",
    enforcementLevel: "mandatory",
  };
  // The SDK takes an object too, which its types leave out.
  Reflect.apply(reportViolation, undefined, [violation]);
}

function reportDoubts(doubts: readonly Finding[], reportViolation: ReportViolation): void {
  const waiting = doubts.filter(({ pending }) => pending);
  for (const { rule, message, remediation, urn, pending } of doubts) {
    if (!pending) reportViolation(`${rule}: ${message} ${remediation}`, urn ?? undefined);
  }
  if (waiting.length > 0) {
    const count = waiting.length === 1 ? "1 check waits" : `${waiting.length} checks wait`;
    const about = [...new Set(waiting.map(({ rule }) => rule))].sort().join(", ");
    reportViolation(`${count} for values that this deployment creates (${about}).`);
  }
}

export { DEFAULT_CONFIG, evaluate, rules };
