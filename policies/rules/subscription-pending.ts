import { carriedBy, type HeardType, hearingOf, isConfirmed } from "../model/hears";
import type { Topic } from "../model/inventory/types";
import { UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { aboutTopic, carries, inView, topicName } from "./shared/topics";

const ASK =
  "Open the link in the mail from SNS. Then let a source tell that can: pulumi refresh and the state for an aws.sns.TopicSubscription, ses-guard audit for one of aws-native. Or subscribe a queue or a function, which need no confirmation.";

export const subscriptionPending = createRule({
  id: "subscription-pending",
  level: "advisory",
  severity: "high",
  summary: "A topic whose subscribers had not confirmed at the last refresh.",
  why: "A mailbox or endpoint that never answered the confirmation receives nothing; after two days SNS deletes the request.",
  facts: ["F11"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Open the confirmation link (or subscribe a queue or function, which need none), then run pulumi refresh.",
  messages: {
    unconfirmed: (topic: Topic, types: readonly HeardType[]) =>
      `No subscriber of topic ${topicName(topic)}, which ${carries(topic, ...types)}, had confirmed when the state was last refreshed.`,
    othersFilter: (topic: Topic, types: readonly HeardType[]) =>
      `No confirmed subscriber of topic ${topicName(topic)}, which ${carries(topic, ...types)}, hears them; the one that would had not confirmed when the state was last refreshed.`,
    notKnown: (topic: Topic, types: readonly HeardType[]) =>
      `Whether a subscriber of topic ${topicName(topic)}, which ${carries(topic, ...types)}, has confirmed is not known.`,
    mailbox: (topic: Topic, types: readonly HeardType[]) =>
      `Topic ${topicName(topic)} ${carries(topic, ...types)}, and this source cannot tell whether its mailbox has confirmed the subscription: somebody has to open the link in the mail from SNS.`,
  },
  check({ inventory }, report, messages) {
    for (const topic of inView(inventory.usedTopics)) {
      const { certain, doubtful } = awaitedTypes(topic);
      if (certain.length > 0) {
        const anyConfirmed = topic.subscriptions.some((one) => isConfirmed(one) !== false);
        const message = anyConfirmed ? messages.othersFilter(topic, certain) : messages.unconfirmed(topic, certain);
        const isSure = topic.uses.some(({ type, isCertain }) => isCertain && certain.some((one) => one === type));
        if (isSure) report.violation(aboutTopic(topic), message, { absence: true });
        else report.unverified(aboutTopic(topic), message);
      }
      if (doubtful.length === 0) continue;
      const say = onlyMailboxesInDoubt(topic) ? messages.mailbox : messages.notKnown;
      report.unverified(aboutTopic(topic), say(topic, doubtful), { fix: ASK });
    }
  },
});

/** Types that only a pending subscriber would hear, and those of which that is not known. */
function awaitedTypes(topic: Topic): Record<"certain" | "doubtful", HeardType[]> {
  const answers = carriedBy(topic).map((carried) => ({
    type: carried.type,
    awaited: hearingOf(topic, carried)?.awaited,
  }));
  const typesOf = (answer: unknown) => [
    ...new Set(answers.filter(({ awaited }) => awaited === answer).map(({ type }) => type)),
  ];
  return { certain: typesOf(true), doubtful: typesOf(UNKNOWN) };
}

/** Whether nothing says of a mailbox that it has confirmed, rather than something that cannot be read. */
function onlyMailboxesInDoubt({ subscriptions, possibleSubscriptions }: Topic): boolean {
  const doubtful = subscriptions.filter((one) => isConfirmed(one) === UNKNOWN);
  const isUnsaid = doubtful.every((one) => one.pendingConfirmation === undefined && one.protocol !== UNKNOWN);
  return doubtful.length > 0 && isUnsaid && possibleSubscriptions.first === undefined;
}
