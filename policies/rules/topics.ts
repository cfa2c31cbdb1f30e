import { placed } from "../model/flow";
import type { Identity, Topic, TopicUse } from "../model/inventory";
import { nameOf } from "../model/resource";
import { isKnown } from "../model/value";
import type { About } from "./rule";

/** Topics that SES publishes to, as far as the view tells. */
export function usedTopics(topics: readonly Topic[]): Topic[] {
  return topics.filter(({ uses }) => uses.length > 0);
}

/** Uses of a topic, one per identity or configuration set and Region, whatever the number of types. */
export function publishers(topic: Topic): TopicUse[] {
  const found = new Map<string, TopicUse>();
  for (const use of topic.uses) {
    const key = `${use.via} ${use.identity?.label ?? String(use.source)} ${use.region}`;
    const known = found.get(key);
    if (!known || (use.sure && !known.sure)) found.set(key, use);
  }
  return [...found.values()];
}

/** What a topic is called in messages: its name in the program, else its ARN. */
export function topicName(topic: Topic): string {
  if (topic.resource) return nameOf(topic.resource.urn);
  return isKnown(topic.arn) ? topic.arn : "of another stack";
}

/** `example.com (us-east-1)` or `configuration set main (us-east-1)`. */
export function publisherName({ via, source, identity, region }: TopicUse): string {
  if (via === "topic")
    return placed(identity?.nameKnown ? identity.label : isKnown(source) ? source : "an identity", region);
  return placed(`configuration set ${isKnown(source) ? source : "of unknown name"}`, region);
}

/** A finding about one publisher of the topic. */
export function aboutUse(use: TopicUse): About {
  const identity = use.identity ?? (use.via === "topic" && isKnown(use.source) ? use.source : undefined);
  return { identity, region: use.region, resource: use.topic.resource ?? use.resource };
}

/** A finding about the topic itself; it names the identity where there is just one. */
export function aboutTopic(topic: Topic): About {
  const identities = new Set<Identity | string>();
  for (const use of topic.uses) {
    const { identity } = aboutUse(use);
    if (identity !== undefined) identities.add(identity);
  }
  const [identity] = identities;
  const resource = topic.resource ?? topic.uses[0]?.resource;
  return { identity: identities.size === 1 ? identity : undefined, region: topic.uses[0]?.region, resource };
}

/** Types that surely or possibly go to the topic, for messages: `bounces and complaints`. */
export function carried(topic: Topic): string {
  const types = [...new Set(topic.uses.map(({ type }) => (type === "delivery" ? "deliveries" : `${type}s`)))].sort();
  return types.length < 2 ? (types[0] ?? "nothing") : `${types.slice(0, -1).join(", ")} and ${types.at(-1)}`;
}
