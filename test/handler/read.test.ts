import fc from "fast-check";
import { type Message, readMessage } from "../../components/handler/read";
import type * as payloads from "./payloads";
import { bounce, bridged, complaint, DETAILS, delivery, envelope, event, outOfOffice } from "./payloads";
import { JANE, JOHN } from "./support";

function read(text: string): Message {
  const message = readMessage(text);
  if (typeof message === "string") throw new Error(`ignored: ${message}`);
  return message;
}

const SHAPES: payloads.Variant["shape"][] = ["notificationType", "eventType"];
/** The ways in which one message arrives. EventBridge carries events only, but its detail is read like any other. */
const WAYS: [string, (text: string) => string][] = [
  ["raw", (text) => text],
  ["from a topic", envelope],
  ["from EventBridge", (text) => bridged("Email Bounced", text)],
  ["from EventBridge through a topic", (text) => envelope(bridged("Email Bounced", text))],
];

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
  test.each(table)("%s/%s: suppressed %s, in every shape and way", (type, subType, suppressed) => {
    const ids = new Set<string>();
    for (const shape of SHAPES) {
      const text = bounce(type, subType, { shape });
      for (const [, wrap] of WAYS) {
        const { feedback, suppress, malformed } = read(wrap(text));
        expect(suppress).toEqual(suppressed ? [JANE] : []);
        expect(malformed).toBe(0);
        const { feedbackId, ...rest } = feedback;
        ids.add(feedbackId);
        expect(rest).toEqual({
          type: "Bounce",
          reason: type,
          detail: subType,
          timestamp: "2027-01-04T10:00:01.000Z",
          messageId: "010001700000-0000000",
          source: "sender@example.com",
          tenant: null,
          recipients: [JANE],
          suppressed: [],
          details: JSON.parse(text).bounce,
        });
      }
    }
    // One piece of feedback, however it came.
    expect([...ids]).toEqual([expect.stringMatching(/^Bounce\/0100-bounce\/[0-9a-f]{32}$/)]);
  });

  test("an automatic reply suppresses nobody", () => {
    expect(read(envelope(outOfOffice))).toMatchObject({ suppress: [], feedback: { reason: "Transient" } });
  });

  test("every bounced recipient, with or without a display name, once", () => {
    const recipients = [JANE, '"Doe, John" <john@recipient.example>', JANE];
    expect(read(bounce("Permanent", "NoEmail", { recipients })).suppress).toEqual([JANE, JOHN]);
  });

  test.each(["delayed", "relayed", "delivered"])("a recipient that is only %s is left alone", (action) => {
    const message = JSON.parse(bounce("Permanent", "General", { recipients: [JANE, JOHN] }));
    Object.assign(message.bounce.bouncedRecipients[1], { action });
    expect(read(JSON.stringify(message))).toMatchObject({ suppress: [JANE], feedback: { recipients: [JANE, JOHN] } });
  });

  test("recipients that are no addresses are counted, and do not take the others along", () => {
    const recipients = ["", JANE, "a@x.example,b@x.example", `${"a".repeat(320)}@x.example`, JOHN];
    const { suppress, malformed, feedback } = read(bounce("Permanent", "NoEmail", { recipients }));
    expect(suppress).toEqual([JANE, JOHN]);
    expect(feedback.recipients).toEqual([JANE, JOHN]);
    expect(malformed).toBe(3);
  });
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
    ["Not-Spam", null, false],
    ["NOT-SPAM ", null, false],
    ["abuse", "OnAccountSuppressionList", false],
    ["abuse", "OnTenantSuppressionList", false],
    [undefined, "OnAccountSuppressionList", false],
  ];
  test.each(table)("%s/%s: suppressed %s", (type, subType, suppressed) => {
    for (const shape of SHAPES) {
      const { feedback, suppress } = read(envelope(complaint(type, subType, { shape })));
      expect(suppress).toEqual(suppressed ? [JANE] : []);
      expect(feedback).toMatchObject({ type: "Complaint", reason: type ?? null, detail: subType, recipients: [JANE] });
    }
  });
});

