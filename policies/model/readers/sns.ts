import type { Reader, ReaderTable, Reference, SubscriptionFact } from "../inventory/facts";
import { type ResourceReader, required } from "../reading";
import { isKnown, type Maybe, UNKNOWN, type Value } from "../value";
import { attachedPolicy, deadLetterTarget, declared } from "./policies";

/** Topics, their policies and subscriptions. */
export const SNS: ReaderTable = {
  "aws:sns/topic:Topic": topic({ name: "name", arn: "arn" }),
  "aws-native:sns:Topic": topic({
    name: "topicName",
    arn: "topicArn",
    subscriptions: "subscription",
    protection: "dataProtectionPolicy",
  }),
  "aws:sns/topicPolicy:TopicPolicy": attachedPolicy("topic-policy", { owner: "arn", policy: "policy" }),
  "aws-native:sns:TopicPolicy": attachedPolicy("topic-policy", { owner: "topics", policy: "policyDocument" }),
  "aws-native:sns:TopicInlinePolicy": attachedPolicy("topic-policy", { owner: "topicArn", policy: "policyDocument" }),
  "aws:sns/topicDataProtectionPolicy:TopicDataProtectionPolicy": protection,
  "aws:sns/dataProtectionPolicy:DataProtectionPolicy": protection,
  "aws:sns/topicSubscription:TopicSubscription": subscription({ topic: "topic" }),
  "aws-native:sns:Subscription": subscription({ topic: "topicArn" }),
};

function protection(at: ResourceReader): ReturnType<Reader> {
  return { fact: "topic-protection", topic: required(at.text("arn")), policy: at.raw("policy") };
}

function topic(at: { name: string; arn: string; subscriptions?: string; protection?: string }): Reader {
  return (reader) => {
    const name = reader.text(at.name).value;
    const arn = reader.output(at.arn);
    return {
      fact: "topic",
      name,
      arn,
      fifo: isFifo(reader.flag("fifoTopic").value, name, arn),
      policy: reader.raw("policy"),
      key: reader.text("kmsMasterKeyId"),
      dataProtection: at.protection === undefined ? undefined : reader.raw(at.protection),
      subscriptions: at.subscriptions === undefined ? [] : inlineSubscriptions(reader, at.subscriptions),
    };
  };
}

/** A FIFO topic's name always ends in `.fifo`. Source: SNS API reference, CreateTopic. */
export function isFifo(flag: Value<boolean>, name: Value<string>, arn: Value<string>): Maybe {
  if (flag === true) return true;
  const known = isKnown(arn) ? arn : name;
  if (isKnown(known)) return known.endsWith(".fifo");
  return flag === UNKNOWN ? UNKNOWN : false;
}

function subscription(at: { topic: string }): Reader {
  return (reader) => subscriber(reader, required(reader.text(at.topic)), true);
}

/** A list that is not known may be empty. */
function inlineSubscriptions(reader: ResourceReader, property: string): SubscriptionFact[] {
  const isCertain = reader.list(property).value !== UNKNOWN;
  return reader.items(property).map((item) => subscriber(item, undefined, isCertain));
}

function subscriber(at: ResourceReader, topic: Reference | undefined, isCertain: boolean): SubscriptionFact {
  return {
    fact: "subscription",
    topic,
    isCertain,
    protocol: at.text("protocol").value,
    endpoint: at.text("endpoint"),
    filter: at.raw("filterPolicy").value,
    filterScope: at.text("filterPolicyScope").value,
    pendingConfirmation: at.flag("pendingConfirmation").value,
    redrivePolicy: declared(at.raw("redrivePolicy")),
    deadLetters: deadLetterTarget(at.raw("redrivePolicy")),
    role: at.text("subscriptionRoleArn"),
  };
}
