import { readNotification } from "../../../linter/proof/notification";

const TOPIC = "arn:aws:sns:us-east-1:111122223333:feedback";
const mail = { messageId: "m-1", source: "a@example.com" };
const wrapped = (message: unknown) =>
  JSON.stringify({ Type: "Notification", TopicArn: TOPIC, Message: JSON.stringify(message) });

test.each([
  [
    "a notification of an identity",
    wrapped({ notificationType: "Bounce", bounce: { bounceSubType: "General" }, mail }),
    { type: "Bounce", subType: "General", channel: "topic", topic: TOPIC },
  ],
  [
    "an event of a configuration set",
    wrapped({ eventType: "Complaint", complaint: {}, mail }),
    { type: "Complaint", subType: undefined, channel: "event-destination", topic: TOPIC },
  ],
  [
    "an event of the bus",
    JSON.stringify({ source: "aws.ses", "detail-type": "Email Delivered", detail: { eventType: "Delivery", mail } }),
    { type: "Delivery", subType: undefined, channel: "event-destination", topic: undefined },
  ],
])("%s", (_, body, expected) => {
  expect(readNotification(body)).toEqual({ messageId: "m-1", ...expected });
});

test.each([
  ["nothing", ""],
  ["no JSON", "Successfully validated SNS topic for Amazon SES event publishing."],
  ["that text in an envelope", JSON.stringify({ Type: "Notification", TopicArn: TOPIC, Message: "Successfully" })],
  ["no object", "[1]"],
  ["an envelope without a topic", JSON.stringify({ Message: JSON.stringify({ eventType: "Bounce", mail }) })],
  ["an event of another source", JSON.stringify({ source: "mine", detail: { eventType: "Bounce", mail } })],
  ["feedback without an id", wrapped({ notificationType: "Bounce", mail: {} })],
  ["an id that is no text", wrapped({ notificationType: "Bounce", mail: { messageId: 7 } })],
  ["feedback without a type", wrapped({ mail })],
])("%s is none", (_, body) => {
  expect(readNotification(body)).toBeUndefined();
});
