import type { Link } from "../../model/inventory/links";
import type { Inventory, LambdaFunction, Queue, Subscription, Topic } from "../../model/inventory/types";
import { nameOf } from "../../model/record";
import type { About } from "./rule";
import { aboutTopic, carries, topicName } from "./topics";

/** A queue or function that hears a topic SES publishes to. */
export interface Subscriber<T> {
  topic: Topic;
  subscription: Subscription;
  link: Exclude<Link<T>, { kind: "absent" | "outside" }>;
  about: About;
  /** Name of the subscriber, else of its subscription. */
  name: string;
  /** `topic feedback that carries bounces of example.com (us-east-1)`. */
  topicName: string;
}

/** Every subscribed queue, or function, that is in view or not known; those outside are somebody else's. */
export function subscribed<T extends Queue | LambdaFunction>(
  inventory: Inventory,
  linkOf: (subscription: Subscription) => Link<T>,
): Subscriber<T>[] {
  const found: Subscriber<T>[] = [];
  for (const topic of inventory.usedTopics) {
    for (const subscription of topic.subscriptions) {
      const link = linkOf(subscription);
      if (link.kind === "absent" || link.kind === "outside") continue;
      const resource = (link.kind === "found" ? link.target.resource : undefined) ?? subscription.resource;
      const about = { ...aboutTopic(topic), resource };
      found.push({
        topic,
        subscription,
        link,
        about,
        name: nameOf(resource.urn),
        topicName: `topic ${topicName(topic)} that ${carries(topic)}`,
      });
    }
  }
  return found;
}