describe("everything else", () => {
  test.each(["notificationType", "eventType"] as const)("a delivery (%s)", (shape) => {
    const { feedback, suppress } = read(envelope(delivery(shape)));
    expect(suppress).toEqual([]);
    expect(feedback).toMatchObject({
      type: "Delivery",
      recipients: [JANE],
      details: { smtpResponse: "250 ok: Message 111 accepted", processingTimeMillis: 546 },
    });
  });

  test.each(Object.entries(DETAILS))("%s, with all its details", (type, [key, details]) => {
    for (const [, wrap] of WAYS) {
      const { feedback, suppress } = read(wrap(event(type, key, details)));
      expect(suppress).toEqual([]);
      expect(feedback).toMatchObject({ type, details, messageId: "010001700000-0000000" });
    }
  });

  test("reasons, times and recipients where the types keep them", () => {
    const of = (type: string) => read(event(type, ...(DETAILS[type] ?? ["", {}]))).feedback;
    expect(of("DeliveryDelay")).toMatchObject({
      recipients: ["late@recipient.example"],
      reason: "TransientCommunicationFailure",
      timestamp: "2027-01-05T00:25:40.095Z",
    });
    expect(of("Reject")).toMatchObject({ recipients: [JANE], reason: "Bad content" });
    expect(of("Send")).toMatchObject({ timestamp: "2027-01-04T10:00:00.000Z", reason: null });
  });

  test.each([
    ["Sending Status Disabled", { version: "1.0.0", origin: "ACCOUNT", record: { status: "DISABLED" } }],
    ["Advisor Recommendation Status Open", { version: "1.0.0", data: "{}" }],
  ])("%s is about the account", (type, detail) => {
    const { feedback, origin, suppress } = read(bridged(type, detail));
    expect(feedback).toMatchObject({ type, details: detail, recipients: [], timestamp: "2027-01-04T10:00:04Z" });
    expect(origin).toMatchObject({ isAboutMail: false, account: "123456789012" });
    expect(suppress).toEqual([]);
  });

  test.each([
    ["test message", "Successfully validated SNS topic for Amazon SES event publishing."],
    [
      "test message",
      JSON.stringify({
        notificationType: "AmazonSnsSubscriptionSucceeded",
        message: "You have successfully subscribed your Amazon SNS topic to receive 'Bounce' notifications.",
      }),
    ],
  ])("a %s says nothing about mail: %s", (what, text) => {
    expect(readMessage(text)).toBe(what);
    expect(readMessage(envelope(text))).toBe(what);
  });

  test.each(["SubscriptionConfirmation", "UnsubscribeConfirmation"])("%s says nothing about mail", (Type) => {
    const text = envelope("You have chosen to subscribe", { Type, Token: "1", SubscribeURL: "https://sns.example/" });
    expect(readMessage(text)).toBe("subscription confirmation");
  });

  test("fields of the future are ignored", () => {
    const message = JSON.parse(bounce("Permanent", "NoEmail"));
    Object.assign(message, { future: { deep: [1] } });
    expect(read(envelope(JSON.stringify(message), { Future: 1 })).suppress).toEqual([JANE]);
  });

  test("the documentation's words for the type, as emulators send them, mean what the message carries", () => {
    const words = '"Bounce, Complaint, or Delivery."';
    expect(read(bounce("Permanent", "NoEmail").replace('"Bounce"', words)).feedback.type).toBe("Bounce");
    expect(read(complaint("abuse", null).replace('"Complaint"', words)).feedback.type).toBe("Complaint");
  });
});

describe("tenants", () => {
  test("whose mail it was is read from the tags", () => {
    expect(read(bounce("Permanent", "NoEmail", { tenant: "acme_1" })).feedback.tenant).toBe("acme_1");
    expect(read(bounce("Permanent", "NoEmail")).feedback.tenant).toBeNull();
  });

  test.each([["acme/../other"], ["a".repeat(65)], [""]])("a tenant that can't be one is not guessed: %s", (tenant) => {
    expect(() => readMessage(bounce("Permanent", "NoEmail", { tenant }))).toThrow("no tenant name");
  });
});

describe("ids", () => {
  const idOf = (text: string) => read(text).feedback.feedbackId;
  const bytes = (id: string) => Buffer.byteLength(id);

  test("a bounce and a complaint of one id are two, and so are two bounces of different recipients", () => {
    const ids = [
      bounce("Permanent", "NoEmail", { feedbackId: "1" }),
      bounce("Permanent", "NoEmail", { feedbackId: "1", recipients: [JOHN] }),
      bounce("Transient", "General", { feedbackId: "1" }),
      complaint("abuse", null, { feedbackId: "1" }),
    ].map(idOf);
    expect(new Set(ids).size).toBe(4);
  });

  test("what only one channel carries does not make it two", () => {
    const message = JSON.parse(bounce("Permanent", "NoEmail", { recipients: [JANE, JOHN] }));
    const id = idOf(JSON.stringify(message));
    message.bounce.remoteMtaIp = "192.0.2.9";
    message.bounce.bouncedRecipients.reverse();
    expect(idOf(JSON.stringify(message))).toBe(id);
  });

  test("two delays within a millisecond are two; the same one, its keys in another order, is one", () => {
    const delay = (status: string) => {
      const delayedRecipients = [{ emailAddress: JANE, status }];
      return event("DeliveryDelay", "deliveryDelay", { timestamp: "2027-01-05T00:25:40.095Z", delayedRecipients });
    };
    expect(idOf(delay("4.4.1"))).not.toBe(idOf(delay("4.4.2")));
    const [key, details] = DETAILS.Click ?? ["", {}];
    const turned = Object.fromEntries(Object.entries(details).reverse());
    expect(idOf(event("Click", key, turned))).toBe(idOf(event("Click", key, details)));
  });

  test("deliveries of one mail to several recipients are several", () => {
    expect(idOf(delivery("eventType", ["a@x.example"]))).not.toBe(idOf(delivery("eventType", ["b@x.example"])));
  });

  test("no id is too long for the key of a table, and none that is shortened meets another", () => {
    const long = (last: string) => bounce("Permanent", "NoEmail", { feedbackId: `${"€".repeat(1000)}${last}` });
    expect(idOf(long("a"))).toMatch(/^Bounce\/sha256:[0-9a-f]{64}$/);
    expect(idOf(long("a"))).not.toBe(idOf(long("b")));
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 4000, unit: "binary" }), (feedbackId) => {
        expect(bytes(idOf(bounce("Permanent", "NoEmail", { feedbackId })))).toBeLessThanOrEqual(2048);
      }),
    );
  });
});

