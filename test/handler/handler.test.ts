import { createContext, runInContext } from "node:vm";
import fc from "fast-check";
import { handlerSource } from "../../components/generated/handler";
import { createHandler, type LambdaEvent, type Services } from "../../components/handler/act";
import { awsServices } from "../../components/handler/aws";
import { type Feedback, readFeedback } from "../../components/handler/read";
import { bounce, complaint, delivery, envelope, event, outOfOffice, type Variant } from "./payloads";

/** Everything that the handler asked for, in order. */
function recorder(failing: Partial<Record<keyof Services, (argument: unknown) => void>> = {}) {
  const calls: unknown[][] = [];
  const stored = new Set<string>();
  const services: Required<Services> = {
    suppress: async (...args) => {
      failing.suppress?.(args[0]);
      calls.push(["suppress", ...args]);
    },
    has: async (feedbackId) => stored.has(feedbackId),
    store: async (feedback) => {
      failing.store?.(feedback);
      stored.add(feedback.feedbackId);
      calls.push(["store", feedback]);
    },
    publish: async (feedback) => {
      failing.publish?.(feedback);
      calls.push(["publish", feedback]);
    },
  };
  const suppressed = () => calls.filter(([call]) => call === "suppress").map(([, ...args]) => args);
  return { calls, services, suppressed };
}

function queueEvent(...bodies: string[]): LambdaEvent {
  return { Records: bodies.map((body, index) => ({ messageId: `message-${index}`, body })) };
}

const silent = () => {};

