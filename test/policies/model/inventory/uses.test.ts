import { FORMS, heardTopic, listen, Stack, unknown } from "../../../support/records";
import { view } from "../view";

describe.each(FORMS)("%s", (form) => {
  test("a topic knows what SES sends to it, and for whom", () => {
    const stack = new Stack();
    const topic = heardTopic(stack);
    heardTopic(stack, "unused");
    stack.domain("example.com");
    listen(stack, "example.com", topic);
    stack.set("mail");
    const snsDestination = { topicArn: topic.arn };
    stack.destination("mail", { enabled: true, matchingEventTypes: ["DELIVERY"], snsDestination });
    stack.destination("mail", { enabled: false, matchingEventTypes: ["COMPLAINT"], snsDestination }, {}, { as: "off" });
    const only = (name: string) => ({
      matchingEventTypes: ["BOUNCE"],
      snsDestination: { topicArn: stack.topic(name).arn },
    });
    stack.destination("mail", { enabled: false, ...only("parked") }, {}, { as: "parked" });
    stack.destination("mail", { enabled: unknown(), ...only("perhaps") }, {}, { as: "perhaps" });
    const { inventory, topic: topicNamed } = view(stack, form);
    const uses = topicNamed("feedback").uses.map(({ type, via, source }) => [type, via, source]);
    expect(uses.filter(([, via]) => via === "topic")).toEqual([
      ["bounce", "topic", "example.com"],
      ["complaint", "topic", "example.com"],
    ]);
    expect(uses.filter(([, via]) => via === "event-destination")).toEqual([["delivery", "event-destination", "mail"]]);
    expect(topicNamed("parked").uses).toEqual([]);
    expect(topicNamed("perhaps").uses.map(({ isCertain }) => isCertain)).toEqual([false]);
    expect(inventory.usedTopics.map(({ name }) => name)).toEqual(["feedback", "perhaps"]);
  });
});
