import { type Config, isExpired } from "./config";
import { Exceptions } from "./exceptions";
import { Access } from "./model/access";
import { buildInventory } from "./model/build";
import type { Finding, Verdict } from "./model/finding";
import { type Flow, flowOf } from "./model/flow";
import type { Identity, Inventory } from "./model/inventory/types";
import { nameOf, type ResourceRecord, type StackRecords } from "./model/record";
import { regionName } from "./model/region";
import { findShadows } from "./model/shadows";
import { rules as allRules } from "./rules";
import { mayBeDeclared } from "./rules/shared/omissions";
import type { About, Context, Details, Reporter, Rule } from "./rules/shared/rule";
import { printable } from "./text/printable";

export interface Evaluation {
  findings: Finding[];
  /** What the rules were asked about. */
  context: Context;
}

/** What is said of a finding that a callback which did not run may answer. */
export const GAP_ADVICE =
  "The program may declare it in a callback that waits for a value; give the value with --mocks, or lint a preview or the state.";

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
  return { findings: judge(context, rules), context };
}

/** Reads a view, for rules to judge. */
export function contextOf(views: readonly StackRecords[], config: Config, today: string): Context {
  const isOver = (day: string | undefined) => isExpired(day, today);
  const inventory = buildInventory(views, config, isOver);
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
    isExpired: isOver,
    permissions: new Access(),
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
      found.fail(error);
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
    if (!this.mayBeLeftOut(about, details)) this.add("violation", about, message, details);
    else this.add("unverified", about, message, { ...details, fix: this.adviceFor(about) });
  }

  private adviceFor({ identity, resource }: About): string {
    const stack = (typeof identity === "object" ? identity.stack : undefined) || resource?.stack || "";
    if (this.inventory.hasGaps(stack)) return GAP_ADVICE;
    const { partialStacks } = this.inventory;
    const part = partialStacks.find((one) => one.stack === stack);
    // What belongs to no stack may be declared in any of them.
    return mayBeDeclared(part?.omissions ?? partialStacks.flatMap(({ omissions }) => omissions));
  }

  /** Whether the finding rests on an absence in a stack that is shown in part. */
  private mayBeLeftOut(about: About, { absence }: Details): boolean {
    if (absence === undefined || absence === false) return false;
    const identity = typeof about.identity === "string" ? undefined : about.identity;
    const resource = about.resource ?? identity?.resource;
    // A setting that is created may be of an identity that was there before.
    const lacking = absence === "of-identity" ? identity?.resource : resource;
    const isCreated = absence !== "anywhere" && lacking?.created === true;
    const stack = identity?.stack || resource?.stack;
    if (stack === undefined) return this.inventory.partialStacks.length > 0;
    return this.inventory.hasGaps(stack) || (!isCreated && this.inventory.isPartial(stack));
  }

  unverified(about: About, message: string, details: Details = {}): void {
    this.add("unverified", about, message, details);
  }

  /** The rule threw: what it would have said is not known, and nobody can accept that. */
  fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.add(
      "violation",
      {},
      `The rule itself failed, so nothing it looks for was checked: ${reason}`,
      { fix: "Report this as a bug of ses-guard, with the document if you can share it." },
      false,
    );
  }

  private add(
    verdict: Verdict,
    about: About,
    message: string,
    { fix, pending, waived, cause }: Details,
    acceptable?: false,
  ): void {
    const identity = typeof about.identity === "string" ? undefined : about.identity;
    const resource = about.resource ?? identity?.resource;
    const label = labelOf(about);
    const region = about.region ?? identity?.region;
    const finding: Finding = {
      rule: this.rule.meta.id,
      verdict,
      identity: label === undefined ? null : printable(label),
      region: region === undefined ? null : escaped(regionName(region)),
      stack: identity?.stack || resource?.stack || null,
      urn: resource?.urn ?? null,
      message: printable(message),
      remediation: fix ?? this.rule.meta.fix,
      location: resource?.position ?? null,
      entry: about.entry,
      pending: pending || undefined,
      cause: cause ?? causeOf(resource, identity),
      account: isNumber(identity?.account) ? identity.account : undefined,
      acceptable,
      waived: waived ?? null,
    };
    const key = `${verdict}\n${finding.identity}\n${finding.region}\n${finding.urn}\n${message}`;
    if (!this.findings.has(key)) this.findings.set(key, finding);
  }
}

function labelOf({ identity }: About): string | undefined {
  if (typeof identity === "string") return identity;
  return identity?.nameKnown ? identity.label : undefined;
}

function isNumber(account: string | undefined): account is string {
  return account !== undefined && /^\d{12}$/.test(account);
}

function escaped(text: string | null): string | null {
  return text === null ? null : printable(text);
}

/** A finding about a resource that serves the identity has that resource for its cause, where the rule names none. */
function causeOf(resource: ResourceRecord | undefined, identity: Identity | undefined): string | undefined {
  return resource && resource !== identity?.resource ? nameOf(resource.urn) : undefined;
}
