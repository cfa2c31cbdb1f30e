/**
 * What Amazon SES says about mail that was sent, in its shapes (F16), as one: what happened, to whom, and which addresses
 * have to be suppressed. Nothing is done here.
 */

/** What an application receives, in the table and on the bus: the same for notifications and for events (F16). */
export interface Feedback {
  /** SES's own id for bounces and complaints; made up, but always the same, for everything else. */
  feedbackId: string;
  /** Bounce, Complaint, Delivery, or another event type of a configuration set. */
  type: string;
  /** `bounceType` or `complaintFeedbackType`. */
  reason: string | null;
  /** `bounceSubType` or `complaintSubType`. */
  detail: string | null;
  /** ISO 8601. */
  timestamp: string | null;
  messageId: string | null;
  source: string | null;
  recipients: string[];
  /** The recipients that are on the account's suppression list because of this. */
  suppressed: string[];
}

export type Json = Record<string, unknown>;

/**
 * Permanent bounces that prove an address useless. The other permanent subtypes say that SES did not even try
 * (OnAccountSuppressionList, OnTenantSuppressionList, EmailValidationSuppressed, UnsubscribedRecipient): what they
 * mean is on a list already, or is nothing that should stop all mail. Subtypes of the future are left alone as well.
 * Source: SES, "Amazon SNS notification contents", bounce types.
 */
const USELESS = new Set(["General", "NoEmail", "Suppressed"]);

/** Complaint subtypes that say that the recipient is on a suppression list already. */
const LISTED = new Set(["OnAccountSuppressionList", "OnTenantSuppressionList"]);

/** Types that name no recipient to act on; passed on as they come. Source: SES, "Event publishing", event types. */
const INFORMATIVE = new Set([
  "Delivery",
  "DeliveryDelay",
  "Send",
  "Reject",
  "Open",
  "Click",
  "Rendering Failure",
  "Subscription",
]);

/** SES writes this, not in JSON, to a topic that becomes an event destination. */
const TEST_TEXT = /^Successfully validated SNS topic for Amazon SES/;

/** A message that this code can't read. It names what is wrong, never the content: logs are no place for addresses. */
export class UnreadableMessage extends Error {}

/**
 * What one message says: feedback and the addresses to suppress, or null for the test messages that SES sends to a
 * topic which it has just been told about.
 *
 * @param text a notification or an event, alone (raw delivery) or inside an SNS envelope
 * @throws {UnreadableMessage}
 */
export function readFeedback(text: string): Feedback | null {
  const message = unwrap(text);
  if (message === null) return null;
  const type = typeOf(message);
  if (type === "AmazonSnsSubscriptionSucceeded") return null;

  const mail = isObject(message.mail) ? message.mail : {};
  const common = { type, messageId: textOrNull(mail.messageId), source: textOrNull(mail.source) };
  if (type === "Bounce") {
    const bounce = object(message, "bounce");
    const reason = required(bounce, "bounceType");
    if (!["Permanent", "Transient", "Undetermined"].includes(reason)) throw new UnreadableMessage("new bounceType");
    const detail = textOrNull(bounce.bounceSubType);
    const recipients = readRecipients(bounce, "bouncedRecipients");
    const isUseless = reason === "Permanent" && detail !== null && USELESS.has(detail);
    return {
      ...common,
      feedbackId: required(bounce, "feedbackId"),
      reason,
      detail,
      timestamp: textOrNull(bounce.timestamp),
      recipients: recipients.map(({ address }) => address),
      suppressed: isUseless ? recipients.flatMap(({ address, failed }) => (failed ? address : [])) : [],
    };
  }
  if (type === "Complaint") {
    const complaint = object(message, "complaint");
    const reason = textOrNull(complaint.complaintFeedbackType);
    const detail = textOrNull(complaint.complaintSubType);
    const recipients = readRecipients(complaint, "complainedRecipients").map(({ address }) => address);
    return {
      ...common,
      feedbackId: required(complaint, "feedbackId"),
      reason,
      detail,
      timestamp: textOrNull(complaint.timestamp),
      recipients,
      // Most providers hide the complainer, and SES then lists everyone it can have been: all of them, as SES advises.
      suppressed: reason === "not-spam" || (detail !== null && LISTED.has(detail)) ? [] : recipients,
    };
  }
  // Nobody can say what a type of the future asks for. Among the dead letters a person sees it, and nothing is lost.
  if (!INFORMATIVE.has(type)) throw new UnreadableMessage("a type of message that this version does not know");

  const details = message[type === "Rendering Failure" ? "failure" : type.charAt(0).toLowerCase() + type.slice(1)];
  const { timestamp = mail.timestamp, recipients = mail.destination } = isObject(details) ? (details as Json) : {};
  const list = Array.isArray(recipients) ? recipients.filter((recipient) => typeof recipient === "string") : [];
  return {
    ...common,
    feedbackId: [type, common.messageId, textOrNull(timestamp), digest(list.join())].join("/"),
    reason: null,
    detail: null,
    timestamp: textOrNull(timestamp),
    recipients: list,
    suppressed: [],
  };
}

/**
 * The type as the message declares it. Emulators of SES declare the documentation's words, "Bounce, Complaint, or
 * Delivery.": then it is the one whose details the message carries.
 */
function typeOf(message: Json): string {
  const declared = message.notificationType ?? message.eventType;
  if (typeof declared !== "string") throw new UnreadableMessage("neither notificationType nor eventType");
  const words = declared.split(/\W+/);
  const carried = ["Bounce", "Complaint", "Delivery"].filter((type) => isObject(message[type.toLowerCase()]));
  return carried.length === 1 && words.includes(carried[0] as string) ? (carried[0] as string) : declared;
}

function unwrap(text: string): Json | null {
  if (TEST_TEXT.test(text)) return null;
  const message = parse(text);
  // An SNS envelope; `Type` is written like this nowhere else. Emulators leave what is inside as an object.
  if (message.Type !== "Notification") return message;
  if (isObject(message.Message)) return message.Message;
  const inside = textOrNull(message.Message) ?? "";
  return TEST_TEXT.test(inside) ? null : parse(inside);
}

function parse(text: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableMessage("not JSON");
  }
  if (!isObject(value)) throw new UnreadableMessage("not an object");
  return value;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function object(parent: Json, key: string): Json {
  const value = parent[key];
  if (!isObject(value)) throw new UnreadableMessage(`no ${key}`);
  return value;
}

function required(parent: Json, key: string): string {
  const value = parent[key];
  if (typeof value !== "string" || value === "") throw new UnreadableMessage(`no ${key}`);
  return value;
}

/**
 * Plain addresses; receivers may report them with a display name. `failed` is false where the receiver says something
 * else of this recipient, such as "delayed" (RFC 3464, Action). One bad entry fails the message as a whole.
 */
function readRecipients(parent: Json, key: string): { address: string; failed: boolean }[] {
  const list = parent[key];
  if (!Array.isArray(list) || list.length === 0) throw new UnreadableMessage(`no ${key}`);
  return list.map((recipient) => {
    const { emailAddress, action = "failed" } = isObject(recipient) ? recipient : {};
    const text = textOrNull(emailAddress) ?? "";
    const address = (/^[^<>]*<([^<>]*)>$/.exec(text)?.[1] ?? text).trim();
    if (!/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address)) throw new UnreadableMessage(`no address in ${key}`);
    return { address, failed: action === "failed" };
  });
}

/** Tells recipients of one mail apart in an id of bounded length: FNV-1a, 32 bit. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16);
}
