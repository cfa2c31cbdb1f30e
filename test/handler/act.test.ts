import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { RefusedCall, type Services } from "../../components/handler/act";
import type { LambdaEvent, Settings } from "../../components/handler/batch";
import { DeferredCall } from "../../components/handler/pace";
import { bounce, bridged, complaint, DETAILS, delivery, envelope, event } from "./payloads";
import { CONTEXT, handle, handlerOf, JANE, JOHN, queueEvent, REGION, recorder } from "./support";

const hard = bounce("Permanent", "NoEmail");
const suppression = (address: string, reason: string, tenant: string | null = null) => [
  { address, reason, tenant, region: REGION },
];

describe("one message", () => {
  test("is suppressed, listed, published and stored, in this order", async () => {
    const { services, calls, names } = recorder();
    expect(await handle(services, envelope(hard))).toEqual([]);
    expect(names()).toEqual(["suppress", "list", "publish", "store"]);
    expect(calls[0]).toEqual(["suppress", ...suppression(JANE, "BOUNCE")]);
    expect(calls[2]).toEqual([
      "publish",
      expect.objectContaining({ type: "Bounce", recipients: [JANE], suppressed: [JANE], unresolved: 0 }),
    ]);
    expect(calls[3]?.[1]).toEqual(calls[2]?.[1]);
  });

  test("a complaint of a tenant goes to the tenant's list", async () => {
    const { services, of } = recorder();
    expect(await handle(services, complaint("abuse", null, { tenant: "acme" }))).toEqual([]);
    expect(of("suppress")).toEqual([suppression(JANE, "COMPLAINT", "acme")]);
    expect(of("publish")).toEqual([[expect.objectContaining({ tenant: "acme" })]]);
  });

  test.each(Object.entries(DETAILS))("%s is passed on with its details, and suppresses nobody", async (type, entry) => {
    const [key, details] = entry;
    const { services, names, of } = recorder();
    expect(await handle(services, event(type, key, details))).toEqual([]);
    expect(names()).toEqual(["publish", "store"]);
    expect(of("store")).toEqual([[expect.objectContaining({ type, details })]]);
  });

  test("without suppression the list of the application is kept all the same", async () => {
    const { services, names, of } = recorder();
    const { suppress: _, ...rest } = services;
    expect(await handle(rest, hard)).toEqual([]);
    expect(names()).toEqual(["list", "publish", "store"]);
    expect(of("store")).toEqual([[expect.objectContaining({ suppressed: [] })]]);
  });

  test.each([
    "Successfully validated SNS topic for Amazon SES event publishing.",
    JSON.stringify({ notificationType: "AmazonSnsSubscriptionSucceeded", message: "You have subscribed" }),
    envelope("You have chosen to subscribe", { Type: "SubscriptionConfirmation", Token: "1" }),
  ])("a message about no mail is neither an error nor a dead letter: %s", async (text) => {
    const { services, calls } = recorder();
    expect(await handle(services, text)).toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe("duplicates", () => {
  test("the same feedback twice is handled once, in one batch or in two processes, in two shapes", async () => {
    const { services, names } = recorder();
    expect(await handle(services, hard, envelope(hard))).toEqual([]);
    expect(await handle(services, bounce("Permanent", "NoEmail", { shape: "eventType" }))).toEqual([]);
    expect(await handle(services, bridged("Email Bounced", hard))).toEqual([]);
    expect(names()).toEqual(["suppress", "list", "publish", "store"]);
  });

  test("a bounce does not swallow a complaint of the same id, nor a delivery a complaint of the same mail", async () => {
    const { services, of } = recorder();
    const bodies = [
      bounce("Permanent", "NoEmail", { feedbackId: "1" }),
      complaint("abuse", null, { feedbackId: "1", recipients: [JOHN] }),
      delivery("notificationType"),
    ];
    expect(await handle(services, ...bodies)).toEqual([]);
    expect(of("suppress")).toEqual([suppression(JANE, "BOUNCE"), suppression(JOHN, "COMPLAINT")]);
    expect(of("store")).toHaveLength(3);
  });

  test("any sequence with repetitions, over any number of processes, is handled as its distinct messages", async () => {
    const messages = [
      ...["1", "2"].flatMap((feedbackId) =>
        [JANE, JOHN].flatMap((address) => [
          bounce("Permanent", "NoEmail", { feedbackId, recipients: [address] }),
          complaint("abuse", null, { feedbackId, recipients: [address] }),
        ]),
      ),
      ...Object.entries(DETAILS).map(([type, [key, details]]) => event(type, key, details)),
    ];
    const batches = fc.array(fc.array(fc.nat(messages.length - 1), { minLength: 1, maxLength: 10 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(batches, async (sequence) => {
        const { services, of } = recorder();
        for (const batch of sequence) {
          expect(await handle(services, ...batch.map((index) => messages[index] ?? ""))).toEqual([]);
        }
        const distinct = new Set(sequence.flat()).size;
        expect(of("store")).toHaveLength(distinct);
        expect(of("publish")).toHaveLength(distinct);
      }),
    );
  });
});

describe("failures", () => {
  const three = ["1", "2", "3"].map((feedbackId) => bounce("Permanent", "NoEmail", { feedbackId }));
  const fails = () => {
    throw new Error("service is down");
  };
  /** Fails where the argument holds the text. */
  const failsFor = (text: string) => (argument: unknown) => {
    if (JSON.stringify(argument).includes(text)) fails();
  };

  test.each(["suppress", "list", "publish", "store", "find"] as const)(
    "a message is repeated from the start when %s fails, until everything is done",
    async (step) => {
      let broken = true;
      const { services, names } = recorder({ [step]: () => broken && fails() });
      const run = handlerOf({ services });
      expect((await run(queueEvent(hard), CONTEXT)).batchItemFailures).toEqual([{ itemIdentifier: "message-0" }]);
      broken = false;
      expect((await run(queueEvent(hard), CONTEXT)).batchItemFailures).toEqual([]);
      expect(names().slice(-4)).toEqual(["suppress", "list", "publish", "store"]);
    },
  );

  test("a table that is down keeps nobody from being suppressed", async () => {
    const { services, of } = recorder({ find: fails, list: fails, store: fails });
    expect(await handle(services, hard)).toEqual(["message-0"]);
    expect(of("suppress")).toEqual([suppression(JANE, "BOUNCE")]);
    expect(of("publish")).toEqual([]);
  });

  test("every readable recipient is suppressed before one that fails counts", async () => {
    const recipients = ["a@x.example", "b@x.example", "c@x.example"];
    const { services, of, names } = recorder({
      suppress: failsFor("a@x.example"),
    });
    expect(await handle(services, bounce("Permanent", "NoEmail", { recipients }))).toEqual(["message-0"]);
    expect(of("suppress").flat()).toMatchObject([{ address: "b@x.example" }, { address: "c@x.example" }]);
    expect(names()).not.toContain("store");
  });

  test.each([
    ["malformed", ["jane", JANE, JOHN], {}],
    [
      "refused",
      ["refused@x.example", JANE, JOHN],
      {
        suppress: (argument: unknown) => {
          if ((argument as { address: string }).address.startsWith("refused")) throw new RefusedCall("BadRequest");
        },
      },
    ],
  ])("a %s recipient does not take the others along, and is a dead letter at once", async (_, recipients, failing) => {
    const { services, of } = recorder(failing);
    const text = bounce("Permanent", "NoEmail", { recipients });
    expect(await handle(services, text)).toEqual([]);
    expect(of("suppress").flat()).toMatchObject([{ address: JANE }, { address: JOHN }]);
    expect(of("store")).toEqual([[expect.objectContaining({ suppressed: [JANE, JOHN], unresolved: 1 })]]);
    expect(of("bury")).toEqual([[text, "unresolved: recipients: 1"]]);
  });

  test("a dead letter that comes back is handled again, and told once while nothing new is known", async () => {
    let refuses = true;
    const { services, of } = recorder({
      suppress: () => {
        if (refuses) throw new RefusedCall("BadRequestException");
      },
    });
    // The process that knows it already.
    const run = handlerOf({ services });
    const again = async () => expect(await run(queueEvent(hard), CONTEXT)).toEqual({ batchItemFailures: [] });
    await again();
    await again();
    expect(of("bury")).toHaveLength(2);
    expect(of("publish")).toHaveLength(1);
    refuses = false;
    await again();
    expect(of("suppress")).toHaveLength(1);
    expect(of("store")).toEqual([
      [expect.objectContaining({ unresolved: 1 })],
      [expect.objectContaining({ unresolved: 0, suppressed: [JANE] })],
    ]);
    expect(await handle(services, hard)).toEqual([]);
    expect(of("bury")).toHaveLength(2);
  });

  test("a message that fails for now and for ever gets another try first", async () => {
    const { services, of } = recorder({
      find: () => {
        throw new RefusedCall("ValidationException");
      },
      suppress: () => {
        throw new DeferredCall("no time left");
      },
    });
    expect(await handle(services, hard)).toEqual(["message-0"]);
    expect(of("bury")).toEqual([]);
  });

  test("whatever fails, no message takes another along, and each is either done or reported", async () => {
    const steps = ["suppress", "list", "publish", "store", "find"] as const;
    const errors = [new Error("down"), new RefusedCall("no"), new DeferredCall("late")];
    const plan = fc.array(fc.record({ step: fc.constantFrom(...steps), error: fc.constantFrom(...errors) }), {
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { minLength: 1, maxLength: 8 }), async (plans) => {
        const addresses = plans.map((_, index) => `r${index}@x.example`);
        const bodies = addresses.map((address, index) =>
          bounce("Permanent", "NoEmail", { feedbackId: `id-${index}-`, recipients: [address] }),
        );
        const of = (argument: unknown) => Number(/(?:id-|"r)(\d+)[-@]/.exec(JSON.stringify(argument))?.[1]);
        const failing = (step: keyof Services) => (argument: unknown) => {
          const found = plans[of(argument)]?.find((entry) => entry.step === step);
          if (found) throw found.error;
        };
        const recorded = recorder(Object.fromEntries(steps.map((step) => [step, failing(step)])));
        const failed = await handle(recorded.services, ...bodies);
        const done = [...recorded.of("store"), ...recorded.of("bury")].map(([argument]) => of(argument));
        plans.forEach((plan, index) => {
          const isReported = failed.includes(`message-${index}`);
          expect(isReported || done.includes(index)).toBe(true);
          if (plan.length === 0) expect(isReported).toBe(false);
          const isSuppressed = recorded.of("suppress").some(([argument]) => of(argument) === index);
          expect(isSuppressed).toBe(!plan.some(({ step }) => step === "suppress"));
        });
      }),
      { numRuns: 300 },
    );
  });

  test("a crash at any step repeats steps and leaves none out", async () => {
    const bodies = [
      bounce("Permanent", "NoEmail", { recipients: [JANE, JOHN] }),
      complaint("abuse", null, { recipients: [JANE] }),
      delivery("eventType"),
    ];
    const complete = recorder();
    expect(await handle(complete.services, ...bodies)).toEqual([]);
    const once = (calls: unknown[][]) => new Set(calls.map((call) => JSON.stringify(call)));
    const steps = complete.calls.length;
    expect(steps).toBe(6 + 4 + 2);
    for (let crash = 0; crash < steps; crash++) {
      let left = crash;
      // Whatever is asked for once it is dead never happens.
      const dying = () => {
        if (left-- <= 0) throw new Error("dead");
      };
      const names = ["suppress", "list", "publish", "store", "delay"] as const;
      const { services, calls } = recorder(Object.fromEntries(names.map((name) => [name, dying])));
      const failed = await handle(services, ...bodies);
      expect(failed.length).toBeGreaterThan(0);
      left = Number.POSITIVE_INFINITY;
      // Nobody heard its answer: all of them come back.
      expect(await handle(services, ...bodies)).toEqual([]);
      expect(once(calls)).toEqual(once(complete.calls));
    }
  });

  test("one message that fails does not fail the others", async () => {
    const { services, of } = recorder({ publish: failsFor('"Send"') });
    const bodies = [three[0] ?? "", event("Send", "send"), three[1] ?? ""];
    expect(await handle(services, ...bodies)).toEqual(["message-1"]);
    expect(of("store")).toHaveLength(2);
  });
});

describe("what can never be handled", () => {
  const forged = JSON.stringify({ ...JSON.parse(hard), mail: { sendingAccountId: "999999999999" } });
  const cases: [string, string, kind: string][] = [
    ["unreadable", "{", "unreadable"],
    ["nested too deep", `{"eventType":"Click","click":${'{"a":'.repeat(50_000)}1${"}".repeat(50_001)}`, "unreadable"],
    ["forged", envelope(forged), "notAdmitted"],
  ];

  test.each(cases)("a message that is %s goes to the dead letters at once", async (_, text, kind) => {
    const { services, of, names } = recorder();
    expect(await handle(services, text, hard)).toEqual([]);
    expect(of("bury")).toEqual([[text, expect.stringMatching(`^${kind}: `)]]);
    expect(names()).toEqual(["bury", "suppress", "list", "publish", "store"]);
  });

  test.each(cases)("a message that is %s spends its receives where no dead-letter queue is known", async (_, text) => {
    const { services, calls } = recorder();
    const { bury: _bury, delay: _delay, ...rest } = services;
    expect(await handle(rest, text)).toEqual(["message-0"]);
    expect(calls).toEqual([]);
  });

  test.each(cases)("a message that is %s is dropped where that was chosen, and logged", async (_, text, kind) => {
    const lines: object[] = [];
    const { services, calls } = recorder();
    const settings: Partial<Settings> = { unprocessable: "drop" };
    const run = handlerOf({ services, settings, log: (line) => lines.push(line) });
    expect(await run(queueEvent(text), CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(calls).toEqual([]);
    expect(lines).toEqual([
      { error: kind, why: expect.any(String), message: "message-0" },
      { messages: 1, [kind]: 1 },
    ]);
  });

  test("nothing is lost when the dead-letter queue fails as well", async () => {
    const { services } = recorder({
      bury: () => {
        throw new Error("no");
      },
    });
    expect(await handle(services, "{")).toEqual(["message-0"]);
  });

  test("what the table or the bus refuses for ever is a dead letter, after suppression", async () => {
    const { services, of } = recorder({
      store: () => {
        throw new RefusedCall("ValidationException");
      },
    });
    expect(await handle(services, hard)).toEqual([]);
    expect(of("suppress")).toHaveLength(1);
    expect(of("bury")).toEqual([[hard, "refused: ValidationException"]]);
  });

  test("any text at all is handled or reported", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.json().map(envelope)), async (text) => {
        const { services, names } = recorder();
        expect(await handle(services, text)).toEqual([]);
        expect(names()).toEqual(["bury"]);
      }),
    );
  });
});

describe("callers", () => {
  const fromTopic = (...texts: string[]): LambdaEvent => ({
    Records: texts.map((text) => ({ Sns: JSON.parse(envelope(text)) })),
  });

  test("a topic", async () => {
    const { services, of } = recorder();
    expect(await handlerOf({ services })(fromTopic(hard), CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(of("suppress")).toEqual([suppression(JANE, "BOUNCE")]);
  });

  test("a rule of EventBridge", async () => {
    const { services, of } = recorder();
    await handlerOf({ services })(JSON.parse(bridged("Email Complaint Received", complaint("abuse", null))), CONTEXT);
    expect(of("suppress")).toEqual([suppression(JANE, "COMPLAINT")]);
  });

  test("what fails is thrown, so that Lambda repeats the call, after everything else is done, without an address", async () => {
    const { services, of } = recorder({
      publish: (feedback) => {
        if ((feedback as { type: string }).type === "Bounce") throw new Error(`no ${JANE}`);
      },
    });
    const call = handlerOf({ services })(fromTopic(hard, complaint("abuse", null)), CONTEXT);
    await expect(call).rejects.toThrow(/^1 messages failed$/);
    expect(of("suppress")).toHaveLength(2);
  });

  test("an event of another kind is unreadable", async () => {
    const { services, of } = recorder();
    await handlerOf({ services })({ Records: [{ Sns: {} }] }, CONTEXT);
    await handlerOf({ services })(JSON.parse("{}"), CONTEXT);
    expect(of("bury").map(([, why]) => why)).toEqual(["unreadable: no TopicArn", expect.stringContaining("neither")]);
  });
});

describe("time", () => {
  test("a message that was throttled until time ran out waits longer each time, and the others are done", async () => {
    const { services, of } = recorder({
      suppress: () => {
        throw new DeferredCall("no time left");
      },
    });
    const records = ["1", "2", "4", "9"].map((ApproximateReceiveCount, index) => ({
      messageId: `message-${index}`,
      receiptHandle: `receipt-${index}`,
      body: bounce("Permanent", "NoEmail", { feedbackId: ApproximateReceiveCount }),
      attributes: { ApproximateReceiveCount },
    }));
    const run = handlerOf({ services });
    const { batchItemFailures } = await run(
      { Records: [...records, { messageId: "delivery", receiptHandle: "", body: delivery("eventType") }] },
      CONTEXT,
    );
    expect(batchItemFailures).toEqual(records.map(({ messageId }) => ({ itemIdentifier: messageId })));
    expect(of("delay")).toEqual([
      [[60, 240, 1800, 1800].map((seconds, index) => ({ receiptHandle: `receipt-${index}`, seconds }))],
    ]);
    expect(of("store")).toHaveLength(1);
  });

  test("messages that can't be delayed come back by themselves", async () => {
    const fails = () => {
      throw new Error("down");
    };
    const { services } = recorder({ suppress: fails, delay: fails });
    expect(await handle(services, hard)).toEqual(["message-0"]);
  });

  test("suppression ends before everything else, and both before the function does", async () => {
    const seen: number[] = [];
    const { services } = recorder();
    const clock = { now: () => 1000, random: () => 1, sleep: async () => {} };
    const watched: Services = {
      suppress: async (_, deadline) => void seen.push(deadline),
      store: async (_, deadline) => void seen.push(deadline),
    };
    await handlerOf({ services: { ...services, ...watched }, clock })(queueEvent(hard), CONTEXT);
    expect(seen).toEqual([27_000, 29_500]);
  });
});

describe("the log", () => {
  test("counts, and ids of bounded length; nothing in it is an address", async () => {
    const lines: Record<string, unknown>[] = [];
    const { services } = recorder({
      suppress: (argument) => {
        if (JSON.stringify(argument).includes("john")) throw new Error(`no such address ${JOHN}`);
      },
    });
    const run = handlerOf({ services, log: (line) => lines.push(line) });
    await run(
      queueEvent(
        hard,
        hard,
        bounce("Permanent", "NoEmail", { recipients: [JOHN], feedbackId: JOHN }),
        bounce("Transient", `said ${JANE}`, { feedbackId: "x".repeat(1500) }),
        complaint(JANE, JANE),
        `{"eventType": "${JANE}"}`,
      ),
      CONTEXT,
    );
    expect(lines).toHaveLength(7);
    expect(lines.at(-1)).toEqual({
      messages: 6,
      handled: 3,
      duplicate: 1,
      suppressed: 2,
      failed: 1,
      unreadable: 1,
      buried: 1,
    });
    const text = JSON.stringify(lines);
    expect(text).not.toContain("@");
    expect(text).not.toContain("recipient.example");
    for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(600);
  });
});

test("the contract of the environment, and the page about it, name every variable that the code reads", () => {
  const file = (path: string) => readFileSync(join(__dirname, "..", "..", path), "utf8");
  const source = (name: string) => file(`components/handler/${name}.ts`);
  const read = `${source("aws")}${source("index")}`.matchAll(/\benv\.([A-Z_]+)|\b(QUEUE_URL|DEAD_LETTER_QUEUE_URL)\b/g);
  const names = new Set([...read].map(([, name, other]) => name ?? other));
  const documented = [...source("index").matchAll(/^ \* \| `([A-Z_]+)`/gm)].map(([, name]) => name);
  expect([...names].sort()).toEqual(documented.sort());
  const described = [...file("docs/handler.md").matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
  expect(described.sort()).toEqual(documented);
  expect(names.size).toBe(10);
});
