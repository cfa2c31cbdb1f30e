import { BusListeners, isOnDefaultBus } from "../../policies/model/bus";
import { FEEDBACK_TYPES, type Identity, type Inventory } from "../../policies/model/inventory/types";
import { isJudged } from "../../policies/model/readers";
import type { StackRecords } from "../../policies/model/record";
import { type Region, regionName } from "../../policies/model/region";
import { UNKNOWN } from "../../policies/model/value";
import type { Context } from "../../policies/rules/shared/rule";
import { printable } from "../../policies/text/printable";

/** What no document can tell (F14, F11, F3). */
const ONLY_LIVE = [
  "topics that SES dropped after publishing failed, and forwarding that it turned back on",
  "subscriptions confirmed, deleted or added since the last refresh",
  "identities and settings made outside the given stacks",
];

/** What only another stack or the live account can show, sorted; nothing where no identity is in view. */
export function notVisible(context: Context): string[] {
  const { inventory } = context;
  const managed = inventory.judged;
  const elsewhere = [
    ...managed.flatMap((identity) => behindIdentity(context, identity)),
    ...behindTopics(inventory),
    ...behindBuses(inventory),
  ];
  const list = [...new Set(elsewhere)].map(printable).sort();
  const live = new Set(inventory.liveAccounts.map(({ resource }) => resource.stack));
  return managed.some(({ stack }) => !live.has(stack)) ? [...list, ...ONLY_LIVE] : list;
}

/** Callbacks that may register something the rules look for, which were not run to their end; in the stacks' order. */
export function uncertainCallbacks(stacks: readonly StackRecords[]): string[] {
  return stacks.flatMap(({ stacks: [name = "the program"] = [], mayBeMissing = [] }) =>
    mayBeMissing.flatMap(({ reason, position, types }) => {
      const known = types?.filter(isJudged);
      if (known?.length === 0) return [];
      const place = position ? `${position.path}:${position.line}:${position.column}` : name;
      const what = known === undefined ? "" : ` (${known.join(", ")})`;
      return [printable(`${place}: what it may register${what}: ${reason}`)];
    }),
  );
}

function behindIdentity({ flow }: Context, identity: Identity): string[] {
  const { channels, setsNotVisible } = flow(identity);
  const destinations = FEEDBACK_TYPES.flatMap((type) => channels[type]).flatMap(({ target, topic, kind }) => {
    if (target === UNKNOWN || topic?.resource) return [];
    if (kind === "sns") return [`topic ${target}: its subscribers, policy and key`];
    return [`${kind === UNKNOWN ? "destination" : kind} ${target}: whether anybody reads it`];
  });
  const sets = setsNotVisible.map(
    (set) => `configuration set ${set ?? "of another stack"}, which ${identity.label} sends with`,
  );
  return [...sets, ...destinations];
}

/** Default buses that SES sends to, where no rule in view is about SES; those named by ARN stand with their identity. */
function behindBuses({ eventDestinations, eventRules }: Inventory): string[] {
  const regions = new Set<Region>();
  for (const destination of eventDestinations) {
    const { resource, region, account, enabled, kind, target } = destination;
    const mayBeDefault = kind === "eventbridge" && target.value === UNKNOWN && isOnDefaultBus(destination) !== false;
    if (resource.external || enabled === false || !mayBeDefault) continue;
    if (new BusListeners(eventRules, region, account).concernSes === false) regions.add(region);
  }
  return [...regions].map(
    (region) => `default event bus of ${regionName(region) ?? "a Region"}: whether a rule hears SES`,
  );
}

function behindTopics({ topics }: Inventory): string[] {
  return topics
    .filter(({ uses }) => uses.length > 0)
    .flatMap(({ key, subscriptions }) => [
      ...(key.kind === "outside" ? [`key ${key.value}: whether SES may use it`] : []),
      ...subscriptions.flatMap(({ queue, lambda }) => [
        ...(queue.kind === "outside" ? [`queue ${queue.value}: its policy and key`] : []),
        ...(lambda.kind === "outside" ? [`function ${lambda.value}: whether SNS may invoke it`] : []),
      ]),
    ]);
}
