import { BusListeners, isOnDefaultBus } from "../model/bus";
import type { EventDestination, FeedbackType, Inventory } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { type Region, regionName } from "../model/region";
import { both, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { plurals, withRegion } from "./shared/words";

export const unmonitoredEventBus = createRule({
  id: "unmonitored-event-bus",
  level: "mandatory",
  severity: "high",
  summary: "Bounces or complaints go to EventBridge, and no rule there lets them through to a target.",
  why: "EventBridge keeps nothing: an event that no enabled rule with a target matches is gone.",
  facts: ["F15", "F16"],
  source: "Amazon SES Developer Guide, Monitoring using EventBridge",
  fix: 'Give an aws.cloudwatch.EventRule on the default bus the eventPattern {"source": ["aws.ses"], "detail-type": ["Email Bounced", "Email Complaint Received"]}, and an aws.cloudwatch.EventTarget.',
  messages: {
    nobody: (destination: string, types: readonly FeedbackType[]) =>
      `Event destination ${destination} sends ${plurals(types)} to EventBridge, where rules for SES exist, but no enabled one with a target lets them through.`,
    notKnown: (destination: string, types: readonly FeedbackType[]) =>
      `Whether an EventBridge rule lets the ${plurals(types)} of event destination ${destination} through to a target is not known.`,
  },
  check({ inventory }, report, messages) {
    const buses = new Buses(inventory);
    for (const destination of inventory.eventDestinations) {
      const { resource, region } = destination;
      if (resource.external || isOnDefaultBus(destination) === false || destination.enabled === false) continue;
      const bus = buses.of(destination);
      // Without a rule for SES in view, whoever listens stands elsewhere: the report says so.
      if (bus.concernSes === false) continue;
      const name = withRegion(nameOf(resource.urn), region);
      const { unheard, doubtful } = judge(destination, bus);
      if (unheard.length > 0) report.violation({ resource, region }, messages.nobody(name, unheard), { absence: true });
      if (doubtful.length > 0) {
        report.unverified({ resource, region }, messages.notKnown(name, doubtful), { pending: bus.pending });
      }
    }
  },
});

/** The default buses that destinations write to. */
class Buses {
  private readonly known = new Map<string, BusListeners>();
  private readonly regions: ReadonlySet<Region>;

  constructor(private readonly inventory: Inventory) {
    this.regions = new Set(inventory.eventRules.map(({ region }) => region));
  }

  of({ region, account }: EventDestination): BusListeners {
    // The Regions that are not known, and where no rule stands, are heard alike.
    const isNowhere = regionName(region) === null && !this.regions.has(region);
    const key = `${isNowhere ? "?" : region} ${account}`;
    const bus = this.known.get(key) ?? new BusListeners(this.inventory.eventRules, region, account);
    this.known.set(key, bus);
    return bus;
  }
}

function judge(destination: EventDestination, bus: BusListeners): Record<"unheard" | "doubtful", FeedbackType[]> {
  const found: Record<"unheard" | "doubtful", FeedbackType[]> = { unheard: [], doubtful: [] };
  for (const type of ["bounce", "complaint"] as const) {
    const heard = bus.hear(type);
    if (heard === true) continue;
    const sent = both(isOnDefaultBus(destination), destination.enabled, destination.matches(type));
    const isCertain = heard === false && bus.concernSes === true;
    if (sent === true && isCertain) found.unheard.push(type);
    else if (sent !== false && (sent === UNKNOWN || !isCertain)) found.doubtful.push(type);
  }
  return found;
}
