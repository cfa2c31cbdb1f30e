/**
 * The code of `FeedbackHandler`'s function: reads what Amazon SES says about mail that was sent, takes addresses that
 * can't be reached or that complained off the list, and passes everything on, normalised.
 *
 * One file without imports: it is packaged as it is, and the Lambda runtime ships the AWS SDK.
 *
 * - A message that can't be read fails, so that the queue moves it to the dead letters: nothing is lost.
 * - An address is suppressed only for reasons on the two lists below: nothing is suppressed by mistake.
 * - Every step may be repeated: suppressing twice is suppressing once, and the table is asked by `feedbackId`.
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

/** Calls to AWS. `has` and `store` are there where a table is, `publish` where a bus is. */
export interface Services {
  suppress?(address: string, reason: "BOUNCE" | "COMPLAINT"): Promise<void>;
  has?(feedbackId: string): Promise<boolean>;
  store?(feedback: Feedback): Promise<void>;
  publish?(feedback: Feedback): Promise<void>;
}

interface QueueRecord {
  messageId: string;
  body: string;
}
interface TopicRecord {
  Sns: { Message: string };
}
export interface LambdaEvent {
  Records: (QueueRecord | TopicRecord)[];
}
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

type Json = Record<string, unknown>;

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

/**
 * Suppresses, publishes, then remembers, in this order: a crash in between repeats a step, and never leaves one out.
 *
 * @returns false where it was done before
 */
export async function act(feedback: Feedback, services: Services): Promise<boolean> {
  if (await services.has?.(feedback.feedbackId)) return false;
  const { suppress } = services;
  const suppressed = suppress === undefined ? [] : feedback.suppressed;
  for (const address of suppressed) await suppress?.(address, feedback.type === "Complaint" ? "COMPLAINT" : "BOUNCE");
  const result = { ...feedback, suppressed };
  await services.publish?.(result);
  await services.store?.(result);
  return true;
}

/**
 * A Lambda function over these services. Called by a queue it reports the messages that failed, so that the others
 * are not repeated; called by a topic it throws, so that Lambda repeats the call.
 */
export function createHandler(
  services: Services,
  log: (line: Json) => void = (line) => console.log(JSON.stringify(line)),
): (event: LambdaEvent) => Promise<BatchResponse> {
  // Duplicates mostly come close together. What is forgotten is at worst done again.
  const done = new Set<string>();

  async function one(text: string): Promise<void> {
    const feedback = readFeedback(text);
    if (feedback === null || done.has(feedback.feedbackId)) return;
    const isNew = await act(feedback, services);
    if (done.size >= 10_000) done.clear();
    done.add(feedback.feedbackId);
    const { feedbackId, type, reason, detail, suppressed, recipients } = feedback;
    const counts = { recipients: recipients.length, suppressed: services.suppress ? suppressed.length : 0 };
    log({ feedbackId, type, reason, detail, ...counts, duplicate: !isNew });
  }

  return async (event) => {
    const batchItemFailures: BatchResponse["batchItemFailures"] = [];
    for (const record of event.Records) {
      const fromQueue = "body" in record;
      try {
        await one(fromQueue ? record.body : record.Sns.Message);
      } catch (error) {
        const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
        const unreadable = error instanceof UnreadableMessage;
        // Errors of services may quote addresses.
        log({ error: unreadable ? message : name, message: fromQueue ? record.messageId : null });
        if (!fromQueue) throw error;
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  };
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

/** What the SDK clients below have in common. */
interface Client {
  send(command: unknown): Promise<Json>;
}
type Sdk = Record<string, new (input: object) => Client>;

/**
 * The services that the environment asks for: `SUPPRESS` ("true"), `TABLE_NAME`, `EVENT_BUS_NAME`. Clients are loaded
 * on first use, so that a function loads no more of the SDK than it needs.
 *
 * @param load `require`
 */
export function awsServices(env: Record<string, string | undefined>, load: (module: string) => unknown): Services {
  const services: Services = {};
  const clients = new Map<string, Client>();
  const call = (module: string, clientName: string, command: string, input: object): Promise<Json> => {
    const sdk = load(module) as Sdk;
    const create = (name: string, argument: object) => new (sdk[name] as Sdk[string])(argument);
    let client = clients.get(module);
    if (client === undefined) {
      client = create(clientName, {});
      clients.set(module, client);
    }
    return client.send(create(command, input));
  };
  const dynamo = (command: string, input: object) =>
    call("@aws-sdk/client-dynamodb", "DynamoDBClient", command, { TableName: env.TABLE_NAME, ...input });

  if (env.SUPPRESS === "true") {
    services.suppress = async (EmailAddress, Reason) => {
      await call("@aws-sdk/client-sesv2", "SESv2Client", "PutSuppressedDestinationCommand", { EmailAddress, Reason });
    };
  }
  if (env.TABLE_NAME) {
    services.has = async (feedbackId) => {
      const Key = { feedbackId: { S: feedbackId } };
      const answer = await dynamo("GetItemCommand", { Key, ProjectionExpression: "feedbackId", ConsistentRead: true });
      return answer.Item !== undefined;
    };
    services.store = async (feedback) => {
      try {
        await dynamo("PutItemCommand", {
          Item: item(feedback),
          ConditionExpression: "attribute_not_exists(feedbackId)",
        });
      } catch (error) {
        // The same message, handled twice at the same time: it is stored.
        if ((error as Error).name !== "ConditionalCheckFailedException") throw error;
      }
    };
  }
  if (env.EVENT_BUS_NAME) {
    services.publish = async (feedback) => {
      const Entries = [
        {
          EventBusName: env.EVENT_BUS_NAME,
          Source: "ses-guard",
          DetailType: feedback.type,
          Detail: JSON.stringify(feedback),
        },
      ];
      const answer = await call("@aws-sdk/client-eventbridge", "EventBridgeClient", "PutEventsCommand", { Entries });
      // PutEvents succeeds as a call even where the event was refused.
      if (answer.FailedEntryCount) throw new Error("the event bus refused the event");
    };
  }
  return services;
}

/** In DynamoDB's attribute format; what is null is left out. */
function item(feedback: Feedback): Json {
  const attributes = Object.entries(feedback).filter(([, value]) => value !== null);
  return Object.fromEntries(attributes.map(([key, value]) => [key, attribute(value)]));
}

function attribute(value: string | boolean | string[]): Json {
  if (Array.isArray(value)) return { L: value.map(attribute) };
  return typeof value === "boolean" ? { BOOL: value } : { S: value };
}

let current: ((event: LambdaEvent) => Promise<BatchResponse>) | undefined;

/** Entry point of the function. */
export function handler(event: LambdaEvent): Promise<BatchResponse> {
  current ??= createHandler(awsServices(process.env, require));
  return current(event);
}
