/** The calls to AWS, with the SDK that the Lambda runtime ships; clients are loaded on first use. */
import { RefusedCall, type Services, type Suppression } from "./act";
import type { Json } from "./json";
import { type Clock, type ErrorKind, Pace } from "./pace";
import { item, withinBytes } from "./store";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the SDK's clients and commands have in common. */
interface Client {
  send(command: unknown): Promise<Json>;
}
type Sdk = Record<string, new (input: object) => Client>;

const THROTTLED = new Set([
  "TooManyRequestsException",
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestThrottled",
  "RequestThrottledException",
  "RequestLimitExceeded",
  "ProvisionedThroughputExceededException",
]);

/** Requests that the same service refuses however often it gets them. Permissions and missing resources can be mended. */
const HOPELESS = new Set([
  "BadRequestException",
  "ValidationException",
  "ValidationError",
  "SerializationException",
  "InvalidParameterValue",
  "InvalidMessageContents",
]);

/** What an error of the SDK means for a later attempt. */
export function kindOf(error: unknown): ErrorKind {
  if (!(error instanceof Error)) return "other";
  const { $metadata, $retryable, code }: SdkError = error;
  const status = $metadata?.httpStatusCode ?? 0;
  if (THROTTLED.has(error.name) || status === 429 || $retryable?.throttling) return "throttled";
  if (HOPELESS.has(error.name)) return "hopeless";
  const isLost = /^E[A-Z_]+$/.test(code ?? "") || /^(Timeout|Networking|Abort)Error$|^RequestTimeout/.test(error.name);
  return status >= 500 || $retryable !== undefined || isLost ? "transient" : "other";
}

interface SdkError extends Error {
  $metadata?: { httpStatusCode?: number };
  $retryable?: { throttling?: boolean };
  code?: string;
}

/**
 * The services that the environment asks for; `index.ts` says which variable asks for what.
 *
 * @param load `require`
 */
export function awsServices(env: Environment, load: (module: string) => unknown, clock: Clock): Services {
  const call = caller(load, clock);
  return {
    ...(env.SUPPRESS === "true" ? { suppress: suppressWith(call) } : {}),
    ...(env.TABLE_NAME ? tableServices(env.TABLE_NAME, env, call, clock) : {}),
    ...(env.EVENT_BUS_NAME ? { publish: publishTo(env.EVENT_BUS_NAME, call) } : {}),
    ...queueServices(env, call),
  };
}

interface Request {
  module: string;
  client: string;
  command: string;
  input: Json;
  /** Default: the function's. */
  region?: string;
}
type Call = (request: Request, deadline: number) => Promise<Json>;

/** One client and one pace for each service and Region. */
function caller(load: (module: string) => unknown, clock: Clock): Call {
  const clients = new Map<string, { client: Client; pace: Pace }>();
  const create = (module: string, name: string, input: object): Client => {
    const Class = (load(module) as Sdk)[name];
    if (Class === undefined) throw new Error(`${module} has no ${name}`);
    return new Class(input);
  };
  const clientFor = ({ module, client: name, region }: Request) => {
    const key = `${module} ${region ?? ""}`;
    const known = clients.get(key);
    if (known !== undefined) return known;
    const settings = {
      ...(region === undefined ? {} : { region }),
      // Repetition is the business of the pace, which knows how much time is left.
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
    };
    const made = { client: create(module, name, settings), pace: new Pace(clock, kindOf) };
    clients.set(key, made);
    return made;
  };
  return async (request, deadline) => {
    const { client, pace } = clientFor(request);
    try {
      return await pace.run(deadline, () => client.send(create(request.module, request.command, request.input)));
    } catch (error) {
      if (kindOf(error) !== "hopeless") throw error;
      throw new RefusedCall(error instanceof Error ? error.name : "Error");
    }
  };
}

function suppressWith(call: Call): Services["suppress"] {
  const put = ({ address, reason, region }: Suppression, tenant: Json, deadline: number) =>
    call(
      {
        module: "@aws-sdk/client-sesv2",
        client: "SESv2Client",
        command: "PutSuppressedDestinationCommand",
        input: { EmailAddress: address, Reason: reason, ...tenant },
        region,
      },
      deadline,
    );
  return async (suppression, deadline) => {
    if (suppression.tenant !== null) {
      try {
        await put(suppression, { TenantName: suppression.tenant }, deadline);
        return;
      } catch (error) {
        // A tenant that is gone, or without a list of its own, which then uses the account's (F19).
        const { name } = error instanceof Error ? error : { name: "" };
        if (!(error instanceof RefusedCall) && name !== "NotFoundException") throw error;
      }
    }
    await put(suppression, {}, deadline);
  };
}

