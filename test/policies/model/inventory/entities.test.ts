import { FORMS, heardTopic, json, Stack } from "../../../support/records";
import { view } from "../view";

describe.each(FORMS)("%s", (form) => {
  test("a policy in a resource of its own goes before the one inside the topic", () => {
    const stack = new Stack();
    const topic = stack.topic("feedback", { policy: json({ Version: "2012-10-17", Statement: [] }) });
    expect(view(stack, form).topic("feedback").policies).toMatchObject([{ property: "policy" }]);
    const { urn } = stack.topicPolicy(topic.arn, json({ Version: "2012-10-17", Statement: [] }));
    const { policies } = view(stack, form).topic("feedback");
    expect(policies.map(({ resource }) => resource.urn)).toEqual([urn]);
  });

  test("subscriptions belong to their topic, and lead to the queue", () => {
    const stack = new Stack();
    const topic = stack.topic("feedback");
    heardTopic(stack, "other");
    const queue = stack.queue();
    const { urn } = stack.subscribe(topic.arn, "sqs", queue.arn);
    const { subscriptions } = view(stack, form).topic("feedback");
    expect(subscriptions.map(({ resource }) => resource.urn)).toEqual([urn]);
    expect(subscriptions).toMatchObject([{ queue: { kind: "found", target: { name: "inbox" } } }]);
  });

  test("a topic's key is found by its alias", () => {
    const stack = new Stack();
    const key = stack.key();
    stack.add("aws:kms/alias:Alias", "alias", { name: "alias/mail", targetKeyId: key.id });
    stack.topic("feedback", { kmsMasterKeyId: "alias/mail" });
    const { key: link } = view(stack, form).topic("feedback");
    expect(link).toMatchObject({ kind: "found", target: { resource: { urn: key.urn } } });
  });
});
