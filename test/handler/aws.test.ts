import { createContext, runInContext } from "node:vm";
import { handlerSource } from "../../components/generated/handler";
import { RefusedCall, type Suppression } from "../../components/handler/act";
import { awsServices, type Environment, kindOf } from "../../components/handler/aws";
import type { LambdaContext, LambdaEvent } from "../../components/handler/batch";
import { bounce, envelope } from "./payloads";
import { CONTEXT, handle, JANE, queueEvent, REGION, stillClock } from "./support";

type Answer = (command: string, input: Record<string, unknown>) => unknown;

/** The SDK as the runtime ships it: classes by name, in modules by name. */
function sdk(answer: Answer = () => ({})) {
  const sent: [string, unknown][] = [];
  const loaded: string[] = [];
  const made: [string, Record<string, unknown>][] = [];
  const load = (module: string) => {
    loaded.push(module);
    return new Proxy(
      {},
      {
        get: (_, name: string) =>
          class {
            readonly name = name;
            constructor(readonly input: Record<string, unknown>) {
              if (name.endsWith("Client")) made.push([name, input]);
            }
            async send(command: { name: string; input: Record<string, unknown> }) {
              sent.push([command.name, command.input]);
              return answer(command.name, command.input);
            }
          },
      },
    );
  };
  const services = (env: Environment) => awsServices(env, load, stillClock());
  return { load, sent, loaded, made, services, commands: () => sent.map(([command]) => command) };
}

/** An error as the SDK throws it. */
const awsError = (name: string, extra: object = {}) => Object.assign(new Error(`about ${JANE}`), { name, ...extra });
const hard = bounce("Permanent", "NoEmail");
const id = expect.stringMatching(/^Bounce\/0100-bounce\/[0-9a-f]{32}$/);
const SUPPRESSION: Suppression = { address: JANE, reason: "BOUNCE", tenant: null, region: REGION };
const LATER = Number.POSITIVE_INFINITY;

test("nothing is asked for, nothing is loaded", async () => {
  const { services, loaded } = sdk();
  const none = services({ SUPPRESS: "false", TABLE_NAME: "", QUEUE_URL: "" });
  expect(none).toEqual({});
  expect(await handle(none, hard)).toEqual([]);
  expect(loaded).toEqual([]);
});

describe("suppression", () => {
  test("of the Region that the mail was sent in, without the SDK's own repetitions", async () => {
    const { services, sent, made } = sdk();
    expect(await handle(services({ SUPPRESS: "true" }), hard)).toEqual([]);
    expect(sent).toEqual([["PutSuppressedDestinationCommand", { EmailAddress: JANE, Reason: "BOUNCE" }]]);
    expect(made).toEqual([["SESv2Client", expect.objectContaining({ region: REGION, maxAttempts: 1 })]]);
  });

  test("one client for each Region", async () => {
    const { services, made } = sdk();
    const { suppress } = services({ SUPPRESS: "true" });
    for (const region of [REGION, "eu-west-1", REGION]) await suppress?.({ ...SUPPRESSION, region }, LATER);
    expect(made.map(([, { region }]) => region)).toEqual([REGION, "eu-west-1"]);
  });

  test("of a tenant", async () => {
    const { services, sent } = sdk();
    expect(await handle(services({ SUPPRESS: "true" }), bounce("Permanent", "NoEmail", { tenant: "acme" }))).toEqual(
      [],
    );
    const input = { EmailAddress: JANE, Reason: "BOUNCE", TenantName: "acme" };
    expect(sent).toEqual([["PutSuppressedDestinationCommand", input]]);
  });

  test.each(["BadRequestException", "NotFoundException"])(
    "of a tenant without a list of its own (%s): the account's",
    async (name) => {
      const { services, sent } = sdk((_, { TenantName }) => {
        if (TenantName !== undefined) throw awsError(name);
        return {};
      });
      await services({ SUPPRESS: "true" }).suppress?.({ ...SUPPRESSION, tenant: "acme" }, LATER);
      expect(sent.at(-1)).toEqual(["PutSuppressedDestinationCommand", { EmailAddress: JANE, Reason: "BOUNCE" }]);
    },
  );

  test("a tenant's list that can't be reached is not the account's", async () => {
    const { services, sent } = sdk(() => {
      throw awsError("AccessDeniedException");
    });
    const call = services({ SUPPRESS: "true" }).suppress?.({ ...SUPPRESSION, tenant: "acme" }, LATER);
    await expect(call).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });

  test("what SES refuses is not repeated, and its words do not get any further", async () => {
    const { services, sent } = sdk(() => {
      throw awsError("BadRequestException");
    });
    const call = services({ SUPPRESS: "true" }).suppress?.(SUPPRESSION, LATER);
    await expect(call).rejects.toThrow(new RefusedCall("BadRequestException"));
    expect(sent).toHaveLength(1);
  });

  test("what SES throttles is repeated", async () => {
    let left = 5;
    const { services, sent } = sdk(() => {
      if (left-- > 0) throw awsError("TooManyRequestsException");
      return {};
    });
    expect(await handle(services({ SUPPRESS: "true" }), hard)).toEqual([]);
    expect(sent).toHaveLength(6);
  });
});

