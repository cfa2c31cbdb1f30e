/**
 * What Amazon SES says about mail, in its three shapes (F16), as one: what happened, to whom, and who has to be
 * suppressed. Pure: nothing is done here, and nobody is trusted yet.
 */
import { type Json, object, objectOrNull, parse, required, strings, textOrNull, UnreadableMessage } from "./json";
import { boundedId, digest } from "./text";

/** What an application receives, in the table and on the bus: the same for every shape. */
export interface Feedback {
  /** Type and SES's own `feedbackId`, or type and `messageId`, each with a digest of the details. At most 2,048 bytes. */
  feedbackId: string;
  /** Bounce, Complaint, Delivery, another event type of a configuration set, or an event about the account (F20). */
  type: string;
  /** `bounceType`, `complaintFeedbackType`, `delayType` or the reason of a rejection. */
  reason: string | null;
  /** `bounceSubType` or `complaintSubType`. */
  detail: string | null;
  /** ISO 8601. */
  timestamp: string | null;
  messageId: string | null;
  source: string | null;
  /** Tag `ses:tenant-name` (F19). Notifications of identities carry no tags, events of configuration sets do. */
  tenant: string | null;
  recipients: string[];
  /** The recipients that are on a suppression list because of this. */
  suppressed: string[];
  /** What SES wrote about this type, as it wrote it: the link of a click, the topics of a subscription. */
  details: Json;
}

/** Where a message says that it comes from. */
export interface Origin {
  /** Null where a topic delivers raw, and for EventBridge. */
  topicArn: string | null;
  /** `account` and `region` of an EventBridge event. */
  account: string | null;
  region: string | null;
  /** Whose mail it is; null for events about the account itself. */
  sendingAccountId: string | null;
  /** Region of the identity that sent. */
  sendingRegion: string | null;
  isAboutMail: boolean;
}

export interface Message {
  feedback: Feedback;
  /** Who has to be suppressed; `feedback.suppressed` becomes those who were. */
  suppress: string[];
  /** How many recipients of a bounce or complaint are no addresses. */
  malformed: number;
  origin: Origin;
}

/** A message that says nothing about mail: what it is. */
export type Ignored = "test message" | "subscription confirmation";

/**
 * Permanent bounces that prove an address useless. The other permanent subtypes say that SES did not even try
 * (OnAccountSuppressionList, OnTenantSuppressionList, EmailValidationSuppressed, UnsubscribedRecipient): what they
 * mean is on a list already, or is nothing that should stop all mail. Subtypes of the future are left alone as well.
 * Source: SES, "Amazon SNS notification contents", bounce types.
 */
const USELESS = new Set(["General", "NoEmail", "Suppressed"]);

/** Complaint subtypes that say that the recipient is on a suppression list already. */
const LISTED = new Set(["OnAccountSuppressionList", "OnTenantSuppressionList"]);

/** Types without anybody to act on, and the key of their details. Source: SES, "Contents of event data", top level. */
const INFORMATIVE = new Map([
  ["Delivery", "delivery"],
  ["DeliveryDelay", "deliveryDelay"],
  ["Send", "send"],
  ["Reject", "reject"],
  ["Open", "open"],
  ["Click", "click"],
  ["Rendering Failure", "failure"],
  ["Subscription", "subscription"],
]);

/** Events about the account, which name no mail. Source: SES, "Monitoring SES events using EventBridge". */
const ACCOUNT_EVENTS = new Set([
  "Sending Status Enabled",
  "Sending Status Disabled",
  "Advisor Recommendation Status Open",
  "Advisor Recommendation Status Resolved",
]);

/** SES writes this, not in JSON, to a topic that becomes an event destination. */
const TEST_TEXT = /^Successfully validated SNS topic for Amazon SES/;

/** Source: SES API v2, CreateTenant. */
const TENANT_NAME = /^[\w-]{1,64}$/;

/**
 * What one message says.
 *
 * @param text a notification, an event or an EventBridge event, alone (raw delivery) or inside an SNS envelope
 * @throws {UnreadableMessage}
 */
