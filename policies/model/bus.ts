import { type Account, accountNumber, sameAccount } from "./account";
import { type Lookup, passesPattern } from "./filter";
import { parseJson } from "./iam/document";
import type { EventDestination, EventRule, FeedbackType } from "./inventory/types";
import type { Reading } from "./reading";
import { type Region, regionName, sameRegion } from "./region";
import { any, both, isKnown, isObject, type Json, type Maybe, UNKNOWN, type Value } from "./value";

/** Event types of SES on EventBridge. Source: EventBridge events reference, "Amazon Simple Email Service events". */
const EVENTS: Readonly<Record<FeedbackType, { detailType: string; eventType: string }>> = {
  bounce: { detailType: "Email Bounced", eventType: "Bounce" },
  complaint: { detailType: "Email Complaint Received", eventType: "Complaint" },
  delivery: { detailType: "Email Delivered", eventType: "Delivery" },
};

/** Whether an event destination writes to the default bus of its Region: the only one that SES serves (F15). */
export function isOnDefaultBus({ kind, target, bus, region }: EventDestination): Maybe {
  if (kind === UNKNOWN) return UNKNOWN;
  if (kind !== "eventbridge") return false;
  if (isKnown(target.value)) {
    const [, there] = /^arn:[^:]*:events:([^:]*):[^:]*:event-bus\/default$/.exec(target.value) ?? [];
    return target.value === "default" || (there !== undefined && sameRegion(there, region) !== false);
  }
  return !(bus.kind === "found" && bus.target.resource?.external !== true);
}

/** Who hears the events of SES on the default bus of a Region. */
export class BusListeners {
  private readonly rules: readonly EventRule[];
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
    return any(this.rules, (rule) => both(this.isHere(rule), rule.enabled, rule.hasTarget, this.passes(rule, type)));
  }

  /** Whether the deployment settles what a rule that may hear the type waits for. */
  get pending(): boolean {
    return this.rules.some(({ pattern, hasTarget }) => pattern.pending || hasTarget === UNKNOWN);
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
    return any(Object.values(EVENTS), (event) => passesPattern({ detailType }, () => event.detailType));
  }

  private event(type: FeedbackType): Lookup {
    const { detailType, eventType } = EVENTS[type];
    const otherTypes = Object.keys(EVENTS).filter((other) => other !== type);
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