describe("the table", () => {
  const feedback = {
    id: { S: id },
    type: { S: "Bounce" },
    reason: { S: "Permanent" },
    detail: { S: "NoEmail" },
    timestamp: { S: "2027-01-04T10:00:01.000Z" },
    messageId: { S: "010001700000-0000000" },
    source: { S: "sender@example.com" },
    recipients: { L: [{ S: JANE }] },
    suppressed: { L: [] },
    details: { S: JSON.stringify(JSON.parse(hard).bounce) },
    unresolved: { N: "0" },
  };
  const recipient = {
    id: { S: `recipient/${JANE}` },
    address: { S: JANE },
    suppressedFor: { S: "BOUNCE" },
    timestamp: { S: "2027-01-04T10:00:01.000Z" },
    cause: { S: id },
  };
  const names = { ExpressionAttributeNames: { "#key": "id" } };

  test("is asked first, lists the recipient and remembers", async () => {
    const { services, sent } = sdk();
    expect(await handle(services({ TABLE_NAME: "feedback" }), hard)).toEqual([]);
    expect(sent).toEqual([
      [
        "GetItemCommand",
        {
          TableName: "feedback",
          Key: { id: { S: id } },
          ProjectionExpression: "#key, unresolved",
          ConsistentRead: true,
          ...names,
        },
      ],
      [
        "PutItemCommand",
        {
          TableName: "feedback",
          Item: recipient,
          ConditionExpression: "attribute_not_exists(#key) OR suppressedFor <> :complaint",
          ExpressionAttributeValues: { ":complaint": { S: "COMPLAINT" } },
          ...names,
        },
      ],
      [
        "PutItemCommand",
        {
          TableName: "feedback",
          Item: feedback,
          ConditionExpression: "attribute_not_exists(#key) OR unresolved > :none",
          ExpressionAttributeValues: { ":none": { N: "0" } },
          ...names,
        },
      ],
    ]);
  });

  test("has the key of 0.1.0 where it is told so, and feedback expires, recipients do not", async () => {
    const { services, sent } = sdk();
    const env = { TABLE_NAME: "feedback", TABLE_KEY: "feedbackId", TABLE_TTL_DAYS: "30" };
    const text = bounce("Permanent", "NoEmail", { tenant: "acme", recipients: ["Jane@Recipient.example"] });
    expect(await handle(services(env), text)).toEqual([]);
    const items = sent.slice(1).map(([, input]) => (input as { Item: object }).Item);
    const expires = { N: String(Date.UTC(2027, 1, 3, 10) / 1000) };
    expect(items).toEqual([
      expect.objectContaining({
        feedbackId: { S: "recipient/acme/jane@recipient.example" },
        address: { S: "Jane@Recipient.example" },
        tenant: { S: "acme" },
      }),
      expect.objectContaining({ feedbackId: { S: id }, tenant: { S: "acme" }, expires }),
    ]);
    expect(items[0]).not.toHaveProperty("expires");
  });

  test.each([
    ["what it knows is done", {}, ["GetItemCommand"]],
    ["what it knows as done is done", { unresolved: { N: "0" } }, ["GetItemCommand"]],
    [
      "what it knows as unfinished is not",
      { unresolved: { N: "2" } },
      ["GetItemCommand", "PutSuppressedDestinationCommand", "PutItemCommand", "PutItemCommand"],
    ],
  ])("%s", async (_, Item, expected) => {
    const { services, commands } = sdk((command) => (command === "GetItemCommand" ? { Item } : {}));
    expect(await handle(services({ SUPPRESS: "true", TABLE_NAME: "feedback" }), hard)).toEqual([]);
    expect(commands()).toEqual(expected);
  });

  test("losing the race to store is no failure, any other error is", async () => {
    const failing = (name: string) =>
      sdk((command) => {
        if (command === "PutItemCommand") throw awsError(name);
        return {};
      }).services({ TABLE_NAME: "feedback" });
    expect(await handle(failing("ConditionalCheckFailedException"), hard)).toEqual([]);
    expect(await handle(failing("AccessDeniedException"), hard)).toEqual(["message-0"]);
    expect(await handle(failing("ProvisionedThroughputExceededException"), hard)).toEqual(["message-0"]);
  });

  test("feedback that is too large for it comes without its details, and says so", async () => {
    const message = JSON.parse(hard);
    message.bounce.note = "x".repeat(300_000);
    const { services, sent } = sdk();
    expect(await handle(services({ TABLE_NAME: "feedback" }), JSON.stringify(message))).toEqual([]);
    expect(sent.at(-1)?.[1]).toMatchObject({ Item: { details: { S: "{}" }, truncated: { BOOL: true } } });
  });
});