export function readMessage(text: string): Message | Ignored {
  const opened = open(text);
  if (typeof opened === "string") return opened;
  const { topicArn, message } = opened;
  // EventBridge puts the same event into `detail`.
  if (message.source !== "aws.ses" || typeof message["detail-type"] !== "string") {
    return readEvent(message, { topicArn, account: null, region: null });
  }
  const envelope = { topicArn, account: required(message, "account"), region: required(message, "region") };
  const detail = object(message, "detail");
  return ACCOUNT_EVENTS.has(message["detail-type"])
    ? readAccountEvent(message["detail-type"], message, envelope)
    : readEvent(detail, envelope);
}

/** Takes the SNS envelope off; `Type` is written like this nowhere else. */
function open(text: string): { topicArn: string | null; message: Json } | Ignored {
  if (TEST_TEXT.test(text)) return "test message";
  const message = parse(text);
  if (message.Type === "SubscriptionConfirmation" || message.Type === "UnsubscribeConfirmation") {
    return "subscription confirmation";
  }
  if (message.Type !== "Notification") return { topicArn: null, message };
  const topicArn = required(message, "TopicArn");
  // Emulators leave what is inside as an object.
  const object = objectOrNull(message.Message);
  if (object !== null) return { topicArn, message: object };
  const inside = textOrNull(message.Message) ?? "";
  return TEST_TEXT.test(inside) ? "test message" : { topicArn, message: parse(inside) };
}

type Envelope = Pick<Origin, "topicArn" | "account" | "region">;

function readEvent(message: Json, envelope: Envelope): Message | Ignored {
  const type = typeOf(message);
  if (type === "AmazonSnsSubscriptionSucceeded") return "test message";
  const mail = objectOrNull(message.mail) ?? {};
  const origin: Origin = {
    ...envelope,
    sendingAccountId: textOrNull(mail.sendingAccountId),
    sendingRegion: textOrNull(mail.sourceArn)?.split(":")[3] || null,
    isAboutMail: true,
  };
  const common = {
    messageId: textOrNull(mail.messageId),
    source: textOrNull(mail.source),
    tenant: tenantOf(mail),
    suppressed: [],
  };
  if (type === "Bounce") return { ...readBounce(object(message, "bounce"), common), origin };
  if (type === "Complaint") return { ...readComplaint(object(message, "complaint"), common), origin };
  const key = INFORMATIVE.get(type);
  // Nobody can say what a type of the future asks for. Among the dead letters a person sees it, and nothing is lost.
  if (key === undefined) throw new UnreadableMessage("a type of message that this version does not know");
  const details = objectOrNull(message[key]) ?? {};
  return { feedback: informative(type, details, mail, common), suppress: [], malformed: 0, origin };
}

/**
 * The type as the message declares it. Emulators of SES declare the documentation's words, "Bounce, Complaint, or
 * Delivery.": then it is the one whose details the message carries.
 */
function typeOf(message: Json): string {
  const declared = message.notificationType ?? message.eventType;
  if (typeof declared !== "string") throw new UnreadableMessage("neither notificationType nor eventType");
  const carried = ["Bounce", "Complaint", "Delivery"].filter((type) => objectOrNull(message[type.toLowerCase()]));
  const [only, ...others] = carried;
  return only !== undefined && others.length === 0 && declared.split(/\W+/).includes(only) ? only : declared;
}

function tenantOf(mail: Json): string | null {
  const tag = objectOrNull(mail.tags)?.["ses:tenant-name"];
  if (tag === undefined || (Array.isArray(tag) && tag.length === 0)) return null;
  const [name, ...others] = strings(tag);
  // Whose list it is can't be guessed.
  if (name === undefined || others.length > 0 || !TENANT_NAME.test(name)) throw new UnreadableMessage("no tenant name");
  return name;
}

type Common = Pick<Feedback, "messageId" | "source" | "tenant" | "suppressed">;
type Action = Pick<Message, "feedback" | "suppress" | "malformed">;

function readBounce(bounce: Json, common: Common): Action {
  const reason = required(bounce, "bounceType");
  if (!["Permanent", "Transient", "Undetermined"].includes(reason)) throw new UnreadableMessage("new bounceType");
  const detail = textOrNull(bounce.bounceSubType);
  const { recipients, failed, malformed } = readRecipients(bounce, "bouncedRecipients");
  const isUseless = reason === "Permanent" && detail !== null && USELESS.has(detail);
  return {
    feedback: identified("Bounce", bounce, { ...common, reason, detail, recipients }),
    suppress: isUseless ? failed : [],
    malformed,
  };
}

