import { type Config, isExpired } from "./config";
import { buildInventory } from "./model/build";
import type { Finding, Verdict } from "./model/finding";
import { type Flow, flowOf } from "./model/flow";
import { escapeText, type IdentityKind, normaliseIdentity } from "./model/identity";
import { FEEDBACK_TYPES, type FeedbackType, type Identity, type Inventory } from "./model/inventory";
import { regionName } from "./model/links";
import { Permissions } from "./model/permission";
import type { StackRecords } from "./model/resource";
import { UNKNOWN } from "./model/value";
import { rules as allRules } from "./rules";
import { findShadows } from "./rules/shared/find-shadows";
import type { About, Context, Details, Reporter, Rule } from "./rules/shared/rule";

/** One way out of an identity, as the JSON report shows it. */
export type ChannelSummary =
  | { channel: "forwarding"; target: null; declared: boolean }
  | { channel: "topic" | "event-destination"; target: string | null };

/** An identity and its channels, as the JSON report shows them. */
export interface IdentitySummary {
  identity: string;
  kind: IdentityKind;
  account: string | null;
  region: string | null;
  stack: string;
  urn: string;
  bounce: ChannelSummary[];
  complaint: ChannelSummary[];
  delivery: ChannelSummary[];
  inheritsFrom: string | null;
  shadows: string | null;
}

export interface Evaluation {
  identities: IdentitySummary[];
  findings: Finding[];
  /** What only another stack or the live account can show. */
  notVisible: string[];
}

const PARTIAL_ADVICE =
  "The preview leaves unchanged resources out, so this may be declared there: run it with --show-sames, or give the state too.";

/**
 * All rules over one view (inventory × rules → findings).
 * @param today `YYYY-MM-DD`, against which overrides and exceptions expire
 */
export function evaluate(
  views: readonly StackRecords[],
  config: Config,
  today: string,
  rules: readonly Rule[] = allRules,
): Evaluation {
  const context = contextOf(views, config, today);
  return { identities: summarise(context), findings: judge(context, rules), notVisible: notVisible(context) };
}

/** Reads a view, for rules to judge. */
export function contextOf(views: readonly StackRecords[], config: Config, today: string): Context {
  const inventory = buildInventory(views, config);
  const flows = new Map<Identity, Flow>();
  const flow = (identity: Identity): Flow => {
    let known = flows.get(identity);
    if (!known) {
      known = flowOf(inventory, identity);
      flows.set(identity, known);
    }
    return known;
  };
  return {
    inventory,
    config,
    isExpired: (day) => isExpired(day, today),
    permissions: new Permissions(inventory.graph),
    flow,
    shadows: findShadows(inventory, flow),
    usedExceptions: new Set(),
  };
}

/**
 * What the rules find. Disabled rules are not asked, and leave no doubts either. A rule that throws is a violation of
 * that rule.
 */
export function judge(context: Context, rules: readonly Rule[]): Finding[] {
  const exceptions = new Exceptions(context);
  const asked = { ...context, usedExceptions: exceptions.used };
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (levelOf(rule, context.config) === "disabled") continue;
    const found = new Collector(rule, context.inventory);
    try {
      rule.check(asked, found);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      found.violation({}, `The rule itself failed, so nothing it looks for was checked: ${reason}`, {
        fix: "Report this as a bug of ses-guard, with the document if you can share it.",
      });
    }
    for (const finding of found.findings.values()) findings.push(exceptions.apply(finding));
  }
  return findings;
}

export function levelOf({ meta }: Rule, config: Config): "mandatory" | "advisory" | "disabled" {
  const levels: Readonly<Record<string, "mandatory" | "advisory" | "disabled">> = config.rules;
  return Object.hasOwn(levels, meta.id) ? (levels[meta.id] as "mandatory") : meta.level;
}

/** Turns what a rule says into findings. Saying the same thing twice is saying it once. */
class Collector implements Reporter {
  readonly findings = new Map<string, Finding>();

  constructor(
    private readonly rule: Rule,
    private readonly inventory: Inventory,
  ) {}

  violation(about: About, message: string, details: Details = {}): void {
    const partial = details.absence === true && this.inventory.graph.partial;
    if (!partial) this.add("violation", about, message, details);
    else this.add("unverified", about, message, { ...details, fix: PARTIAL_ADVICE });
  }

  unverified(about: About, message: string, details: Details = {}): void {
    this.add("unverified", about, message, details);
  }

