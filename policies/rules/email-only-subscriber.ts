import { push } from "../model/collections";
import type { Flow } from "../model/flow";
import { type HeardType, onlyMailboxes } from "../model/hears";
import type { EventDestination, Inventory, Topic } from "../model/inventory/types";
import { isKnown, type Maybe, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { setsInUse } from "./shared/sets";
import { topicName } from "./shared/topics";
import { describeIdentity, list, plurals, withRegion } from "./shared/words";

const TYPES = ["bounce", "complaint"] as const;

export const emailOnlySubscriber = createRule({
  id: "email-only-subscriber",
  level: "advisory",
  severity: "medium",
  summary: "Bounces or complaints that only mailboxes receive.",
  why: "Nobody takes addresses off a list by reading mail, and SNS stops mailing when it matters most: above ten messages a second it takes the subscription back to pending.",
  facts: ["F21", "F6"],
  source: "Amazon SNS Developer Guide, Subscribing an email address; Amazon SNS endpoints and quotas",
  fix: "Subscribe a queue or a function too: an aws.sns.TopicSubscription with protocol sqs or lambda.",
  messages: {
    mailboxes: (types: readonly HeardType[], sender: string, topics: readonly string[]) =>
      `Only mailboxes receive the ${plurals(types)} of ${sender}, by topic ${list(topics)}.`,
    notKnown: (types: readonly HeardType[], sender: string, topics: readonly string[]) =>
      `Whether anything but mailboxes receives the ${plurals(types)} of ${sender}, by topic ${list(topics)} or otherwise, is not known.`,
  },
  check({ inventory, flow }, report, messages) {
    for (const identity of inventory.judged) {
      const { certain, doubtful } = judge((type) => carriersOf(flow(identity), type));
      const sender = describeIdentity(identity);
      for (const { types, topics } of certain) {
        report.violation({ identity }, messages.mailboxes(types, sender, topics), { absence: true });
      }
      for (const { types, topics } of doubtful) {
        report.unverified({ identity }, messages.notKnown(types, sender, topics));
      }
    }
    for (const [destination, destinations] of unusedSets(inventory)) {
      const { resource, region, set } = destination;
      if (resource.external) continue;
      const { certain, doubtful } = judge((type) => destinations.flatMap((one) => carriersTo(one, type)));
      const name = set.kind === "found" && isKnown(set.target.name) ? set.target.name : "of unknown name";
      const sender = withRegion(`configuration set ${name}`, region);
      for (const { types, topics } of certain) {
        report.violation({ resource, region }, messages.mailboxes(types, sender, topics), { absence: true });
      }
      for (const { types, topics } of doubtful) {
        report.unverified({ resource, region }, messages.notKnown(types, sender, topics));
      }
    }
  },
});

/** A way by which notifications of one type leave. */
interface Carrier {
  /** The topic, where mailboxes may be all that hears it. */
  topic?: Topic;
  onlyMailboxes: Maybe;
}

/** Types that go the same ways. */
interface Answer {
  types: HeardType[];
  topics: string[];
}

function judge(carriers: (type: HeardType) => Carrier[]): Record<"certain" | "doubtful", Answer[]> {
  const found = { certain: new Map<string, Answer>(), doubtful: new Map<string, Answer>() };
  for (const type of TYPES) {
    const all = carriers(type);
    if (all.some((one) => one.onlyMailboxes === false)) continue;
    const topics = [...new Set(all.flatMap(({ topic }) => (topic ? [topicName(topic)] : [])))].sort();
    if (topics.length === 0) continue;
    const answers = all.every((one) => one.onlyMailboxes === true) ? found.certain : found.doubtful;
    const key = topics.join();
    const answer = answers.get(key) ?? { types: [], topics };
    answer.types.push(type);
    answers.set(key, answer);
  }
  return { certain: [...found.certain.values()], doubtful: [...found.doubtful.values()] };
}

/** What carries the type, as far as it matters: topics of elsewhere are heard by whomever their owner knows. */
function carriersOf({ channels, doubts }: Flow, type: HeardType): Carrier[] {
  const found = channels[type].map(({ via, isCertain, kind, target, topic }): Carrier => {
    if (topic) return carrier(topic, type, via, isCertain);
    const isOther = kind !== UNKNOWN && (kind !== "sns" || target !== UNKNOWN);
    return { onlyMailboxes: isOther && isCertain ? false : UNKNOWN };
  });
  return doubts[type].length > 0 ? [...found, { onlyMailboxes: UNKNOWN }] : found;
}

function carriersTo({ enabled, kind, topic, matches }: EventDestination, type: HeardType): Carrier[] {
  const isSure = enabled === true && matches(type) === true;
  if (enabled === false || matches(type) === false || kind === undefined || kind === "cloudwatch") return [];
  if (topic.kind === "found") return [carrier(topic.target, type, "event-destination", isSure)];
  const isOther = isSure && kind !== UNKNOWN && (kind !== "sns" || topic.kind === "outside");
  return [{ onlyMailboxes: isOther ? false : UNKNOWN }];
}

function carrier(topic: Topic, type: HeardType, via: "topic" | "event-destination", isCertain: boolean): Carrier {
  if (!topic.resource || topic.resource.external) return { onlyMailboxes: isCertain ? false : UNKNOWN };
  const answer = onlyMailboxes(topic, { type, via });
  if (answer === false) return { onlyMailboxes: isCertain ? false : UNKNOWN };
  return { topic, onlyMailboxes: isCertain ? answer : UNKNOWN };
}

/** Destinations of sets that no identity in view sends with, by their first. */
function unusedSets(inventory: Inventory): Map<EventDestination, EventDestination[]> {
  const used = setsInUse(inventory);
  const groups = new Map<unknown, EventDestination[]>();
  for (const destination of inventory.eventDestinations) {
    const { set } = destination;
    if (set.kind === "found" && used.has(set.target)) continue;
    push(groups, set.kind === "found" ? set.target : destination, destination);
  }
  return new Map([...groups.values()].flatMap((all) => (all[0] ? [[all[0], all] as const] : [])));
}
