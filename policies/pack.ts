import { AsyncLocalStorage } from "node:async_hooks";
import type {
  EnforcementLevel,
  Policies,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { type Config, DEFAULT_CONFIG, parseDefaultConfigurationSet, parseSettings } from "./config";
import { type Evaluation, evaluate } from "./evaluate";
import { SETTINGS_SCHEMA } from "./generated/settings-schema";
import type { Finding } from "./model/finding";
import { parseUrn, type ResourceRecord, type StackRecords } from "./model/resource";
import { type Json, UNKNOWN } from "./model/value";
import { remediations } from "./remediations";
import { rules } from "./rules";
import type { Rule } from "./rules/rule";

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

/**
 * The rules as Pulumi policies, for a pack of your own: `settings` first, one policy per rule, `unverified` last. Keep
 * that order: the rules find what `settings` validated, and leave their doubts to `unverified`.
 * @throws Error for an id that is no rule's, and for settings that are not valid
 */
export function sesGuardPolicies(options: SesGuardOptions = {}): Policies {
  const ids = rules.map(({ meta }) => meta.id);
  for (const id of [...(options.only ?? []), ...(options.except ?? []), ...Object.keys(options.levels ?? {})]) {
    if (!ids.includes(id) && id !== "settings") throw new Error(`ses-guard: there is no rule ${JSON.stringify(id)}`);
  }
  const defaults = parseSettings(options.settings ?? {}, ids);
  if (defaults.errors) throw new Error(`ses-guard: settings are not valid: ${defaults.errors.join("; ")}`);
  const taken = rules.filter(
    ({ meta }) => (options.only?.includes(meta.id) ?? true) && !(options.except?.includes(meta.id) ?? false),
  );
  const host = new Host(defaults.config, options.today ?? (() => new Date().toISOString().slice(0, 10)));
  const level = (id: string, own: EnforcementLevel): EnforcementLevel => options.levels?.[id] ?? own;
  return [
    { ...settingsPolicy(host, ids), enforcementLevel: level("settings", "mandatory") },
    ...taken.map((rule, index) => ({
      ...rulePolicy(host, rule, index + 1),
      enforcementLevel: level(rule.meta.id, rule.meta.level),
    })),
  ];
}

/** What one analysis has found so far. */
interface Analysis {
  config: Config;
  /** Place of the last policy that ran: policies run in order, so an earlier one means another analysis. */
  last: number;
  views: readonly StackRecords[];
  evaluation: Evaluation;
  doubts: Finding[];
}

/**
 * One evaluation per analysis, shared by its policies. Each analysis has its own: the SDK awaits between policies, so
 * two of them may run at once, and the asynchronous context is what tells them apart.
 */
class Host {
  private readonly storage = new AsyncLocalStorage<Analysis>();

  constructor(
    readonly defaults: Config,
    private readonly today: () => string,
  ) {}

  start(args: StackValidationArgs, place: number, config: Config): Analysis {
    const views = [toRecords(args.resources)];
    const analysis = { config, last: place, views, evaluation: evaluate(views, config, this.today()), doubts: [] };
    this.storage.enterWith(analysis);
    return analysis;
  }

  join(args: StackValidationArgs, place: number): Analysis {
    const running = this.storage.getStore();
    if (!running || running.last >= place) return this.start(args, place, this.defaults);
    running.last = place;
    return running;
  }

  /** Nothing in this stack concerns any rule, as far as the running analysis has seen. */
  isQuiet(place: number): boolean {
    const running = this.storage.getStore();
    if (!running || running.last >= place) return false;
    const { context, findings } = running.evaluation;
    const isManaged = context.inventory.identities.some(({ managedBy }) => managedBy.length > 0);
    return !isManaged && findings.every(({ rule }) => rule === "stale-override");
  }

  again(analysis: Analysis, config: Config, rule: Rule): Finding[] {
    return evaluate(analysis.views, config, this.today(), [rule]).findings;
  }
}

function settingsPolicy(host: Host, ids: readonly string[]): StackValidationPolicy {
  return {
    name: "settings",
    displayName: "Configuration of ses-guard",
    description: "Validates the configuration that the other policies of ses-guard use.",
    severity: "high",
    tags: ["ses-guard"],
    configSchema: { properties: SETTINGS_SCHEMA.properties as never },
    validateStack: (args, reportViolation) => {
      const given = args.getConfig<Json>();
      const parsed = Object.keys(given).length === 0 ? { config: host.defaults } : parseSettings(given, ids);
      host.start(args, 0, parsed.config ?? host.defaults);
      for (const error of parsed.errors ?? []) reportInvalid(reportViolation, "settings", error);
    },
  };
}

function rulePolicy(host: Host, rule: Rule, place: number): StackValidationPolicy {
  const { id, summary, severity, why, fix, source, url } = rule.meta;
  const [reference = "", specification = ""] = source.split(/: (.*)/s);
  const validateStack = (args: StackValidationArgs, reportViolation: ReportViolation): void => {
    const analysis = host.join(args, place);
    let findings = analysis.evaluation.findings.filter((finding) => finding.rule === id);
    if (id === "default-configuration-set") {
      const own = parseDefaultConfigurationSet(args.getConfig());
      for (const error of own.errors ?? []) reportInvalid(reportViolation, id, error);
      const wanted = own.config?.defaultConfigurationSet;
      if (wanted !== undefined)
        findings = host.again(analysis, { ...analysis.config, defaultConfigurationSet: wanted }, rule);
    }
    for (const finding of findings) {
      if (finding.waived !== null) continue;
      if (finding.verdict === "unverified") analysis.doubts.push(finding);
      else reportViolation(`${finding.message} ${finding.remediation}\n${url}`, finding.urn ?? undefined);
    }
    if (id === "unverified") reportDoubts(analysis.doubts, reportViolation);
  };
  // The SDK deserialises the whole stack once more for every policy, except where the policy's Pulumi type is not in
  // the stack: a stack that concerns no rule is then analysed at the cost of `settings` alone.
  Object.defineProperty(validateStack, "__pulumiType", {
    get: () => (host.isQuiet(place) ? "aws:ses/domainIdentity:DomainIdentity" : undefined),
  });
  const remediateResource = remediations[id];
  return {
    name: id,
    displayName: id.replaceAll("-", " ").replace(/^./, (letter) => letter.toUpperCase()),
    description: summary,
    severity,
    tags: ["ses-guard", "amazon-ses", "email"],
    framework: { name: "Amazon SES", version: "2", reference, specification: `${specification}. ${why}` },
    remediationSteps: fix,
    url,
    ...(id === "default-configuration-set" && {
      configSchema: {
        properties: { defaultConfigurationSet: SETTINGS_SCHEMA.properties.defaultConfigurationSet as never },
      },
    }),
    ...(remediateResource && { remediateResource: (args: ResourceValidationArgs) => remediateResource(args) }),
    validateStack,
  };
}

/** Invalid configuration fails the run, whatever level the policy has. */
function reportInvalid(reportViolation: ReportViolation, policy: string, error: string): void {
  const violation = {
    message: `The configuration of policy ${policy} is not valid: ${error}`,
    description: "The configuration is not valid.",
    enforcementLevel: "mandatory",
  };
  // The SDK takes an object too, which its types leave out.
  (reportViolation as unknown as (info: typeof violation) => void)(violation);
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

/** The resources of an analysis as records. Only outputs are visible here; dependencies come as objects. */
export function toRecords(resources: readonly PolicyResource[]): StackRecords {
  const records = new Map<string, ResourceRecord>();
  for (const resource of resources) {
    const { type, urn, props, parent, provider } = resource;
    const stack = parseUrn(urn)?.stack ?? "";
    records.set(urn, {
      type,
      urn,
      stack,
      outputs: unwrap(props),
      parent: parent?.urn,
      provider: provider?.urn,
      get propertyDependencies() {
        return urnsOf(resource.propertyDependencies);
      },
    });
    if (provider && !records.has(provider.urn)) {
      records.set(provider.urn, { type: provider.type, urn: provider.urn, stack, outputs: unwrap(provider.props) });
    }
  }
  return { resources: [...records.values()] };
}

function urnsOf(dependencies: Record<string, PolicyResource[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(dependencies).map(([name, behind]) => [name, behind.map(({ urn }) => urn)]));
}

/**
 * The plain object behind the SDK's proxy, in which unknown values are sentinels instead of exceptions. An SDK without
 * that way in is read property by property.
 */
function unwrap(props: Record<string, unknown>): Json {
  const plain = props.__getSpecialProxyTarget;
  return typeof plain === "object" && plain !== null ? (plain as Json) : (guarded(props) as Json);
}

function guarded(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const copy: Json | unknown[] = Array.isArray(value) ? [] : {};
  for (const key of Object.keys(value)) {
    let read: unknown;
    try {
      read = guarded((value as Json)[key]);
    } catch {
      read = UNKNOWN;
    }
    Object.defineProperty(copy, key, { value: read, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

export { DEFAULT_CONFIG, evaluate, rules };
