import { unmonitoredEventBus } from "../../../policies/rules/unmonitored-event-bus";
import { ACCOUNT, json, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const BUS = `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`;
const FOR_SES = { source: ["aws.ses"] };
const FEEDBACK = { ...FOR_SES, "detail-type": ["Email Bounced", "Email Complaint Received"] };

function send(stack: Stack, more: Record<string, unknown> = {}, eventBusArn: unknown = BUS): void {
  stack.set("main");
  stack.destination(
    "main",
    { enabled: true, matchingEventTypes: ["BOUNCE", "COMPLAINT"], eventBridgeDestination: { eventBusArn }, ...more },
    {},
    { as: "events" },
  );
}

function rule(stack: Stack, pattern: unknown, more: Record<string, unknown> = {}, name = "rule") {
  return stack.add("aws:cloudwatch/eventRule:EventRule", name, { name, eventPattern: json(pattern), ...more });
}

/** aws-native has a Region of its own, whatever that of aws is. */
function native(stack: Stack, name: string, more: Record<string, unknown>): void {
  stack.add("aws-native:events:Rule", name, { region: "us-east-1", ...more });
}

function target(stack: Stack, of: unknown): void {
  stack.add("aws:cloudwatch/eventTarget:EventTarget", "target", { rule: of, arn: "arn:aws:sqs:us-east-1:1:inbox" });
}

const listening =
  (pattern: unknown, more: Record<string, unknown> = {}, destination: Record<string, unknown> = {}) =>
  (stack: Stack) => {
    send(stack, destination);
    target(stack, rule(stack, pattern, more).out("name"));
  };

function acrossAccounts(): Stack[] {
  const [mail, other] = [new Stack("mail/prod"), new Stack("mail/other", { account: "999999999999" })];
  listening({ ...FOR_SES, "detail-type": ["Email Opened"] })(mail);
  target(other, rule(other, FEEDBACK).out("name"));
  return [mail, other];
}

const nobody = (types: string) =>
  `violation @us-east-1: Event destination events (us-east-1) sends ${types} to EventBridge, where rules for SES exist, but no enabled one with a target lets them through.`;
const notKnown = (types: string) =>
  `unverified @us-east-1: Whether an EventBridge rule lets the ${types} of event destination events (us-east-1) through to a target is not known.`;
const BOTH = nobody("bounces and complaints");
const DOUBT = notKnown("bounces and complaints");

testRule(unmonitoredEventBus, {
  fails: [
    {
      name: "a rule for deliveries",
      given: listening({ ...FOR_SES, "detail-type": ["Email Delivered"] }),
      finds: [BOTH],
    },
    {
      name: "a misspelt detail type",
      given: listening({ ...FOR_SES, "detail-type": ["Email Bounce"] }),
      finds: [BOTH],
    },
    {
      name: "a rule for bounces only",
      given: listening({ ...FOR_SES, "detail-type": ["Email Bounced"] }),
      finds: [nobody("complaints")],
    },
    {
      name: "a rule for bounces only, which does not say the source",
      given: listening({ "detail-type": ["Email Bounced"] }),
      finds: [nobody("complaints")],
    },
    { name: "a rule that is switched off", given: listening(FEEDBACK, { state: "DISABLED" }), finds: [BOTH] },
    {
      name: "a rule that an older program switched off",
      given: listening(FEEDBACK, { isEnabled: false }),
      finds: [BOTH],
    },
    {
      name: "a rule without a target",
      given: (s) => {
        send(s);
        rule(s, FEEDBACK);
      },
      finds: [BOTH],
    },
    {
      name: "a native rule without a target",
      given: (s) => {
        send(s);
        native(s, "rule", { eventPattern: FEEDBACK, targets: [] });
      },
      finds: [BOTH],
    },
    {
      name: "a rule for everything but bounces and complaints",
      given: listening({ ...FOR_SES, "detail-type": [{ "anything-but": { prefix: "Email " } }] }),
      finds: [BOTH],
    },
    {
      name: "a rule that looks for another type inside",
      given: listening({ ...FOR_SES, detail: { eventType: ["Delivery"] } }),
      finds: [BOTH],
    },
    {
      name: "the right rule on a bus of its own",
      given: (s) => {
        listening({ ...FOR_SES, "detail-type": ["Email Opened"] })(s);
        const bus = s.add("aws:cloudwatch/eventBus:EventBus", "own", { name: "own" });
        s.add("aws:cloudwatch/eventRule:EventRule", "other", {
          eventBusName: bus.out("name"),
          eventPattern: JSON.stringify(FEEDBACK),
        });
      },
      finds: [BOTH],
    },
    {
      name: "the right rule in another Region",
      given: (s) => {
        listening({ ...FOR_SES, "detail-type": ["Email Opened"] })(s);
        native(s, "there", { eventPattern: FEEDBACK, targets: [{}], region: "eu-west-1" });
      },
      finds: [BOTH],
    },
    {
      name: "the right rule of another account",
      given: acrossAccounts(),
      forms: ["state"],
      finds: [BOTH],
    },
  ],
  passes: [
    { name: "no rule for SES in view", given: listening({ source: ["aws.ec2"] }) },
    { name: "no rule at all", given: (s) => send(s) },
    { name: "a rule for bounces and complaints", given: listening(FEEDBACK) },
    { name: "a rule for all of SES", given: listening(FOR_SES, { state: "ENABLED" }) },
    {
      name: "a rule by prefix",
      given: listening({ source: [{ prefix: "aws." }], "detail-type": [{ prefix: "Email" }] }),
    },
    { name: "a rule for all of the account", given: listening({ "detail-type": [{ exists: true }] }) },
    {
      name: "a rule by the type inside",
      given: listening({ $or: [{ detail: { eventType: ["Bounce"] } }, { detail: { eventType: ["Complaint"] } }] }),
    },
    {
      name: "a native rule with a target",
      given: (s) => {
        send(s);
        native(s, "rule", {
          eventPattern: FEEDBACK,
          targets: [{ arn: "arn:aws:sns:x", id: "1" }],
        });
      },
    },
    {
      name: "one rule for each",
      given: (s) => {
        listening({ ...FOR_SES, "detail-type": ["Email Bounced"] })(s);
        native(s, "complaints", {
          eventPattern: { ...FOR_SES, "detail-type": ["Email Complaint Received"] },
          eventBusName: BUS,
          targets: [{ arn: "arn:aws:sns:x", id: "1" }],
        });
      },
    },
    {
      name: "a destination for deliveries",
      given: listening({ ...FOR_SES, "detail-type": ["Email Opened"] }, {}, { matchingEventTypes: ["DELIVERY"] }),
    },
    {
      name: "a destination that is not enabled",
      given: listening({ ...FOR_SES, "detail-type": ["Email Opened"] }, {}, { enabled: false }),
    },
    {
      name: "a bus that is not the default one",
      given: (s) => {
        send(s, {}, `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/own`);
        rule(s, FEEDBACK);
      },
    },
    {
      name: "a destination to a topic",
      given: (s) => {
        send(s, { eventBridgeDestination: undefined, snsDestination: { topicArn: "arn:aws:sns:us-east-1:1:t" } });
        rule(s, FEEDBACK);
      },
    },
  ],
  unknown: [
    {
      name: "a pattern that is not known",
      given: (s) => {
        send(s);
        target(
          s,
          s.add("aws:cloudwatch/eventRule:EventRule", "rule", { name: "rule", eventPattern: unknown() }).out("name"),
        );
      },
      finds: [DOUBT],
    },
    { name: "a pattern that nobody can read", given: listening(["aws.ses"]), finds: [DOUBT] },
    { name: "a rule whose state is not known", given: listening(FEEDBACK, { state: unknown() }), finds: [DOUBT] },
    { name: "a rule whose bus is not known", given: listening(FEEDBACK, { eventBusName: unknown() }), finds: [DOUBT] },
    {
      name: "a target whose rule is not known",
      given: (s) => {
        send(s);
        rule(s, FEEDBACK);
        target(s, unknown());
      },
      finds: [DOUBT],
    },
    {
      name: "a pattern that lets some bounces through",
      given: (s) => {
        listening({ ...FOR_SES, detail: { bounce: { bounceType: ["Permanent"] } } })(s);
        native(s, "complaints", {
          eventPattern: { ...FOR_SES, "detail-type": ["Email Complaint Received"] },
          targets: [{ arn: "arn:aws:sns:x", id: "1" }],
        });
      },
      finds: [notKnown("bounces")],
    },
    {
      name: "a destination whose types are not known",
      given: listening({ ...FOR_SES, "detail-type": ["Email Opened"] }, {}, { matchingEventTypes: unknown() }),
      finds: [DOUBT],
    },
    {
      name: "the right rule in another stack, whose account is not known yet",
      given: acrossAccounts(),
      config: { accounts: {} },
      forms: ["preview", "pack"],
      finds: [DOUBT],
    },
  ],
});
