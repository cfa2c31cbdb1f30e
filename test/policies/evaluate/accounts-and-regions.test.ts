import { type Config, DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import type { StackRecords } from "../../../policies/model/record";
import { ACCOUNT, allow, json, Stack } from "../../support/records";

const OTHER = "999999999999";

function findings(stack: Stack, form: "state" | "preview" = "state") {
  const views: StackRecords[] = [stack.records(form)];
  return evaluate(views, DEFAULT_CONFIG, "2026-11-23").findings;
}

const rulesOf = (stack: Stack) => findings(stack).map(({ rule }) => rule);

test("a topic of another account does not move the setting that names it to that account", () => {
  const stack = new Stack();
  stack.domain("example.com");
  for (const type of ["Bounce", "Complaint"])
    stack.notify("example.com", type, `arn:aws:sns:us-east-1:${OTHER}:feedback`);
  expect(rulesOf(stack)).not.toContain("bounce-handling");
  expect(rulesOf(stack)).not.toContain("unknown-identity");
});

test.each([
  [ACCOUNT, false],
  [OTHER, true],
])("the source account is the identity's: a condition on %s", (account, refused) => {
  const stack = new Stack();
  const arn = `arn:aws:sns:us-east-1:${OTHER}:feedback`;
  stack.domain("example.com");
  stack.notify("example.com", "Bounce", arn);
  const condition = { StringEquals: { "AWS:SourceAccount": account } };
  stack.topicPolicy(arn, json(allow("ses.amazonaws.com", "sns:Publish", arn, condition)));
  expect(rulesOf(stack).includes("topic-publish-permission")).toBe(refused);
});

test("a date that is none has expired, whoever wrote it", () => {
  const stack = new Stack();
  stack.domain("example.com");
  stack.forwarding("example.com", true);
  const inputs = { identity: "ceo@example.com", intendedOverride: { reason: "meant", expires: "30.06.2999" } };
  stack.add("ses-guard:index:MonitoredIdentity", "ceo", inputs);
  stack.address("ceo@example.com");
  stack.forwarding("ceo@example.com", false);
  const told = findings(stack);
  expect(told.find(({ rule }) => rule === "address-shadows-domain")).toMatchObject({ waived: null });
  expect(told.map(({ rule }) => rule)).toContain("stale-override");
});

test("a Region that no row names is learned from the ARNs of the same provider", () => {
  const stack = new Stack();
  stack.identity("example.com");
  stack.forwarding("example.com", true);
  const records = stack.records("state");
  for (const { inputs, outputs } of records.resources)
    for (const bag of [inputs, outputs]) if (bag) bag.region = undefined;
  const { context, findings: told } = evaluate([{ ...records, configRegion: undefined }], DEFAULT_CONFIG, "2026-11-23");
  expect(context.inventory.identities).toMatchObject([{ region: "us-east-1" }]);
  expect(told).toEqual([]);
});

test("what a policy's answer waits for is told by the deployment, where the account is not known yet", () => {
  const stack = new Stack();
  const topic = stack.topic();
  stack.domain("example.com");
  for (const type of ["Bounce", "Complaint"]) stack.notify("example.com", type, topic.arn);
  stack.subscribe(topic.arn, "email", "ops@corp.example");
  const condition = { StringEquals: { "AWS:SourceAccount": ACCOUNT } };
  stack.topicPolicy(topic.arn, json(allow("ses.amazonaws.com", "sns:Publish", "*", condition)));
  const doubts = findings(stack, "preview").filter(({ verdict }) => verdict === "unverified");
  expect(doubts.map(({ rule, pending }) => [rule, pending])).toEqual([
    ["topic-publish-permission", true],
    ["topic-publish-scope", true],
    ["subscription-pending", undefined],
  ]);
});

/** What is said of a domain's bounces, or of who shadows whom, with stacks of accounts that nobody told. */
function told(views: StackRecords[], config: Partial<Config> = {}): Record<string, string> {
  const { findings } = evaluate(views, { ...DEFAULT_CONFIG, ...config }, "2026-11-23");
  return Object.fromEntries(findings.map(({ rule, verdict }) => [rule, verdict]));
}

test.each([
  ["of the same account", { "mail/prod": ACCOUNT }, undefined],
  ["of an account that nobody told", {}, "unverified"],
  ["of another account", { "mail/prod": OTHER }, "violation"],
])("a topic that one stack deletes and another makes again, %s", (_, accounts, verdict) => {
  const old = new Stack("mail/dev");
  const former = old.topic("feedback", {}, { gone: true });
  old.domain("example.com");
  old.notify("example.com", "Bounce", former.arn.value);
  const fresh = new Stack("mail/prod");
  fresh.topic("feedback");
  const found = told([old.records("preview"), fresh.records("preview")], {
    accounts: { "mail/dev": ACCOUNT, ...accounts },
  });
  expect(found["bounce-handling"]).toBe(verdict);
});

test.each([
  ["of the same account", { "mail/sets": ACCOUNT }, "violation"],
  ["of an account that nobody told", {}, "unverified"],
  ["of another account", { "mail/sets": OTHER }, "unverified"],
])("a set that is named at send time and listens to nothing in view, %s", (_, accounts, verdict) => {
  const sender = new Stack("mail/dev");
  sender.domain("example.com");
  const sets = new Stack("mail/sets");
  sets.add("aws:sesv2/configurationSet:ConfigurationSet", "main", { configurationSetName: "main" });
  const found = told([sender.records("preview"), sets.records("preview")], {
    accounts: { "mail/dev": ACCOUNT, ...accounts },
    sendTimeConfigurationSets: [{ configurationSet: "main", identities: ["example.com"], reason: "by the library" }],
  });
  expect(found["bounce-handling"]).toBe(verdict);
});

test.each([
  ["of the same account", { "mail/prod": ACCOUNT }, undefined],
  ["of an account that nobody told", {}, "unverified"],
  ["of another account", { "mail/prod": OTHER }, "violation"],
])("an address beside a domain that an inventory tells, and that is managed in a stack %s", (_, accounts, verdict) => {
  const addresses = new Stack("mail/dev");
  addresses.address("ceo@example.com");
  const domains = new Stack("mail/prod");
  domains.domain("example.com");
  const topic = [{ channel: "topic" as const, target: `arn:aws:sns:us-east-1:${ACCOUNT}:feedback` }];
  const entry = {
    identity: "example.com",
    kind: "domain" as const,
    region: "us-east-1",
    bounce: topic,
    complaint: topic,
    delivery: [],
  };
  const found = told([addresses.records("preview"), domains.records("preview")], {
    accounts: { "mail/dev": ACCOUNT, ...accounts },
    externalIdentities: [
      { ...entry, account: ACCOUNT },
      { ...entry, account: "222222222222", region: "eu-west-1" },
    ],
  });
  expect(found["address-shadows-domain"]).toBe(verdict);
});
