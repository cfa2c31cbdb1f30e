import { isObject, type Json } from "../../policies/model/value";
import { tryParseObject } from "../io/json";

/** What a message in the queue says. */
export interface Notification {
  /** SES's id of the mail. */
  readonly messageId: string;
  /** `Bounce`, `Complaint`, `Delivery`, `Reject`, … */
  readonly type: string;
  /** `General`, `OnAccountSuppressionList`, … of a bounce. */
  readonly subType: string | undefined;
  readonly channel: "topic" | "event-destination";
  /** Undefined where it came by the bus. */
  readonly topic: string | undefined;
}

/**
 * Reads the body of a message in each of the shapes that SES has (F16): a notification of an identity or an event of a
 * set, in the envelope of SNS, or an event of the bus. Undefined for everything else.
 */
export function readNotification(body: string): Notification | undefined {
  const outer = tryParseObject(body);
  if (outer === undefined) return undefined;
  if (outer.source === "aws.ses" && isObject(outer.detail)) return fromFeedback(outer.detail, undefined);
  const { Message, TopicArn } = outer;
  const inner = typeof Message === "string" ? tryParseObject(Message) : undefined;
  return inner === undefined || typeof TopicArn !== "string" ? undefined : fromFeedback(inner, TopicArn);
}

function fromFeedback(feedback: Json, topic: string | undefined): Notification | undefined {
  const { mail, notificationType, eventType, bounce } = feedback;
  const type = textOf(notificationType) ?? textOf(eventType);
  const messageId = isObject(mail) ? textOf(mail.messageId) : undefined;
  if (type === undefined || messageId === undefined) return undefined;
  const channel = typeof notificationType === "string" ? "topic" : "event-destination";
  return { messageId, type, subType: isObject(bounce) ? textOf(bounce.bounceSubType) : undefined, channel, topic };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
