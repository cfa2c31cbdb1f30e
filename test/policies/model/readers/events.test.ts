import { UNKNOWN } from "../../../../policies/model/value";
import { factOf } from "./read";

test.each(["aws:cloudwatch/eventBus:EventBus", "aws-native:events:EventBus"])("%s is a bus", (type) => {
  const arn = "arn:aws:events:us-east-1:111122223333:event-bus/mail";
  expect(factOf(type, { name: "mail" }, { arn })).toMatchObject({ fact: "bus", name: "mail", arn });
});

const PATTERN = '{"source":["aws.ses"]}';

test.each(["aws:cloudwatch/eventRule:EventRule", "aws-native:events:Rule"])("%s is a rule", (type) => {
  const inputs = { name: "feedback", eventPattern: PATTERN, eventBusName: "default" };
  expect(factOf(type, inputs)).toMatchObject({
    ...{ fact: "event-rule", name: "feedback", bus: "default", pattern: PATTERN, enabled: true, hasTarget: false },
  });
  expect(factOf(type, { state: "DISABLED" })).toMatchObject({ enabled: false, bus: undefined, pattern: undefined });
  expect(factOf(type, { state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" })).toMatchObject({ enabled: true });
  expect(factOf(type, { state: UNKNOWN, eventBusName: UNKNOWN })).toMatchObject({ enabled: UNKNOWN, bus: UNKNOWN });
});

test("older programs switch a rule off by a flag", () => {
  expect(factOf("aws:cloudwatch/eventRule:EventRule", { isEnabled: false })).toMatchObject({ enabled: false });
});

test.each([
  [[{ arn: "arn:aws:sqs:us-east-1:111122223333:inbox", id: "1" }], true],
  [[], false],
  [undefined, false],
  [UNKNOWN, UNKNOWN],
])("a native rule lists its targets: %p", (targets, hasTarget) => {
  expect(factOf("aws-native:events:Rule", { targets })).toMatchObject({ hasTarget });
});

test("a target names its rule", () => {
  const type = "aws:cloudwatch/eventTarget:EventTarget";
  expect(factOf(type, { rule: "feedback" })).toMatchObject({ fact: "event-target", rule: "feedback" });
  expect(factOf(type, {})).toMatchObject({ rule: UNKNOWN });
});
