import { handlingOf } from "../../../policies/model/handling";
import { FORMS, heardTopic, Stack, unknown } from "../../support/records";
import { view } from "./view";

const SEND_TIME = [{ configurationSet: "bulk", identities: ["example.com"], reason: "the mail library names it" }];

/** A default set that listens, and one named at send time that may. */
function sets(listens: boolean): Stack {
  const stack = new Stack();
  const topic = heardTopic(stack);
  for (const name of ["main", "bulk"]) {
    stack.set(name);
    if (name === "bulk" && !listens) continue;
    const destination = { snsDestination: { topicArn: topic.arn }, enabled: true, matchingEventTypes: ["BOUNCE"] };
    stack.destination(name, destination, {}, { as: `to-topic-${name}` });
  }
  stack.identity("example.com", { configurationSetName: "main" });
  return stack;
}

describe.each(FORMS)("%s", (form) => {
  const handling = (stack: Stack, config = {}) => {
    const { flow, identity } = view(stack, form, config);
    return handlingOf(flow(identity("example.com")), "bounce", "when-declared");
  };

  test("the default set carries what nobody names another set for", () => {
    expect(handling(sets(false))).toEqual({ verdict: "handled" });
  });

  test("a set named at send time replaces the default one", () => {
    const config = { sendTimeConfigurationSets: SEND_TIME };
    expect(handling(sets(true), config)).toEqual({ verdict: "handled" });
    expect(handling(sets(false), config)).toEqual({
      verdict: "unhandled",
      reason: { kind: "send-time-set-silent", set: "bulk" },
    });
  });

  test("forwarding of an unknown identity may be this one's, and off it helps nobody", () => {
    const on = new Stack();
    on.domain("example.com");
    on.forwarding(unknown(), true);
    expect(handling(on)).toMatchObject({ verdict: "unknown", doubt: { reason: { kind: "forwarding-unknown" } } });
    const off = new Stack();
    off.domain("example.com");
    off.forwarding(unknown(), false);
    expect(handling(off)).toMatchObject({ verdict: "unhandled" });
  });
});
