import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect_ } from "./oracle";
import { VIOLATION } from "./verdicts";
import type { Identity, Notification, Region, Resource, Stack, Subscription, Topic, World } from "./world";

/** The stacks of the corpus, as worlds: the oracle is held to what is expected of the rules. */

const CORPUS = join(__dirname, "..", "fixtures", "corpus");
const place = (label: string, stack = 0) => ({ label, stack, provider: 0, change: "new" as const });

function stack(name = "prod"): Stack {
  const provider = {
    name: "default",
    region: "us-east-1" as const,
    account: "123456789012",
    tells: "nothing" as const,
  };
  return { project: "mail", stack: name, providers: [provider], nativeRegion: "us-east-1", inConfiguration: false };
}

function world(...resources: Resource[]): World {
  const stacks = [...new Set(resources.map((one) => one.stack))].map((index) => stack(["prod", "office"][index]));
  return {
    stacks,
    resources,
    emailForwarding: "when-declared",
    sendTime: [],
    overrides: [],
    exceptions: [],
    inventory: [],
  };
}

const identity = (name: string, more: Partial<Identity> = {}): Identity => ({
  type: "identity",
  api: "v2",
  name,
  late: false,
  set: null,
  forwarding: null,
  external: false,
  ...place(name),
  ...more,
});
const topic = (name = "feedback", region?: Region): Topic => ({
  type: "topic",
  name,
  fifo: false,
  policy: "open",
  ...place(name),
  ...(region && { region }),
});
const subscription = (to = "feedback", region?: Region): Subscription => ({
  type: "subscription",
  topic: { is: "link", label: to },
  protocol: "https",
  queue: null,
  pending: false,
  filter: "none",
  ...place(`${to}-subscription`),
  ...(region && { region }),
});
const notify = (to: string, on: "bounce" | "complaint", at = "feedback"): Notification => ({
  type: "notification",
  identity: { is: "link", label: to },
  on,
  topic: { is: "link", label: at },
  ...place(`${to}-${on}`),
});
const both = (to: string, at?: string) => [notify(to, "bounce", at), notify(to, "complaint", at)];
const heard = (name = "feedback", region?: Region) => [topic(name, region), subscription(name, region)];
const handled = [...heard(), identity("example.com"), ...both("example.com")];

const WORLDS: Record<string, World> = {
  "domain-only": world(identity("example.com")),
  "handled-domain": world(...handled),
  "bounce-topic-only": world(...heard(), identity("example.com"), notify("example.com", "bounce")),
  "bare-address-under-domain": world(...handled, identity("ceo@example.com")),
  "address-other-topic": world(
    ...handled,
    ...heard("other"),
    identity("ceo@example.com"),
    ...both("ceo@example.com", "other"),
  ),
  "unmonitored-topic": world(topic(), identity("example.com"), ...both("example.com")),
  "topic-in-other-region": world(...heard("feedback", "eu-west-1"), identity("example.com"), ...both("example.com")),
  "handled-in-wrong-region": world(...handled, identity("example.com", { label: "ireland", region: "eu-west-1" })),
  "across-stacks": world(...handled, identity("ceo@example.com", { stack: 1 })),
  "forwarding-declared": world(identity("example.com"), {
    type: "forwarding",
    identity: { is: "link", label: "example.com" },
    enabled: true,
    ...place("forwarding"),
  }),
  "event-destination": world(
    ...heard(),
    { type: "set", name: "main", ...place("main") },
    identity("example.com", { set: { is: "link", label: "main" } }),
    {
      type: "destination",
      set: { is: "link", label: "main" },
      enabled: true,
      types: ["bounce", "complaint"],
      to: { kind: "sns", topic: { is: "link", label: "feedback" } },
      ...place("events"),
    },
  ),
};

test.each(Object.entries(WORLDS))("%s", (name, given) => {
  const { mandatory } = JSON.parse(readFileSync(join(CORPUS, name, "expected.json"), "utf8")) as {
    mandatory: string[];
  };
  const { allowed } = expect_(given, "state");
  const advisory = ["subdomain-shadows-domain", "subscription-pending", "topic-dropped"];
  const violations = [...allowed].filter(
    ([key, verdicts]) => verdicts === VIOLATION && !advisory.includes(key.split(" ")[0] ?? ""),
  );
  // The rules about topics name no identity.
  const spelled = violations.map(([key]) => {
    const [rule, subject] = key.split(" ") as [string, string];
    const short = mandatory.find(
      (one) => one === rule || `${rule}@${subject}` === one || `${rule}@${subject}`.startsWith(`${one}@`),
    );
    return short ?? key;
  });
  expect([...new Set(spelled)].sort()).toEqual([...mandatory].sort());
});
