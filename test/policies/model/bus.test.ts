import { BusListeners, isDefaultBus } from "../../../policies/model/bus";
import { UNKNOWN } from "../../../policies/model/value";
import { ACCOUNT, FORMS, json, Stack, unknown } from "../../support/records";
import { view } from "./view";

const HOME = { region: "us-east-1", account: ACCOUNT };
const BUS = `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`;

test.each<[string, unknown]>([
  ["default", true],
  ["audit", false],
  [BUS, true],
  [BUS.replace("us-east-1", "eu-west-1"), false],
  [BUS.replace(ACCOUNT, "999999999999"), false],
  [BUS.replace("/default", "/audit"), false],
  [BUS.replace(ACCOUNT, ""), true],
  [BUS.replace("us-east-1", ""), true],
])("whether %s is the default bus of the set's account and Region: %p", (bus, expected) => {
  expect(isDefaultBus(bus, HOME)).toBe(expected);
});

test("an account that nobody told may be the bus's", () => {
  expect(isDefaultBus(BUS, { ...HOME, account: "?mail/prod" })).toBe(UNKNOWN);
});

const FEEDBACK = { source: ["aws.ses"], "detail-type": ["Email Bounced", "Email Complaint Received"] };

/** Who hears what rules of one stack let through, where its own identities are or elsewhere. */
function listeners(program: (stack: Stack) => unknown, form: (typeof FORMS)[number] = "state", at?: typeof HOME) {
  const stack = new Stack();
  stack.domain("example.com");
  program(stack);
  const { inventory, identity } = view(stack, form);
  const { region, account } = at ?? identity("example.com");
  const bus = new BusListeners(inventory.eventRules, region, account);
  const { concernSes } = bus;
  return { concernSes, bounce: bus.hear("bounce"), complaint: bus.hear("complaint"), delivery: bus.hear("delivery") };
}

function rule(stack: Stack, pattern: unknown, more: Record<string, unknown> = {}, name = "rule") {
  const made = stack.add("aws:cloudwatch/eventRule:EventRule", name, { name, eventPattern: json(pattern), ...more });
  stack.add("aws:cloudwatch/eventTarget:EventTarget", `${name}-target`, {
    rule: name,
    arn: "arn:aws:sqs:us-east-1:1:q",
  });
  return made;
}

/** A rule for feedback with a target that names a bus. */
function ruleOn(stack: Stack, more: Record<string, unknown>, targetBus?: unknown): void {
  const pattern = json(FEEDBACK);
  const made = stack.add("aws:cloudwatch/eventRule:EventRule", "r", { name: "r", eventPattern: pattern, ...more });
  const eventBusName = targetBus === undefined ? {} : { eventBusName: targetBus };
  const arn = "arn:aws:sqs:us-east-1:1:q";
  stack.add("aws:cloudwatch/eventTarget:EventTarget", "t", { rule: made.out("name"), arn, ...eventBusName });
}

const NONE = { concernSes: false, bounce: false, complaint: false, delivery: false };
describe.each(FORMS)("%s", (form) => {
  test.each<[string, (stack: Stack) => unknown, object]>([
    ["no rule", () => undefined, NONE],
    ["one for two types", (s) => rule(s, FEEDBACK), { ...NONE, concernSes: true, bounce: true, complaint: true }],
    [
      "one for every event of SES",
      (s) => rule(s, { source: ["aws.ses"] }),
      { concernSes: true, bounce: true, complaint: true, delivery: true },
    ],
    ["one that is off", (s) => rule(s, FEEDBACK, { state: "DISABLED" }), { ...NONE, concernSes: true }],
    [
      "one without a target",
      (s) => s.add("aws:cloudwatch/eventRule:EventRule", "r", { name: "r", eventPattern: json(FEEDBACK) }),
      {
        ...NONE,
        concernSes: true,
      },
    ],
    ["one whose target is another bus's", (s) => ruleOn(s, {}, "audit"), { ...NONE, concernSes: true }],
    ["a rule of another bus whose target is the default one's", (s) => ruleOn(s, { eventBusName: "audit" }), NONE],
    [
      "one whose target names the default bus",
      (s) => ruleOn(s, {}, "default"),
      { ...NONE, concernSes: true, bounce: true, complaint: true },
    ],
    [
      "one whose target names the default bus by its ARN",
      (s) => ruleOn(s, {}, BUS),
      { ...NONE, concernSes: true, bounce: true, complaint: true },
    ],
    ["one of another service", (s) => rule(s, { source: ["aws.ec2"] }), NONE],
    ["one on another bus", (s) => rule(s, FEEDBACK, { eventBusName: "audit" }), NONE],
    ["one of another Region", (s) => rule(s, FEEDBACK, { region: "eu-west-1" }), NONE],
    [
      "one whose pattern is not known",
      (s) => rule(s, undefined, { eventPattern: unknown() }),
      { concernSes: UNKNOWN, bounce: UNKNOWN, complaint: UNKNOWN, delivery: UNKNOWN },
    ],
    [
      "two that share the types",
      (s) => [
        rule(s, { ...FEEDBACK, "detail-type": ["Email Bounced"] }, {}, "a"),
        rule(s, { source: ["aws.ses"], detail: { eventType: ["Delivery"] } }, {}, "b"),
      ],
      { concernSes: true, bounce: true, complaint: false, delivery: true },
    ],
  ])("%s", (_, program, expected) => {
    expect(listeners(program, form)).toEqual(expected);
  });
});

test("rules of another account hear nothing", () => {
  expect(listeners((s) => rule(s, FEEDBACK), "state", { ...HOME, account: "999999999999" }).bounce).toBe(false);
});

test("a target whose bus nobody knows may be the rule's", () => {
  expect(listeners((s) => ruleOn(s, {}, unknown())).bounce).toBe(UNKNOWN);
});

test("a target that takes its bus from the rule is the rule's", () => {
  const hears = listeners((stack) => {
    const made = stack.add("aws:cloudwatch/eventRule:EventRule", "r", { name: "r", eventPattern: json(FEEDBACK) });
    stack.add("aws:cloudwatch/eventTarget:EventTarget", "t", {
      rule: made.out("name"),
      eventBusName: made.out("eventBusName"),
      arn: "arn:aws:sqs:us-east-1:1:q",
    });
  }, "preview");
  expect(hears.bounce).toBe(true);
});