  private add(verdict: Verdict, about: About, message: string, { fix, pending, waived }: Details): void {
    const identity = typeof about.identity === "string" ? undefined : about.identity;
    const resource = about.resource ?? identity?.resource;
    const label =
      typeof about.identity === "string" ? about.identity : identity?.nameKnown ? identity.label : undefined;
    const region = about.region ?? identity?.region;
    const finding: Finding = {
      rule: this.rule.meta.id,
      verdict,
      identity: label === undefined ? null : escapeText(label),
      region: region === undefined ? null : escaped(regionName(region)),
      stack: identity?.stack || resource?.stack || null,
      urn: resource?.urn ?? null,
      message: escapeText(message),
      remediation: fix ?? this.rule.meta.fix,
      location: resource?.position ?? null,
      ...(pending && { pending }),
      waived: waived ?? null,
    };
    const key = `${verdict}\n${finding.identity}\n${finding.region}\n${finding.urn}\n${message}`;
    if (!this.findings.has(key)) this.findings.set(key, finding);
  }
}

/** Findings that the configuration accepts, and which exceptions did. */
class Exceptions {
  readonly used = new Set<Config["exceptions"][number]>();
  private readonly bySubject = new Map<string, Config["exceptions"][number]>();

  constructor({ config, isExpired }: Context) {
    for (const exception of config.exceptions) {
      if (isExpired(exception.expires)) continue;
      this.bySubject.set(`${exception.rule}\n${escapeText(normaliseIdentity(exception.identity).name)}`, exception);
    }
  }

  apply(finding: Finding): Finding {
    const exception = this.bySubject.get(`${finding.rule}\n${finding.identity}`);
    if (!exception) return finding;
    this.used.add(exception);
    return finding.waived === null ? { ...finding, waived: exception.reason } : finding;
  }
}

function summarise({ inventory, flow, shadows }: Context): IdentitySummary[] {
  const shadowed = new Map(
    shadows.filter(({ differs }) => differs === true).map((one) => [one.identity, one.ancestor]),
  );
  return inventory.identities
    .filter(({ managedBy }) => managedBy.length > 0)
    .map((identity) => {
      const flows = flow(identity);
      const channels = (type: FeedbackType): ChannelSummary[] => channelsOf(flows, type);
      return {
        identity: escapeText(identity.label),
        kind: identity.kind,
        account: identity.account ?? null,
        region: escaped(regionName(identity.region)),
        stack: identity.stack,
        urn: identity.resource?.urn ?? "",
        bounce: channels("bounce"),
        complaint: channels("complaint"),
        delivery: channels("delivery"),
        inheritsFrom: null,
        shadows: escaped(shadowed.get(identity)?.label ?? null),
      };
    });
}

function channelsOf({ channels, forwarding }: Flow, type: FeedbackType): ChannelSummary[] {
  const found = new Map<string, ChannelSummary>();
  for (const { via, target, sure } of channels[type]) {
    if (!sure) continue;
    const known = target === UNKNOWN ? null : escapeText(target);
    found.set(`${via} ${known}`, { channel: via, target: known });
  }
  const summary = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, channel]) => channel);
  if (type !== "delivery" && forwarding.on === true) {
    summary.push({ channel: "forwarding", target: null, declared: forwarding.declared });
  }
  return summary;
}

function escaped(text: string | null): string | null {
  return text === null ? null : escapeText(text);
}

function notVisible({ inventory, flow }: Context): string[] {
  const said = new Set<string>();
  for (const identity of inventory.identities) {
    if (identity.managedBy.length === 0) continue;
    const { channels, notVisible: references } = flow(identity);
    for (const reference of references) said.add(`${reference}, which ${identity.label} sends with`);
    for (const type of FEEDBACK_TYPES) {
      for (const { target, topic, kind } of channels[type]) {
        if (target === UNKNOWN || topic?.resource) continue;
        const what =
          kind === "sns"
            ? `topic ${target}: its subscribers, policy and key`
            : `${String(kind === UNKNOWN ? "destination" : kind)} ${target}: whether anybody reads it`;
        said.add(what);
      }
    }
  }
  for (const topic of inventory.topics) {
    if (topic.uses.length === 0) continue;
    if (topic.key.kind === "outside") said.add(`key ${topic.key.value}: whether SES may use it`);
    for (const { queue, lambda } of topic.subscriptions) {
      if (queue.kind === "outside") said.add(`queue ${queue.value}: its policy and key`);
      if (lambda.kind === "outside") said.add(`function ${lambda.value}: whether SNS may invoke it`);
    }
  }
  const list = [...said].map(escapeText).sort();
  const anything = inventory.identities.some(({ managedBy }) => managedBy.length > 0);
  return anything ? [...list, ...ONLY_LIVE] : list;
}

/** What no document can tell (F14, F11, F3). */
const ONLY_LIVE = [
  "topics that SES dropped after publishing failed, and forwarding that it turned back on",
  "subscriptions confirmed, deleted or added since the last refresh",
  "identities and settings made outside the given stacks",
];