describe("what can't be read", () => {
  const without = (text: string, path: string[]): string => {
    const message = JSON.parse(text);
    const parent = path.slice(0, -1).reduce((value, key) => value[key], message);
    delete parent[path.at(-1) ?? ""];
    return JSON.stringify(message);
  };
  const hard = bounce("Permanent", "NoEmail");
  const abuse = complaint("abuse", null);
  test.each([
    ["nothing", "", "not JSON"],
    ["text", "hello", "not JSON"],
    ["null", "null", "not an object"],
    ["a list", "[]", "not an object"],
    ["an empty object", "{}", "neither"],
    ["an envelope with nothing inside", envelope(""), "not JSON"],
    ["an envelope without a topic", without(envelope(hard), ["TopicArn"]), "no TopicArn"],
    ["an envelope in an envelope", envelope(envelope(hard)), "neither"],
    ["a bounce without details", without(hard, ["bounce"]), "no bounce"],
    ["a bounce without feedbackId", without(hard, ["bounce", "feedbackId"]), "no feedbackId"],
    ["a bounce without type", without(hard, ["bounce", "bounceType"]), "no bounceType"],
    ["a bounce without recipients", without(hard, ["bounce", "bouncedRecipients"]), "no address"],
    ["a bounce with no recipient", bounce("Permanent", "NoEmail", { recipients: [] }), "no address"],
    ["a bounce of a recipient that is none", bounce("Permanent", "NoEmail", { recipients: ["jane"] }), "no address"],
    ["a bounce of a new type", bounce("Temporary", "General"), "new bounceType"],
    ["a complaint without details", without(abuse, ["complaint"]), "no complaint"],
    ["a complaint without feedbackId", without(abuse, ["complaint", "feedbackId"]), "no feedbackId"],
    ["a complaint without recipients", without(abuse, ["complaint", "complainedRecipients"]), "no address"],
    ["a type of the future", event("Teleport", "teleport"), "does not know"],
    ["a new type that resembles a known one", hard.replace('"Bounce"', '"BounceWithdrawn"'), "does not know"],
    ["an event about the account of the future", bridged("Account Levitates", {}), "neither"],
    ["an EventBridge event of no account", without(bridged("Email Bounced", hard), ["account"]), "no account"],
  ])("%s", (_, text, message) => {
    expect(() => readMessage(text)).toThrow(message);
  });

  test("a bounce without subtype suppresses nobody", () => {
    expect(read(without(hard, ["bounce", "bounceSubType"])).suppress).toEqual([]);
  });

  test("no part of a message that is lost or replaced makes another address be suppressed", () => {
    const originals = [hard, abuse, delivery("eventType"), outOfOffice, bounce("Transient", "MailboxFull")];
    const junk = fc.oneof(fc.constant(undefined), fc.jsonValue());
    fc.assert(
      fc.property(fc.constantFrom(...originals), fc.nat(), junk, (original, position, value) => {
        const message = JSON.parse(original);
        const places: [Record<string, unknown>, string][] = [];
        const visit = (object: Record<string, unknown>) => {
          for (const [key, member] of Object.entries(object)) {
            places.push([object, key]);
            if (typeof member === "object" && member !== null) visit(member as Record<string, unknown>);
          }
        };
        visit(message);
        const [parent, key] = places[position % places.length] ?? [message, ""];
        parent[key] = value;
        let suppress: string[];
        try {
          suppress = read(envelope(JSON.stringify(message))).suppress;
        } catch {
          return;
        }
        expect([JANE]).toEqual(expect.arrayContaining(suppress));
        if (original !== hard && original !== abuse) expect(suppress).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
