import { EVENTS } from "../generated/facts";
import { type Account, accountNumber, sameAccount } from "./account";
import { parseArn } from "./arn";
import { type Lookup, passesPattern } from "./filter";
import { parseJson } from "./iam/document";
import type { EventDestination, EventRule, FeedbackType } from "./inventory/types";
import type { Reading } from "./reading";
import { type Region, regionName, sameRegion } from "./region";
import { any, both, isKnown, isObject, type Json, type Maybe, UNKNOWN, type Value } from "./value";

/** How events are named on EventBridge. */
const TYPES: Readonly<Record<FeedbackType, { detailType: string; eventType: string }>> = {
  bounce: EVENTS.BOUNCE,
  complaint: EVENTS.COMPLAINT,
  delivery: EVENTS.DELIVERY,
};

/** Whether an event destination writes to the default bus of its own account and Region: the only one (F15). */
export function isOnDefaultBus(destination: EventDestination): Maybe {
  const { kind, target, bus } = destination;
  if (kind === UNKNOWN) return UNKNOWN;
  if (kind !== "eventbridge") return false;
  if (isKnown(target.value)) {
    // An account that nobody knows is taken for the bus's: in another one nobody would hear either.
    const account = accountNumber(destination.account) ?? (parseArn(target.value)?.account || destination.account);
    return isDefaultBus(target.value, { region: destination.region, account });
  }
  return bus.kind === "found" && bus.target.resource?.external !== true ? false : UNKNOWN;
}

/** Whether a reference means the default bus of an account and Region. */
export function isDefaultBus(bus: string, { region, account }: Pick<EventDestination, "region" | "account">): Maybe {
  const arn = parseArn(bus);
  if (!arn) return bus === "default";
  if (arn.resource !== "event-bus/default") return false;
  // ARNs of buses always name an account and a Region; what is left open is written by hand.
  return both(
    arn.region === "" || sameRegion(arn.region, region),
    arn.account === "" || sameAccount(arn.account, account),
  );
}

/** Who hears the events of SES on the default bus of a Region. */
export class BusListeners {
  private readonly rules: readonly EventRule[];
  private readonly heard = new Map<FeedbackType, Maybe>();
  private waits: boolean | undefined;
  /** Whether some rule in view is about SES at all. */
  readonly concernSes: Maybe;

  constructor(
    rules: readonly EventRule[],
    private readonly region: Region,
    private readonly account: Account,
  ) {
    this.rules = rules.filter((rule) => this.isHere(rule) !== false);
    this.concernSes = any(this.rules, (rule) =>
      both(
        this.isHere(rule),
        mayBePattern(rule.pattern, (pattern) => this.namesSes(pattern)),
      ),
    );
  }

  /** Whether an enabled rule with a target lets events of the type through. */
  hear(type: FeedbackType): Maybe {
    const known = this.heard.get(type);
    if (known !== undefined) return known;
    const heard = this.listens(type);
    this.heard.set(type, heard);
    return heard;
  }

  private listens(type: FeedbackType): Maybe {
    return any(this.rules, (rule) => this.hears(rule, type));
  }

  /** The rules that let events of the type through to a target, or may do. */
  listeners(type: FeedbackType): [rule: EventRule, hears: Maybe][] {
    return this.rules
      .map((rule): [EventRule, Maybe] => [rule, this.hears(rule, type)])
      .filter(([, hears]) => hears !== false);
  }

  private hears(rule: EventRule, type: FeedbackType): Maybe {
    return both(this.isHere(rule), rule.enabled, rule.hasTarget, this.passes(rule, type));
  }

  /** Whether the deployment settles what a rule that may hear the type waits for. */
  get pending(): boolean {
    this.waits ??= this.rules.some(({ pattern, hasTarget }) => pattern.pending || hasTarget === UNKNOWN);
    return this.waits;
  }

  private isHere({ onDefaultBus, region, account }: EventRule): Maybe {
    return both(onDefaultBus, sameRegion(region, this.region), sameAccount(account, this.account));
  }

  private passes({ pattern }: EventRule, type: FeedbackType): Maybe {
    return mayBePattern(pattern, (filter) => passesPattern(filter, this.event(type)));
  }

  private namesSes({ source, "detail-type": detailType }: Json): Maybe {
    if (source !== undefined) return passesPattern({ source }, () => "aws.ses");
    if (detailType === undefined) return false;
    return any(Object.values(TYPES), (event) => passesPattern({ detailType }, () => event.detailType));
  }

  private event(type: FeedbackType): Lookup {
    const { detailType, eventType } = TYPES[type];
    const otherTypes = Object.keys(TYPES).filter((other) => other !== type);
    const detail: Lookup = (key) => (key === "eventType" ? eventType : otherTypes.includes(key) ? undefined : UNKNOWN);
    const known = new Map<string, ReturnType<Lookup>>([
      ["version", "0"],
      ["source", "aws.ses"],
      ["detail-type", detailType],
      ["region", regionName(this.region) ?? UNKNOWN],
      ["account", accountNumber(this.account) ?? UNKNOWN],
      ["id", UNKNOWN],
      ["time", UNKNOWN],
      ["resources", UNKNOWN],
      ["detail", detail],
    ]);
    return (key) => known.get(key);
  }
}

/** A rule without a pattern is one on a schedule; one that can't be read may be anything. */
function mayBePattern({ value }: Reading<unknown>, ask: (pattern: Json) => Maybe): Maybe {
  const pattern: Value<unknown> = typeof value === "string" && value !== "" ? parseJson(value) : value;
  if (value === undefined || value === "") return false;
  return isObject(pattern) && Object.keys(pattern).length > 0 ? ask(pattern) : UNKNOWN;
}
