import { UNKNOWN } from "../../../policies/model/value";
import { FORMS, heardTopic, listen, Stack, unknown } from "../../support/records";
import { view } from "./view";

const BOUNCES_TO = (topicArn: unknown, more: object = {}) => ({
  enabled: true,
  matchingEventTypes: ["BOUNCE"],
  snsDestination: { topicArn },
  ...more,
});

describe.each(FORMS)("%s", (form) => {
  const flowFor = (fill: (stack: Stack) => void) => {
    const stack = new Stack();
    fill(stack);
    const { flow, identity } = view(stack, form);
    return flow(identity("example.com"));
  };

  test("a bare identity forwards, and nobody said so", () => {
    const { channels, forwarding } = flowFor((s) => s.domain("example.com"));
    expect(channels).toEqual({ bounce: [], complaint: [], delivery: [] });
    expect(forwarding).toMatchObject({ on: true, declared: false });
  });

  test("feedback attributes without a value turn forwarding off", () => {
    const { forwarding } = flowFor((s) => {
      s.domain("example.com");
      s.forwarding("example.com");
    });
    expect(forwarding).toMatchObject({ on: false, declared: true });
  });

  test("notifications are channels of their own type", () => {
    const { channels } = flowFor((s) => {
      s.domain("example.com");
      listen(s, "example.com", heardTopic(s));
    });
    for (const type of ["bounce", "complaint"] as const) {
      expect(channels[type]).toMatchObject([
        { via: "topic", kind: "sns", isCertain: true, topic: { name: "feedback" } },
      ]);
    }
    expect(channels.delivery).toEqual([]);
  });

  test("the default set's destinations carry the types that match, where they are enabled", () => {
    const withDestination = (destination: object) =>
      flowFor((s) => {
        s.set("mail");
        s.identity("example.com", { configurationSetName: "mail" });
        s.destination("mail", destination);
      }).channels;
    const topic = "arn:aws:sns:us-east-1:111122223333:elsewhere";
    const carried = withDestination(BOUNCES_TO(topic));
    expect(carried.bounce).toMatchObject([{ via: "event-destination", kind: "sns", target: topic }]);
    expect(carried.complaint).toEqual([]);
    expect(withDestination(BOUNCES_TO(topic, { enabled: undefined })).bounce).toEqual([]);
    const counts = { enabled: true, matchingEventTypes: ["BOUNCE"], cloudWatchDestination: {} };
    expect(withDestination(counts).bounce.filter(({ kind }) => kind !== "cloudwatch")).toEqual([]);
  });

  test.each([
    ["snsDestination", "topicArn"],
    ["eventBridgeDestination", "eventBusArn"],
    ["kinesisFirehoseDestination", "deliveryStreamArn"],
  ])("%s: where it leads is the deployment's business exactly where the preview waits for it", (kind, property) => {
    for (const value of [unknown(), "[secret]"]) {
      const { channels } = flowFor((s) => {
        s.set("mail");
        s.identity("example.com", { configurationSetName: "mail" });
        s.destination("mail", { enabled: true, matchingEventTypes: ["BOUNCE"], [kind]: { [property]: value } });
      });
      const waits = form !== "state" && value !== "[secret]";
      expect(channels.bounce).toMatchObject([{ target: UNKNOWN, pending: waits }]);
    }
  });

  test("a topic that is not known is a channel whose target is not known", () => {
    const { channels } = flowFor((s) => {
      s.domain("example.com");
      s.notify("example.com", "Bounce", unknown());
    });
    expect(channels.bounce).toMatchObject([{ via: "topic", target: UNKNOWN }]);
  });
});
