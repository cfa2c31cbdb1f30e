import { typeOf } from "./aws/answers";
import type { Listener } from "./aws/listening";
import type { Thing } from "./aws/world";
import { plain } from "./watch";

/** A resource of the state, as far as its replacement is concerned. */
export interface Child {
  urn: string;
  inputs: Thing;
}

/** What is replaced on demand. Identities and event destinations are not: AWS refuses a second one of their names. */
const REPLACED = [
  "aws:sns/topic:Topic",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:ses/identityNotificationTopic:IdentityNotificationTopic",
  "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes",
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes",
  "aws:lambda/permission:Permission",
  "aws:sqs/queue:Queue",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/eventTarget:EventTarget",
];

/**
 * One of the components' children. A topic of the program's own has a fixed name: SNS would answer with the old one, and the
 * engine would delete it.
 */
export function childToReplace<T extends Child>(children: readonly T[], number: number): T | undefined {
  const possible = children.filter(({ urn }) => urn.includes("$") && REPLACED.includes(typeOf(urn)));
  return possible[number % possible.length];
}

/**
 * Who pauses while a child is replaced: AWS knows one subscription, target or setting of a name, so it is taken away before
 * it is made again. The settings of bounces and complaints are set anew in place.
 */
export function pausesWith({ urn, inputs }: Child): (listener: Listener) => boolean {
  const type = typeOf(urn);
  if (type.endsWith(":TopicSubscription")) {
    const endpoint = plain(` ${inputs.protocol} ${inputs.endpoint}`);
    return (one) => one.endsWith(endpoint);
  }
  if (type.endsWith(":EventTarget")) return (one) => one.endsWith(` target ${inputs.arn}`);
  if (type.endsWith(":IdentityNotificationTopic") && inputs.notificationType === "Delivery") {
    return (one) => one.includes(" Delivery ");
  }
  return () => false;
}
