import { carriedBy, hearingOf, onlyMailboxes } from "../../../policies/model/hears";
import { UNKNOWN } from "../../../policies/model/value";
import { type Handle, json, Stack, unknown } from "../../support/records";
import { view } from "./view";

const PENDING = { exists: true, outputs: { pendingConfirmation: true } };
const CONFIRMED = { exists: true, outputs: { pendingConfirmation: false } };
const DROPS = { filterPolicy: json({ store: ["a"] }) };

/** How bounces of example.com fare on its topic. */
function bouncesOf(subscribe: (stack: Stack, topic: Handle) => unknown) {
  const stack = new Stack();
  const topic = stack.topic();
  stack.domain("example.com");
  stack.notify("example.com", "Bounce", topic.arn);
  stack.notify("example.com", "Delivery", topic.arn);
  subscribe(stack, topic);
  const found = view(stack, "preview").topic("feedback");
  const [bounces] = carriedBy(found);
  if (!bounces) throw new Error("nothing carries bounces");
  return { hearing: hearingOf(found, bounces), mailboxes: onlyMailboxes(found, bounces) };
}

test("nobody has to hear deliveries", () => {
  const stack = new Stack();
  const topic = stack.topic();
  for (const type of ["Bounce", "Delivery"]) stack.notify("example.com", type, topic.arn);
  const snsDestination = { topicArn: topic.arn };
  stack.destination("main", { enabled: true, matchingEventTypes: ["BOUNCE"], snsDestination });
  expect(carriedBy(view(stack, "preview").topic("feedback"))).toEqual([
    { type: "bounce", via: "topic", isCertain: true },
    { type: "bounce", via: "event-destination", isCertain: true },
  ]);
});

test("a topic without a subscription is no question of hearing", () => {
  expect(bouncesOf(() => undefined)).toEqual({ hearing: undefined, mailboxes: false });
});

const [HEARD, FILTERED, AWAITED] = [
  { heard: true, filtered: false, awaited: false },
  { heard: false, filtered: true, awaited: false },
  { heard: false, filtered: false, awaited: true },
];
test.each<[string, (stack: Stack, topic: Handle) => unknown, unknown, unknown]>([
  ["a queue", (s, t) => s.subscribe(t.arn, "sqs", "q"), HEARD, false],
  ["a confirmed mailbox", (s, t) => s.subscribe(t.arn, "email", "a@b.example", {}, CONFIRMED), HEARD, true],
  [
    "a queue beside one that filters and one that is pending",
    (s, t) => [
      s.subscribe(t.arn, "sqs", "q"),
      s.subscribe(t.arn, "https", "x", DROPS),
      s.subscribe(t.arn, "email", "a@b.example", {}, PENDING),
    ],
    HEARD,
    false,
  ],
  ["a filter", (s, t) => s.subscribe(t.arn, "sqs", "q", DROPS), FILTERED, false],
  ["a pending mailbox", (s, t) => s.subscribe(t.arn, "email", "a@b.example", {}, PENDING), AWAITED, true],
  [
    "a pending mailbox that filters",
    (s, t) => s.subscribe(t.arn, "email", "a@b.example", DROPS, PENDING),
    FILTERED,
    false,
  ],
  [
    "a pending mailbox beside a queue that filters",
    (s, t) => [s.subscribe(t.arn, "email", "a@b.example", {}, PENDING), s.subscribe(t.arn, "sqs", "q", DROPS)],
    { heard: false, filtered: true, awaited: true },
    true,
  ],
  [
    "a new mailbox",
    (s, t) => s.subscribe(t.arn, "email", "a@b.example"),
    { heard: UNKNOWN, filtered: false, awaited: UNKNOWN },
    true,
  ],
  [
    "a filter that nobody knows",
    (s, t) => s.subscribe(t.arn, "sqs", "q", { filterPolicy: unknown() }),
    { heard: UNKNOWN, filtered: UNKNOWN, awaited: false },
    false,
  ],
  [
    "a filter, and a subscription to nobody knows which topic",
    (s, t) => [s.subscribe(t.arn, "sqs", "q", DROPS), s.subscribe(unknown())],
    { heard: UNKNOWN, filtered: UNKNOWN, awaited: false },
    false,
  ],
])("%s", (_, subscribe, hearing, mailboxes) => {
  expect(bouncesOf(subscribe)).toEqual({ hearing, mailboxes });
});