async function handle(services: Services, ...bodies: string[]): Promise<string[]> {
  const { batchItemFailures } = await createHandler(services, silent)(queueEvent(...bodies));
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const JANE = "jane@recipient.example";
const SHAPES: Variant["shape"][] = ["notificationType", "eventType"];

describe("bounces", () => {
  const table: [string, string, boolean][] = [
    ["Permanent", "General", true],
    ["Permanent", "NoEmail", true],
    ["Permanent", "Suppressed", true],
    ["Permanent", "OnAccountSuppressionList", false],
    ["Permanent", "OnTenantSuppressionList", false],
    ["Permanent", "EmailValidationSuppressed", false],
    ["Permanent", "UnsubscribedRecipient", false],
    ["Permanent", "SubtypeOfTheFuture", false],
    ["Transient", "General", false],
    ["Transient", "MailboxFull", false],
    ["Transient", "MessageTooLarge", false],
    ["Transient", "CustomTimeoutExceeded", false],
    ["Transient", "ContentRejected", false],
    ["Transient", "AttachmentRejected", false],
    ["Undetermined", "Undetermined", false],
  ];
  test.each(table)("%s/%s: suppressed %s, in both shapes, raw and enveloped", async (type, subType, suppressed) => {
    for (const shape of SHAPES) {
      for (const wrap of [(text: string) => text, envelope]) {
        const { services, calls } = recorder();
        expect(await handle(services, wrap(bounce(type, subType, { shape })))).toEqual([]);
        const feedback: Feedback = {
          feedbackId: "0100-bounce",
          type: "Bounce",
          reason: type,
          detail: subType,
          timestamp: "2027-01-04T10:00:01.000Z",
          messageId: "010001700000-0000000",
          source: "sender@example.com",
          recipients: [JANE],
          suppressed: suppressed ? [JANE] : [],
        };
        expect(calls).toEqual([
          ...(suppressed ? [["suppress", JANE, "BOUNCE"]] : []),
          ["publish", feedback],
          ["store", feedback],
        ]);
      }
    }
  });

  test("an automatic reply is recorded and nothing else", async () => {
    const { services, suppressed, calls } = recorder();
    expect(await handle(services, envelope(outOfOffice))).toEqual([]);
    expect(suppressed()).toEqual([]);
    expect(calls.map(([call]) => call)).toEqual(["publish", "store"]);
  });

  test("every bounced recipient, with or without a display name", async () => {
    const { services, suppressed } = recorder();
    const recipients = [JANE, '"Doe, John" <john@recipient.example>'];
    expect(await handle(services, bounce("Permanent", "NoEmail", { recipients }))).toEqual([]);
    expect(suppressed()).toEqual([
      [JANE, "BOUNCE"],
      ["john@recipient.example", "BOUNCE"],
    ]);
  });
});

test("a recipient whose mail is only delayed is left alone", async () => {
  const message = JSON.parse(bounce("Permanent", "General", { recipients: [JANE, "john@recipient.example"] }));
  Object.assign(message.bounce.bouncedRecipients[1], { action: "delayed", status: "4.0.0" });
  const { services, suppressed, calls } = recorder();
  expect(await handle(services, JSON.stringify(message))).toEqual([]);
  expect(suppressed()).toEqual([[JANE, "BOUNCE"]]);
  expect(calls.at(-1)).toEqual([
    "store",
    expect.objectContaining({ recipients: [JANE, "john@recipient.example"], suppressed: [JANE] }),
  ]);
});

describe("complaints", () => {
  const table: [string | undefined, string | null, boolean][] = [
    ["abuse", null, true],
    ["auth-failure", null, true],
    ["fraud", null, true],
    ["other", null, true],
    ["virus", null, true],
    [undefined, null, true],
    ["not-spam", null, false],
    ["abuse", "OnAccountSuppressionList", false],
    ["abuse", "OnTenantSuppressionList", false],
    [undefined, "OnAccountSuppressionList", false],
  ];
  test.each(table)("%s/%s: suppressed %s, in both shapes", async (type, subType, expected) => {
    for (const shape of SHAPES) {
      const { services, suppressed, calls } = recorder();
      expect(await handle(services, envelope(complaint(type, subType, { shape })))).toEqual([]);
      expect(suppressed()).toEqual(expected ? [[JANE, "COMPLAINT"]] : []);
      expect(calls.at(-1)).toEqual([
        "store",
        expect.objectContaining({
          type: "Complaint",
          reason: type ?? null,
          detail: subType,
          suppressed: expected ? [JANE] : [],
        }),
      ]);
    }
  });
});

describe("everything else", () => {
  test.each(["notificationType", "eventType"] as const)("a delivery (%s) is passed on", async (shape) => {
    const { services, calls } = recorder();
    expect(await handle(services, envelope(delivery(shape)))).toEqual([]);
    expect(calls[0]).toEqual([
      "publish",
      expect.objectContaining({ type: "Delivery", recipients: [JANE], suppressed: [] }),
    ]);
    expect(calls).toHaveLength(2);
  });

  test.each([
    ["Send", "send"],
    ["Reject", "reject"],
    ["Open", "open"],
    ["Click", "click"],
    ["Rendering Failure", "failure"],
    ["DeliveryDelay", "deliveryDelay"],
    ["Subscription", "subscription"],
  ])("an event of type %s is passed on", async (type, key) => {
    const { services, calls, suppressed } = recorder();
    expect(await handle(services, event(type, key, { timestamp: "2027-01-05T00:00:00Z" }))).toEqual([]);
    expect(calls[0]).toEqual([
      "publish",
      expect.objectContaining({ type, timestamp: "2027-01-05T00:00:00Z", recipients: [JANE] }),
    ]);
    expect(suppressed()).toEqual([]);
  });

  test.each([
    "Successfully validated SNS topic for Amazon SES event publishing.",
    JSON.stringify({
      notificationType: "AmazonSnsSubscriptionSucceeded",
      message: "You have successfully subscribed your Amazon SNS topic to receive 'Bounce' notifications.",
    }),
  ])("the test message of SES is no error: %s", async (text) => {
    const { services, calls } = recorder();
    expect(await handle(services, text, envelope(text))).toEqual([]);
    expect(calls).toEqual([]);
  });

  test("a type of the future is left to the dead letters", async () => {
    const { services, calls } = recorder();
    expect(await handle(services, event("Teleport", "teleport"))).toEqual(["message-0"]);
    expect(calls).toEqual([]);
  });

  test("a new type that resembles a known one is not that one", async () => {
    const message = bounce("Permanent", "NoEmail").replace('"Bounce"', '"BounceWithdrawn"');
    const { services, calls } = recorder();
    expect(await handle(services, message)).toEqual(["message-0"]);
    expect(calls).toEqual([]);
  });

  test("the documentation's words for the type, as emulators send them, mean what the message carries", async () => {
    const words = '"Bounce, Complaint, or Delivery."';
    const { services, suppressed } = recorder();
    const bodies = [
      bounce("Permanent", "NoEmail").replace('"Bounce"', words),
      complaint("abuse", null, { recipients: ["john@recipient.example"] }).replace('"Complaint"', words),
    ];
    expect(await handle(services, ...bodies)).toEqual([]);
    expect(suppressed()).toEqual([
      [JANE, "BOUNCE"],
      ["john@recipient.example", "COMPLAINT"],
    ]);
  });

  test("fields of the future are ignored", async () => {
    const message = JSON.parse(bounce("Permanent", "NoEmail"));
    Object.assign(message, { future: { deep: [1] } });
    Object.assign(message.bounce, { future: true });
    const { services, suppressed } = recorder();
    expect(await handle(services, envelope(JSON.stringify(message), { Future: 1 }))).toEqual([]);
    expect(suppressed()).toEqual([[JANE, "BOUNCE"]]);
  });
});

describe("duplicates", () => {
  test("the same feedback twice is handled once, in one batch or in two processes", async () => {
    const { services, calls } = recorder();
    const message = bounce("Permanent", "NoEmail");
    expect(await handle(services, message, envelope(message))).toEqual([]);
    expect(await handle(services, message)).toEqual([]);
    expect(calls.map(([call]) => call)).toEqual(["suppress", "publish", "store"]);
  });

  test("a delivery and a later complaint about one mail are two things", async () => {
    const { services, suppressed, calls } = recorder();
    expect(await handle(services, delivery("notificationType"), complaint("abuse", null))).toEqual([]);
    expect(suppressed()).toEqual([[JANE, "COMPLAINT"]]);
    expect(calls.filter(([call]) => call === "store")).toHaveLength(2);
  });

  test("deliveries of one mail to several recipients are several things", async () => {
    const { services, calls } = recorder();
    await handle(services, delivery("eventType", ["a@x.example"]), delivery("eventType", ["b@x.example"]));
    expect(calls.filter(([call]) => call === "store")).toHaveLength(2);
  });
});

describe("failures", () => {
  test("one message that fails does not fail the others", async () => {
    const { services, suppressed } = recorder();
    const bodies = [
      bounce("Permanent", "NoEmail", { feedbackId: "1" }),
      "{",
      bounce("Permanent", "NoEmail", { feedbackId: "2" }),
    ];
    expect(await handle(services, ...bodies)).toEqual(["message-1"]);
    expect(suppressed()).toHaveLength(2);
  });

  test.each(["suppress", "publish", "store"] as const)(
    "a message is repeated from the start when %s fails",
    async (step) => {
      let broken = true;
      const fail = () => {
        if (broken) throw new Error("throttled");
      };
      const { services, calls } = recorder({ [step]: fail });
      const run = createHandler(services, silent);
      const message = queueEvent(bounce("Permanent", "NoEmail"));
      expect((await run(message)).batchItemFailures).toEqual([{ itemIdentifier: "message-0" }]);
      broken = false;
      expect((await run(message)).batchItemFailures).toEqual([]);
      expect(calls.map(([call]) => call).slice(-3)).toEqual(["suppress", "publish", "store"]);
    },
  );

  test("called by a topic it throws, so that Lambda repeats the call", async () => {
    const { services, suppressed } = recorder();
    const run = createHandler(services, silent);
    await run({ Records: [{ Sns: { Message: bounce("Permanent", "NoEmail") } }] });
    expect(suppressed()).toEqual([[JANE, "BOUNCE"]]);
    await expect(run({ Records: [{ Sns: { Message: "{" } }] })).rejects.toThrow("not JSON");
  });

  test("nothing in the log is an address", async () => {
    const lines: object[] = [];
    const { services } = recorder({
      suppress: (address) => {
        throw new Error(`no such address ${address}`);
      },
    });
    const log = (line: object) => lines.push(line);
    await createHandler(services, log)(queueEvent(bounce("Permanent", "NoEmail"), '{"x": "jane@recipient.example"}'));
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain("@");
  });
});

describe("what can't be read", () => {
  const without = (text: string, path: string[]): string => {
    const message = JSON.parse(text);
    const parent = path.slice(0, -1).reduce((value, key) => value[key], message);
    delete parent[path.at(-1) as string];
    return JSON.stringify(message);
  };
  const hard = bounce("Permanent", "NoEmail");
  const abuse = complaint("abuse", null);
  test.each([
    ["nothing", ""],
    ["text", "hello"],
    ["null", "null"],
    ["a list", "[]"],
    ["an empty object", "{}"],
    ["an envelope with nothing inside", envelope("")],
    ["an envelope in an envelope", envelope(envelope(hard))],
    ["an envelope of something else", envelope(hard, { Type: "UnsubscribeConfirmation" })],
    ["a subscription to confirm", JSON.stringify({ Type: "SubscriptionConfirmation", SubscribeURL: "https://sns/" })],
    ["a bounce without details", without(hard, ["bounce"])],
    ["a bounce without feedbackId", without(hard, ["bounce", "feedbackId"])],
    ["a bounce without type", without(hard, ["bounce", "bounceType"])],
    ["a bounce without recipients", without(hard, ["bounce", "bouncedRecipients"])],
    ["a bounce with no recipient", bounce("Permanent", "NoEmail", { recipients: [] })],
    ["a bounce of a recipient that is none", bounce("Permanent", "NoEmail", { recipients: ["jane"] })],
    ["a bounce with one good and one bad recipient", bounce("Permanent", "NoEmail", { recipients: [JANE, ""] })],
    ["two addresses in one", bounce("Permanent", "NoEmail", { recipients: ["a@x.example,b@x.example"] })],
    ["a bounce of a new type", bounce("Temporary", "General")],
    ["a complaint without details", without(abuse, ["complaint"])],
    ["a complaint without feedbackId", without(abuse, ["complaint", "feedbackId"])],
    ["a complaint without recipients", without(abuse, ["complaint", "complainedRecipients"])],
  ])("%s fails, and suppresses nothing", async (_, body) => {
    const { services, calls } = recorder();
    expect(await handle(services, body)).toEqual(["message-0"]);
    expect(calls).toEqual([]);
  });

  test("a bounce without subtype is recorded, not acted on", async () => {
    const { services, calls } = recorder();
    expect(await handle(services, without(hard, ["bounce", "bounceSubType"]))).toEqual([]);
    expect(calls.map(([call]) => call)).toEqual(["publish", "store"]);
  });

  test("any text at all is either handled or reported", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.json().map(envelope)), async (body) => {
        const { services, calls } = recorder();
        expect(await handle(services, body)).toEqual(["message-0"]);
        expect(calls).toEqual([]);
      }),
    );
  });

  test("a message that lost a part never suppresses another address than the reported one", async () => {
    const originals = [hard, abuse, delivery("eventType"), outOfOffice, bounce("Transient", "MailboxFull")];
    const junk = fc.oneof(fc.constant(undefined), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...originals), fc.nat(), junk, async (original, position, value) => {
        const message = JSON.parse(original);
        const places: [Record<string, unknown>, string][] = [];
        const visit = (object: Record<string, unknown>) => {
          for (const [key, member] of Object.entries(object)) {
            places.push([object, key]);
            if (typeof member === "object" && member !== null) visit(member as Record<string, unknown>);
          }
        };
        visit(message);
        const [parent, key] = places[position % places.length] as [Record<string, unknown>, string];
        parent[key] = value;
        const { services, calls, suppressed } = recorder();
        const failures = await handle(services, envelope(JSON.stringify(message)));
        // Handled or reported, never neither.
        expect(failures.length + calls.filter(([call]) => call === "store").length).toBe(1);
        for (const [address] of suppressed()) expect(address).toBe(JANE);
        if ([outOfOffice, originals[2], originals[4]].includes(original)) expect(suppressed()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("calls to AWS", () => {
  /** The SDK as the runtime ships it: classes by name, in modules by name. */
  function sdk(answer: (command: string, input: Record<string, unknown>) => unknown = () => ({})) {
    const sent: [string, unknown][] = [];
    const loaded: string[] = [];
    const load = (module: string) => {
      loaded.push(module);
      return new Proxy(
        {},
        {
          get: (_, name: string) =>
            class {
              constructor(readonly input: Record<string, unknown>) {}
              readonly name = name;
              async send(command: { name: string; input: Record<string, unknown> }) {
                sent.push([command.name, command.input]);
                return answer(command.name, command.input);
              }
            },
        },
      );
    };
    return { load, sent, loaded };
  }
  const feedback = readFeedback(bounce("Permanent", "NoEmail")) as Feedback;

  test("nothing is asked for, nothing is loaded", async () => {
    const { load, loaded } = sdk();
    const services = awsServices({ SUPPRESS: "false" }, load);
    expect(services).toEqual({});
    expect(await handle(services, bounce("Permanent", "NoEmail"))).toEqual([]);
    expect(loaded).toEqual([]);
  });

  test("suppression", async () => {
    const { load, sent } = sdk();
    expect(await handle(awsServices({ SUPPRESS: "true" }, load), bounce("Permanent", "NoEmail"))).toEqual([]);
    expect(sent).toEqual([["PutSuppressedDestinationCommand", { EmailAddress: JANE, Reason: "BOUNCE" }]]);
  });

  test("a table remembers, and is asked first", async () => {
    const { load, sent } = sdk();
    const services = awsServices({ TABLE_NAME: "feedback" }, load);
    expect(await handle(services, bounce("Permanent", "NoEmail"))).toEqual([]);
    expect(sent).toEqual([
      [
        "GetItemCommand",
        {
          TableName: "feedback",
          Key: { feedbackId: { S: "0100-bounce" } },
          ProjectionExpression: "feedbackId",
          ConsistentRead: true,
        },
      ],
      [
        "PutItemCommand",
        {
          TableName: "feedback",
          ConditionExpression: "attribute_not_exists(feedbackId)",
          Item: {
            feedbackId: { S: "0100-bounce" },
            type: { S: "Bounce" },
            reason: { S: "Permanent" },
            detail: { S: "NoEmail" },
            timestamp: { S: "2027-01-04T10:00:01.000Z" },
            messageId: { S: "010001700000-0000000" },
            source: { S: "sender@example.com" },
            recipients: { L: [{ S: JANE }] },
            suppressed: { L: [] },
          },
        },
      ],
    ]);
  });

  test("what the table knows is done", async () => {
    const { load, sent } = sdk((command) => (command === "GetItemCommand" ? { Item: {} } : {}));
    const services = awsServices({ SUPPRESS: "true", TABLE_NAME: "feedback" }, load);
    expect(await handle(services, bounce("Permanent", "NoEmail"))).toEqual([]);
    expect(sent.map(([command]) => command)).toEqual(["GetItemCommand"]);
  });

  test("losing the race to store is no failure, any other error is", async () => {
    const failWith = (name: string) =>
      sdk((command) => {
        if (command === "PutItemCommand") throw Object.assign(new Error("no"), { name });
        return {};
      }).load;
    const environment = { TABLE_NAME: "feedback" };
    const message = bounce("Permanent", "NoEmail");
    expect(await handle(awsServices(environment, failWith("ConditionalCheckFailedException")), message)).toEqual([]);
    expect(await handle(awsServices(environment, failWith("ThrottlingException")), message)).toEqual(["message-0"]);
  });

  test("a bus receives the event, and may refuse it", async () => {
    const { load, sent } = sdk();
    const services = awsServices({ EVENT_BUS_NAME: "mail" }, load);
    expect(await handle(services, bounce("Permanent", "NoEmail"))).toEqual([]);
    expect(sent).toEqual([
      [
        "PutEventsCommand",
        {
          Entries: [
            {
              EventBusName: "mail",
              Source: "ses-guard",
              DetailType: "Bounce",
              Detail: JSON.stringify({ ...feedback, suppressed: [] }),
            },
          ],
        },
      ],
    ]);
    const refusing = sdk(() => ({ FailedEntryCount: 1 }));
    expect(
      await handle(awsServices({ EVENT_BUS_NAME: "mail" }, refusing.load), bounce("Permanent", "NoEmail")),
    ).toEqual(["message-0"]);
  });

  test("the code that is deployed runs alone, with nothing but the SDK", async () => {
    const { load, sent, loaded } = sdk();
    const module = { exports: {} as { handler: (event: LambdaEvent) => Promise<unknown> } };
    const context = createContext({
      module,
      exports: module.exports,
      require: load,
      process: { env: { SUPPRESS: "true" } },
      console: { log: silent },
    });
    runInContext(handlerSource, context);
    const answer = await module.exports.handler(queueEvent(envelope(bounce("Permanent", "General")), "{"));
    expect(JSON.parse(JSON.stringify(answer))).toEqual({ batchItemFailures: [{ itemIdentifier: "message-1" }] });
    expect(sent).toEqual([["PutSuppressedDestinationCommand", { EmailAddress: JANE, Reason: "BOUNCE" }]]);
    expect(loaded).toEqual(["@aws-sdk/client-sesv2"]);
  });
});
