import { identitiesOf } from "../../../linter/report/identities";
import { DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import { type Form, heardTopic, listen, Stack, unknown } from "../../support/records";

const summaries = (stack: Stack, form: Form = "state") =>
  identitiesOf(evaluate([stack.records(form)], DEFAULT_CONFIG, "2026-11-23").context);

function handled(): Stack {
  const stack = new Stack();
  stack.domain("example.com");
  listen(stack, "example.com", heardTopic(stack));
  return stack;
}

describe("identities of the report", () => {
  test("channels, shadows and what is only read", () => {
    const stack = handled();
    stack.address("ceo@example.com");
    stack.domain("example.org", {}, { external: true });
    stack.identity("forwarded.example");
    stack.forwarding("forwarded.example", true);
    const topic = { channel: "topic", target: "arn:aws:sns:us-east-1:123456789012:feedback" };
    const identities = summaries(stack);
    expect(identities.map(({ identity }) => identity).sort()).toEqual([
      "ceo@example.com",
      "example.com",
      "forwarded.example",
    ]);
    const named = (name: string) => identities.find(({ identity }) => identity === name);
    expect(named("example.com")).toMatchObject({
      identity: "example.com",
      kind: "domain",
      account: "123456789012",
      region: "us-east-1",
      stack: "mail/prod",
      urn: "urn:pulumi:prod::mail::aws:ses/domainIdentity:DomainIdentity::example.com",
      bounce: [topic],
      complaint: [topic],
      delivery: [],
      inheritsFrom: null,
      shadows: null,
    });
    const forwarding = (declared: boolean) => [{ channel: "forwarding", target: null, declared }];
    expect(named("ceo@example.com")).toMatchObject({
      kind: "address",
      bounce: forwarding(false),
      delivery: [],
      shadows: "example.com",
    });
    expect(named("forwarded.example")).toMatchObject({
      bounce: forwarding(true),
      complaint: forwarding(true),
      shadows: null,
    });
  });

  test("an unknown target, account and Region are null", () => {
    const stack = new Stack("mail/prod", { region: null });
    stack.domain("example.com");
    stack.notify("example.com", "Bounce", unknown());
    expect(summaries(stack, "preview")).toMatchObject([
      { account: null, region: null, bounce: [{ channel: "topic", target: null }, { channel: "forwarding" }] },
    ]);
  });

  test("names have no control characters", () => {
    const control = "evil\u001b[2J\u202e\n.example";
    const stack = new Stack();
    stack.set("main");
    stack.destination("main", {
      enabled: true,
      matchingEventTypes: ["BOUNCE"],
      kinesisFirehoseDestination: { deliveryStreamArn: "arn:aws:firehose:us-east-1:123456789012:\u001b[0m" },
    });
    stack.identity(control, { configurationSetName: "main" });
    stack.address(`ceo@${control}`);
    const printed = summaries(stack).flatMap(({ identity, shadows, bounce }) => [
      identity,
      shadows ?? "",
      ...bounce.map(({ target }) => target ?? ""),
    ]);
    expect(printed).toHaveLength(7);
    expect(printed.filter((text) => /[\p{Cc}\u202e]/u.test(text))).toEqual([]);
  });
});