function readComplaint(complaint: Json, common: Common): Action {
  const reason = textOrNull(complaint.complaintFeedbackType);
  const detail = textOrNull(complaint.complaintSubType);
  const { recipients, malformed } = readRecipients(complaint, "complainedRecipients");
  const isHarmless = reason?.trim().toLowerCase() === "not-spam" || (detail !== null && LISTED.has(detail));
  return {
    feedback: identified("Complaint", complaint, { ...common, reason, detail, recipients }),
    // Most providers hide the complainer, and SES then lists everyone it can have been: all of them, as SES advises.
    suppress: isHarmless ? [] : recipients,
    malformed,
  };
}

/**
 * Feedback with an id of SES's own. A bounce and a complaint may share it, and so may two bounces of different
 * recipients: type and what counts belong to the id. What only some channels carry (headers, `remoteMtaIp`) does not.
 */
function identified(
  type: string,
  details: Json,
  rest: Common & Pick<Feedback, "reason" | "detail" | "recipients">,
): Feedback {
  const own = required(details, "feedbackId");
  const content = digest({ reason: rest.reason, detail: rest.detail, recipients: [...rest.recipients].sort() });
  return {
    ...rest,
    feedbackId: boundedId(`${type}/${own}/${content}`),
    type,
    timestamp: textOrNull(details.timestamp),
    details,
  };
}

function informative(type: string, details: Json, mail: Json, common: Common): Feedback {
  const delayed = Array.isArray(details.delayedRecipients) ? details.delayedRecipients : null;
  const recipients =
    delayed?.map((recipient) => objectOrNull(recipient)?.emailAddress) ?? details.recipients ?? mail.destination;
  return {
    ...common,
    feedbackId: boundedId(`${type}/${common.messageId ?? ""}/${digest({ details, mail: mail.timestamp })}`),
    type,
    reason: textOrNull(details.delayType) ?? textOrNull(details.reason),
    detail: null,
    timestamp: textOrNull(details.timestamp) ?? textOrNull(mail.timestamp),
    recipients: strings(recipients),
    details,
  };
}

function readAccountEvent(type: string, message: Json, envelope: Envelope): Message {
  const details = object(message, "detail");
  const feedback: Feedback = {
    feedbackId: boundedId(`${type}/${digest({ details, time: message.time, id: message.id })}`),
    type,
    reason: null,
    detail: null,
    timestamp: textOrNull(message.time),
    messageId: null,
    source: null,
    tenant: null,
    recipients: [],
    suppressed: [],
    details,
  };
  const origin = { ...envelope, sendingAccountId: null, sendingRegion: null, isAboutMail: false };
  return { feedback, suppress: [], malformed: 0, origin };
}

/**
 * Plain addresses, each once; receivers may report them with a display name. `failed` leaves out those of whom the
 * receiver says something else, such as "delayed" (RFC 3464, Action).
 */
function readRecipients(parent: Json, key: string): { recipients: string[]; failed: string[]; malformed: number } {
  const list = Array.isArray(parent[key]) ? parent[key].map((entry) => objectOrNull(entry) ?? {}) : [];
  const entries = list.map(({ emailAddress, action = "failed" }) => ({ address: addressOf(emailAddress), action }));
  const readable = entries.flatMap(({ address, action }) => (address === null ? [] : { address, action }));
  if (readable.length === 0) throw new UnreadableMessage(`no address in ${key}`);
  const unique = (some: { address: string }[]) => [...new Set(some.map(({ address }) => address))];
  return {
    recipients: unique(readable),
    failed: unique(readable.filter(({ action }) => textOrNull(action)?.toLowerCase() === "failed")),
    malformed: entries.length - readable.length,
  };
}

/** At most 320 characters: 64 before the @ and 255 after it (RFC 3696, section 3). */
function addressOf(value: unknown): string | null {
  const text = textOrNull(value) ?? "";
  const address = (/^[^<>]*<([^<>]*)>$/.exec(text)?.[1] ?? text).trim();
  return address.length <= 320 && /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address) ? address : null;
}