describe("the bus", () => {
  test("receives the event", async () => {
    const { services, sent } = sdk();
    expect(await handle(services({ EVENT_BUS_NAME: "mail" }), hard)).toEqual([]);
    const { Entries } = (sent[0]?.[1] ?? {}) as { Entries: { Detail: string }[] };
    const { Detail, ...entry } = Entries[0] ?? { Detail: "" };
    expect(entry).toEqual({ EventBusName: "mail", Source: "ses-guard", DetailType: "Bounce" });
    expect(JSON.parse(Detail)).toEqual({
      feedbackId: id,
      type: "Bounce",
      reason: "Permanent",
      detail: "NoEmail",
      timestamp: "2027-01-04T10:00:01.000Z",
      messageId: "010001700000-0000000",
      source: "sender@example.com",
      tenant: null,
      recipients: [JANE],
      suppressed: [],
      details: JSON.parse(hard).bounce,
      unresolved: 0,
    });
  });

  test("may refuse it", async () => {
    const { services } = sdk(() => ({ FailedEntryCount: 1 }));
    expect(await handle(services({ EVENT_BUS_NAME: "mail" }), hard)).toEqual(["message-0"]);
  });
});

describe("queues", () => {
  test("a dead letter carries the message as it came, and what is wrong with it", async () => {
    const { services, sent } = sdk();
    expect(await handle(services({ DEAD_LETTER_QUEUE_URL: "https://sqs/dead" }), "{")).toEqual([]);
    expect(sent).toEqual([
      [
        "SendMessageCommand",
        {
          QueueUrl: "https://sqs/dead",
          MessageBody: "{",
          MessageAttributes: { reason: { DataType: "String", StringValue: "unreadable: not JSON" } },
        },
      ],
    ]);
  });

  test("messages that failed are delayed, ten in a request", async () => {
    const { services, sent } = sdk((command) => {
      if (command === "PutSuppressedDestinationCommand") throw awsError("AccessDeniedException");
      return {};
    });
    const bodies = Array.from({ length: 12 }, (_, index) =>
      bounce("Permanent", "NoEmail", { feedbackId: String(index) }),
    );
    expect(await handle(services({ SUPPRESS: "true", QUEUE_URL: "https://sqs/queue" }), ...bodies)).toHaveLength(12);
    const requests = sent.filter(([command]) => command === "ChangeMessageVisibilityBatchCommand");
    expect(requests.map(([, input]) => (input as { Entries: unknown[] }).Entries.length)).toEqual([10, 2]);
    expect(requests[1]?.[1]).toEqual({
      QueueUrl: "https://sqs/queue",
      Entries: [
        { Id: "0", ReceiptHandle: "receipt-10", VisibilityTimeout: 60 },
        { Id: "1", ReceiptHandle: "receipt-11", VisibilityTimeout: 60 },
      ],
    });
  });
});