function tableServices(TableName: string, env: Environment, call: Call, clock: Clock): Services {
  const key = env.TABLE_KEY || "id";
  const days = Number(env.TABLE_TTL_DAYS) || 0;
  const dynamo = (command: string, input: Json, deadline: number) => {
    const table = { module: "@aws-sdk/client-dynamodb", client: "DynamoDBClient" };
    return call({ ...table, command, input: { TableName, ...input } }, deadline);
  };
  /** Where the condition does not hold, somebody else stored it at the same time, or something that counts more. */
  const put = async (Item: Json, deadline: number, condition: Json) => {
    try {
      await dynamo("PutItemCommand", { Item, ...condition }, deadline);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "ConditionalCheckFailedException") throw error;
    }
  };
  return {
    async find(feedbackId, deadline) {
      const input = {
        Key: { [key]: { S: feedbackId } },
        ProjectionExpression: "#key, unresolved",
        ExpressionAttributeNames: { "#key": key },
        ConsistentRead: true,
      };
      const { Item } = await dynamo("GetItemCommand", input, deadline);
      if (Item === undefined) return null;
      const { unresolved } = Item as { unresolved?: { N?: string } };
      return Number(unresolved?.N ?? 0);
    },
    async store({ feedbackId, ...feedback }, deadline) {
      const expires = days > 0 ? { expires: Math.floor(clock.now() / 1000) + days * 86_400 } : {};
      await put(item({ [key]: feedbackId, ...withinBytes(feedback), ...expires }), deadline, {
        ConditionExpression: "attribute_not_exists(#key) OR unresolved > :none",
        ExpressionAttributeNames: { "#key": key },
        ExpressionAttributeValues: { ":none": { N: "0" } },
      });
    },
    async list({ address, reason, tenant }, { feedbackId, timestamp }, deadline) {
      const id = ["recipient", ...(tenant === null ? [] : [tenant]), address.toLowerCase()].join("/");
      // A later bounce does not make a complaint forgotten.
      const unlessComplaint = {
        ConditionExpression: "attribute_not_exists(#key) OR suppressedFor <> :complaint",
        ExpressionAttributeNames: { "#key": key },
        ExpressionAttributeValues: { ":complaint": { S: "COMPLAINT" } },
      };
      const entry = item({ [key]: id, address, suppressedFor: reason, tenant, timestamp, cause: feedbackId });
      await put(entry, deadline, reason === "COMPLAINT" ? {} : unlessComplaint);
    },
  };
}

function publishTo(EventBusName: string, call: Call): Services["publish"] {
  return async (feedback, deadline) => {
    const entry = { EventBusName, Source: "ses-guard", DetailType: feedback.type };
    const Entries = [{ ...entry, Detail: JSON.stringify(withinBytes(feedback)) }];
    const module = "@aws-sdk/client-eventbridge";
    const request = { module, client: "EventBridgeClient", command: "PutEventsCommand", input: { Entries } };
    const answer = await call(request, deadline);
    // PutEvents succeeds as a call even where the event was refused.
    if (answer.FailedEntryCount) throw new Error("the event bus refused the event");
  };
}

/** How many messages one request may name. Source: SQS API, ChangeMessageVisibilityBatch. */
const BATCH = 10;

function queueServices({ QUEUE_URL, DEAD_LETTER_QUEUE_URL }: Environment, call: Call): Services {
  const sqs = { module: "@aws-sdk/client-sqs", client: "SQSClient" };
  const services: Services = {};
  if (DEAD_LETTER_QUEUE_URL) {
    services.bury = async (MessageBody, why, deadline) => {
      const MessageAttributes = { reason: { DataType: "String", StringValue: why } };
      const input = { QueueUrl: DEAD_LETTER_QUEUE_URL, MessageBody, MessageAttributes };
      await call({ ...sqs, command: "SendMessageCommand", input }, deadline);
    };
  }
  if (QUEUE_URL) {
    services.delay = async (messages, deadline) => {
      for (let start = 0; start < messages.length; start += BATCH) {
        const Entries = messages.slice(start, start + BATCH).map(({ receiptHandle, seconds }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }));
        const input = { QueueUrl: QUEUE_URL, Entries };
        await call({ ...sqs, command: "ChangeMessageVisibilityBatchCommand", input }, deadline);
      }
    };
  }
  return services;
}
