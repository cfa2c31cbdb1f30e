import type { FeedbackType, Identity, Topic, TopicUse } from "../../model/inventory/types";
import { nameOf } from "../../model/record";
import { isKnown } from "../../model/value";
import type { About, Details, Reporter } from "./rule";
import { list, plural, withRegion } from "./words";

/**
 * Uses of a topic, one per identity or configuration set and Region, whatever the number of types. A topic outside the
 * view has no place of its own: every setting that names it is one to change.
 */
export function publishers(topic: Topic): TopicUse[] {
  const [first] = topic.uses;
  if (first && topic.resource && topic.uses.every((use) => isSamePublisher(use, first)))
    return [topic.uses.find(({ isCertain }) => isCertain) ?? first];
  const found = new Map<string, TopicUse>();
  for (const use of topic.uses) {
    const key = `${use.via} ${use.identity?.label ?? String(use.source)} ${use.region} ${use.account} ${topic.resource ? "" : use.resource.urn}`;
    const known = found.get(key);
    if (!known || (use.isCertain && !known.isCertain)) found.set(key, use);
  }
  return [...found.values()];
}

function isSamePublisher(a: TopicUse, b: TopicUse): boolean {
  return a.via === b.via && a.identity !== undefined && a.identity === b.identity && a.region === b.region;
}

/** Topics that the view declares: what others lack is their owner's concern. */
export function inView(topics: readonly Topic[]): Topic[] {
  return topics.filter(({ resource }) => resource && !resource.external);
}

/** What a topic is called in messages: its name in the program, else its ARN. */
export function topicName(topic: Topic): string {
  if (topic.resource) return nameOf(topic.resource.urn);
  return isKnown(topic.arn) ? topic.arn : "of another stack";
}

/** `example.com (us-east-1)` or `configuration set main (us-east-1)`. */
export function publisherName({ via, source, identity, region }: TopicUse): string {
  if (via === "topic")
    return withRegion(identity?.nameKnown ? identity.label : isKnown(source) ? source : "an identity", region);
  return withRegion(`configuration set ${isKnown(source) ? source : "of unknown name"}`, region);
}

/** A finding about one publisher of the topic. */
export function aboutUse(topic: Topic, use: TopicUse): About {
  return { identity: publishingIdentity(use), region: use.region, resource: topic.resource ?? use.resource };
}

/** A finding about the topic itself; it names the identity where there is just one. */
export function aboutTopic(topic: Topic): About {
  const identities = new Set(topic.uses.map(publishingIdentity).filter((one) => one !== undefined));
  const [identity] = identities;
  const resource = topic.resource ?? topic.uses[0]?.resource;
  return { identity: identities.size === 1 ? identity : undefined, region: topic.uses[0]?.region, resource };
}

function publishingIdentity({ via, source, identity }: TopicUse): Identity | string | undefined {
  return identity ?? (via === "topic" && isKnown(source) ? source : undefined);
}

/** `carries bounces and complaints of example.com (us-east-1)`; `may carry …` where that is not known. */
export function carries(topic: Topic, ...only: readonly FeedbackType[]): string {
  const uses = topic.uses.filter(({ type }) => only.length === 0 || only.includes(type));
  const what = list([...new Set(uses.map(({ type }) => plural(type)))].sort());
  const names = [...new Set(publishers({ ...topic, uses }).map(publisherName))].sort();
  const others = names.length > 2 ? `${names.length - 1} others` : names[1];
  return `${uses.some(({ isCertain }) => isCertain) ? "carries" : "may carry"} ${what} of ${names[0]}${others ? ` and ${others}` : ""}`;
}

/** A violation where the topic surely carries something; else it may be no concern of SES, and that is a doubt. */
export function accuse(
  report: Reporter,
  uses: readonly TopicUse[],
  about: About,
  message: string,
  details?: Details,
): void {
  if (uses.some(({ isCertain }) => isCertain)) report.violation(about, message, details);
  else report.unverified(about, message, details);
}
