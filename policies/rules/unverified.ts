import type { Flow } from "../model/flow";
import type { Inventory } from "../model/inventory/types";
import { FEEDBACK_TYPES, type FeedbackType, type Identity } from "../model/inventory/types";
import type { Reason } from "../model/reason";
import { nameOf, type PartialStack, type ResourceRecord } from "../model/record";
import { isKnown, UNKNOWN } from "../model/value";
import { sayOmissions, showAll } from "./shared/omissions";
import { sayReason } from "./shared/reasons";
import { type Context, createRule, type Reporter } from "./shared/rule";
import { setsInUse } from "./shared/sets";
import { describeIdentity, list, plural, withRegion } from "./shared/words";

const messages = {
  subscribedUnknown: (subscription: string) =>
    `Which topic ${subscription} subscribes to is not known, so neither its filter nor its endpoint was looked at.`,
  notifiedUnknown: (identity: string) =>
    `Which topic the notifications of ${identity} go to is not known, so it was not looked at.`,
  publishedUnknown: (destination: string) =>
    `Which topic event destination ${destination} publishes to is not known, so it was not looked at.`,
  shownInPart: ({ stack, omissions, deleted }: PartialStack) => {
    const gone = deleted.length === 0 ? "" : ` It deletes ${list(deleted.map(({ urn }) => nameOf(urn)).sort())}.`;
    return `The preview of ${stack} ${sayOmissions(omissions)}, so that was not looked at.${gone}`;
  },
  contradicted: (identity: string, types: readonly FeedbackType[]) =>
    `externalIdentities says something else about the ${list(types.map(plural))} of ${identity} than the resources in view, which count: the entry is out of date, or somebody changed the identity by hand.`,
  outdated: (count: number, identity: string, day: string | undefined) =>
    count === 1
      ? `The entry of externalIdentities for ${identity} holds until ${day}: its settings are not known any more.`
      : `${count} entries of externalIdentities are older than they may be, that for ${identity} since ${day}: their settings are not known any more.`,
  notRead: ({ urn }: ResourceRecord, reason: Reason) =>
    `The audit could not read ${nameOf(urn)}: ${sayReason(reason)}.`,
  notLookedInto: ({ urn, type }: ResourceRecord, reason: Reason) =>
    `${nameOf(urn)} (${type}) was not looked into: ${sayReason(reason)}.`,
};

/** Instead of the rule's own fix. */
const FIXES: Partial<Record<Reason["kind"], string>> = {
  "remote-component": "Lint a preview or the state of the stack, which show its children.",
  "not-read":
    "Allow the audit what it lacks (ses-guard audit --print-policy writes the whole policy), and run it again.",
};
const RENEW = "Write the inventory anew with ses-guard inventory, and put its entries in the place of the old ones.";

export const unverified = createRule({
  id: "unverified",
  level: "advisory",
  severity: "medium",
  summary: "Everything that could not be decided, with the reason; its level decides whether doubt blocks.",
  why: "What is not known is neither right nor wrong. A guard that stays silent about it would be trusted for what it never looked at.",
  facts: ["F14"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Make the value known (a stack export instead of a preview, the other stack's document beside it), or accept the doubt with an exception.",
  collectsDoubts: true,
  messages,
  check({ inventory, flow, config, isExpired }, report) {
    checkAge(config.externalIdentities, isExpired, report);
    for (const stack of inventory.partialStacks) {
      const about = { resource: stack.deleted[0] };
      report.unverified(about, messages.shownInPart(stack), { fix: showAll(stack.omissions) });
    }
    checkSubscriptions(inventory, report);
    checkNotifications(inventory, report);
    checkEventDestinations(inventory, report);
    for (const { identity, external } of inventory.contradicted)
      checkInventory(identity, external, flow(identity), report);
    for (const { resource, reason, pending } of inventory.hidden) {
      const say = reason.kind === "not-read" ? messages.notRead : messages.notLookedInto;
      report.unverified({ resource }, say(resource, reason), { pending, fix: FIXES[reason.kind] });
    }
  },
});

function checkSubscriptions(inventory: Inventory, report: Reporter): void {
  if (inventory.usedTopics.length === 0) return;
  for (const { resource, topic } of inventory.subscriptions) {
    if (topic.kind !== "unknown" || resource.external) continue;
    report.unverified({ resource }, messages.subscribedUnknown(nameOf(resource.urn)), { pending: topic.pending });
  }
}

function checkNotifications(inventory: Inventory, report: Reporter): void {
  for (const { resource, region, identity, identityName, type, topic } of inventory.notifications) {
    if (topic.kind !== "unknown" || resource.external) continue;
    // The rules about handling tell of those that an identity uses.
    const isTold = identity.kind === "found" && identity.target.judged;
    if (isTold && type !== "delivery" && type !== UNKNOWN) continue;
    const label = isKnown(identityName) ? identityName : undefined;
    const name = label === undefined ? nameOf(resource.urn) : withRegion(label, region);
    const about = { identity: label, resource, region };
    report.unverified(about, messages.notifiedUnknown(name), { pending: topic.pending });
  }
}

function checkEventDestinations(inventory: Inventory, report: Reporter): void {
  const used = setsInUse(inventory);
  for (const { resource, region, set, kind, topic, enabled, matches } of inventory.eventDestinations) {
    if (kind !== "sns" || topic.kind !== "unknown" || resource.external) continue;
    // The rules about handling tell of those that an identity uses.
    const carries = enabled === true && (matches("bounce") === true || matches("complaint") === true);
    if (set.kind === "found" && used.has(set.target) && carries) continue;
    const message = messages.publishedUnknown(withRegion(nameOf(resource.urn), region));
    report.unverified({ resource, region }, message, { pending: topic.pending });
  }
}

/** One finding for all: an inventory ages as a whole. */
function checkAge(entries: Context["config"]["externalIdentities"], isExpired: Context["isExpired"], report: Reporter) {
  const old = entries.flatMap((entry, index) => (isExpired(entry.expires) ? [{ ...entry, index }] : []));
  const [first] = old;
  if (first === undefined) return;
  const message = messages.outdated(old.length, first.identity, first.expires);
  report.unverified({ entry: ["externalIdentities", first.index] }, message, { fix: RENEW });
}

/** An entry of the inventory beside resources that manage the identity: worth a word where the two disagree. */
function checkInventory(
  identity: Identity,
  external: NonNullable<Identity["external"]>,
  { channels, forwarding }: Flow,
  report: Reporter,
): void {
  const differs = FEEDBACK_TYPES.filter((type) => {
    const here = new Set<string>(channels[type].map(({ via }) => via));
    if (type !== "delivery" && forwarding.on !== false) here.add("forwarding");
    const there = new Set<string>(external[type].map(({ channel }) => channel));
    return here.size !== there.size || [...here].some((one) => !there.has(one));
  });
  if (differs.length > 0) report.unverified({ identity }, messages.contradicted(describeIdentity(identity), differs));
}