test.each<[string, unknown, string]>([
  ["TooManyRequestsException", awsError("TooManyRequestsException"), "throttled"],
  ["status 429", awsError("Odd", { $metadata: { httpStatusCode: 429 } }), "throttled"],
  ["the SDK's mark", awsError("Odd", { $retryable: { throttling: true } }), "throttled"],
  ["BadRequestException", awsError("BadRequestException", { $metadata: { httpStatusCode: 400 } }), "hopeless"],
  ["ValidationException", awsError("ValidationException"), "hopeless"],
  ["status 503", awsError("ServiceUnavailable", { $metadata: { httpStatusCode: 503 } }), "transient"],
  ["a lost connection", awsError("Error", { code: "ECONNRESET" }), "transient"],
  ["a name server that is down", awsError("Error", { code: "EAI_AGAIN" }), "transient"],
  ["a timeout", awsError("TimeoutError"), "transient"],
  ["a missing permission", awsError("AccessDeniedException", { $metadata: { httpStatusCode: 403 } }), "other"],
  ["a missing table", awsError("ResourceNotFoundException", { $metadata: { httpStatusCode: 400 } }), "other"],
  ["no error", "text", "other"],
])("%s", (_, error, kind) => {
  expect(kindOf(error)).toBe(kind);
});

test("the code that is deployed runs alone, with nothing but Node.js and the SDK", async () => {
  const { load, sent, loaded } = sdk();
  type Exports = { handler(event: LambdaEvent, context: LambdaContext): Promise<unknown> };
  const module: { exports: Partial<Exports> } = { exports: {} };
  const lines: string[] = [];
  const context = createContext({
    module,
    exports: module.exports,
    require: (name: string) => (name.startsWith("node:") ? require(name) : load(name)),
    process: { env: { SUPPRESS: "true", TOPIC_REGIONS: "eu-west-1, eu-north-1", UNPROCESSABLE: "dead-letter" } },
    console: { log: (line: string) => lines.push(line) },
    Buffer,
    setTimeout,
  });
  runInContext(handlerSource, context);
  const irish = envelope(hard, { TopicArn: "arn:aws:sns:eu-west-1:123456789012:mail" });
  const french = envelope(hard, { TopicArn: "arn:aws:sns:eu-west-3:123456789012:mail" });
  const answer = await module.exports.handler?.(queueEvent(french, irish, "{"), CONTEXT);
  expect(JSON.parse(JSON.stringify(answer))).toEqual({
    batchItemFailures: [{ itemIdentifier: "message-0" }, { itemIdentifier: "message-2" }],
  });
  expect(sent).toEqual([["PutSuppressedDestinationCommand", { EmailAddress: JANE, Reason: "BOUNCE" }]]);
  expect(loaded).toContain("@aws-sdk/client-sesv2");
  expect(JSON.parse(lines.at(-1) ?? "")).toEqual({
    messages: 3,
    handled: 1,
    suppressed: 1,
    notAdmitted: 1,
    unreadable: 1,
    failed: 2,
  });
});
