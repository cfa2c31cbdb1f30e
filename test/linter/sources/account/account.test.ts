import { leastPolicy, readAccounts } from "../../../../linter/sources/account";
import type { Operation } from "../../../../linter/sources/account/client";
import { ACTIONS } from "../../../../linter/sources/account/permissions";
import { FakeAccount, FakeClock } from "../../../support/live-account";
import { ACCOUNT, LAMBDA, QUEUE, report, TOPIC, verdicts, wellMade } from "./sample";

/** Every call that a Region takes; signing in is tested with the session. */
const OPERATIONS = [...new Set(Object.keys(ACTIONS))].filter(
  (operation) => !/^(sts|account|ssm):/.test(operation),
) as Operation[];

test("nothing is found in an account that is well made, and everything in it is read", async () => {
  const account = wellMade();
  const found = await report([account]);
  expect(verdicts(found)).toEqual([]);
  expect(found.notVisible).toEqual([]);
  expect(found.identities.map(({ identity, account, region }) => [identity, account, region])).toEqual(
    ["a", "b", "c", "d", "e"].map((name) => [`${name}.example`, ACCOUNT, "us-east-1"]),
  );
  expect(found.identities[1]?.bounce).toEqual([expect.objectContaining({ channel: "event-destination" })]);
  expect([...account.operations].sort()).toEqual([...OPERATIONS].sort());
});

test("lists are read to their last page", async () => {
  const account = wellMade();
  account.pageSize = 1;
  expect((await report([account])).summary.identities).toBe(5);
  expect(account.calls.filter((call) => call.endsWith("ListEmailIdentities"))).toHaveLength(5);
});

test.each(OPERATIONS)("%s denied: no pass, no violation, and the report names the permission", async (operation) => {
  const account = wellMade();
  account.denied.add(operation);
  const { findings, summary } = await report([account]);
  expect(summary).toMatchObject({ violations: 0, advisories: 0 });
  const [, name = ""] = operation.split(":");
  const call = findings.filter(({ message }) => message.startsWith(`The audit could not read us-east-1/${name}:`));
  expect(call).toEqual([
    expect.objectContaining({ verdict: "unverified", message: expect.stringContaining(`allow ${ACTIONS[operation]}`) }),
  ]);
});

/** What must be said beside that the call was denied. */
test.each<[Operation, string]>([
  ["ses:GetIdentityNotificationAttributes", "unverified bounce-handling a.example"],
  ["sesv2:GetEmailIdentity", "unverified bounce-handling b.example"],
  ["sesv2:GetConfigurationSetEventDestinations", "unverified bounce-handling b.example"],
  ["sns:GetTopicAttributes", "unverified topic-encryption us-east-1/feedback"],
  ["sns:ListSubscriptionsByTopic", "unverified subscription-pending us-east-1/feedback"],
  ["sns:GetSubscriptionAttributes", "unverified subscription-filter us-east-1/feedback"],
  ["sns:GetDataProtectionPolicy", "unverified topic-data-protection us-east-1/feedback"],
  ["sqs:GetQueueAttributes", "unverified queue-policy us-east-1/inbox"],
  ["sqs:GetQueueUrl", "unverified queue-policy us-east-1/inbox"],
  ["kms:GetKeyPolicy", "unverified topic-encryption us-east-1/feedback"],
  ["lambda:GetPolicy", "unverified function-permission us-east-1/handler"],
  ["sesv2:GetAccount", "unverified suppression-list us-east-1/account"],
])("%s denied: what depends on it is unverified", async (operation, verdict) => {
  const account = wellMade();
  account.denied.add(operation);
  expect(verdicts(await report([account]))).toContain(verdict);
});

test("a page that fails leaves what came before it, and a doubt", async () => {
  const account = wellMade();
  account.before = (operation, input) => {
    const token = JSON.stringify(input).includes("NextToken");
    if (operation === "sesv2:ListEmailIdentities" && token) {
      throw Object.assign(new Error("denied"), { name: "AccessDeniedException" });
    }
  };
  const found = await report([account]);
  expect(found.identities.map(({ identity }) => identity)).toEqual(["a.example", "b.example"]);
  expect(verdicts(found)).toEqual(["unverified unverified us-east-1/ListEmailIdentities"]);
});

test("a token that comes again is a doubt, not an endless loop", async () => {
  const account = wellMade();
  const call = account.call.bind(account);
  account.call = async (region, operation, input) => {
    const answer = await call(region, operation, input);
    return operation === "sesv2:ListTenants" ? { ...answer, NextToken: "again" } : answer;
  };
  expect(verdicts(await report([account]))).toEqual(["unverified unverified us-east-1/ListTenants"]);
});

test("calls that are throttled are repeated", async () => {
  const account = wellMade();
  for (const operation of OPERATIONS) account.throttled.set(operation, 3);
  expect(verdicts(await report([account]))).toEqual([]);
});

test("a call that is throttled for good is a doubt", async () => {
  const account = wellMade();
  account.throttled.set("sesv2:GetAccount", 1_000_000);
  const { findings } = await report([account]);
  expect(findings.map(({ message }) => message)).toContainEqual(expect.stringContaining("kept throttling"));
  expect(account.calls.filter((call) => call.endsWith("GetAccount"))).toHaveLength(8);
});

test("a fault of the service is tried again, three times in all", async () => {
  const account = wellMade();
  let faults = 2;
  account.before = (operation) => {
    if (operation === "sesv2:GetAccount" && faults-- > 0) {
      throw Object.assign(new Error("oops"), { name: "InternalFailure", $fault: "server" });
    }
  };
  expect(verdicts(await report([account]))).toEqual([]);
  faults = 3;
  expect(verdicts(await report([account]))).toContain("unverified unverified us-east-1/GetAccount");
});

test("an identity that is deleted between list and get is no error and in no report", async () => {
  const account = wellMade();
  account.before = (operation) => {
    if (operation === "sesv2:GetEmailIdentity") account.region().identities.delete("c.example");
  };
  const found = await report([account]);
  expect(found.identities.map(({ identity }) => identity)).not.toContain("c.example");
  expect(verdicts(found)).toEqual([]);
});

test("a name that the answer about notifications leaves out is unverified", async () => {
  const account = wellMade();
  const call = account.call.bind(account);
  account.call = async (region, operation, input) => {
    const answer = await call(region, operation, input);
    return operation === "ses:GetIdentityNotificationAttributes" ? { ...answer, NotificationAttributes: {} } : answer;
  };
  expect(verdicts(await report([account]))).toContain("unverified bounce-handling a.example");
});

test("an empty account has no finding", async () => {
  const found = await report([new FakeAccount()]);
  expect([found.summary.identities, verdicts(found)]).toEqual([0, []]);
});

test("forwarding that is on is what SES does by itself", async () => {
  const account = new FakeAccount();
  account.region().identities.set("a.example", {
    VerificationStatus: "SUCCESS",
    FeedbackForwardingStatus: true,
    DkimAttributes: { SigningEnabled: true },
  });
  expect(verdicts(await report([account]))).toEqual([
    "violation bounce-handling a.example",
    "violation complaint-handling a.example",
  ]);
  expect(verdicts(await report([account], { config: { emailForwarding: "accept" } }))).toEqual([]);
});

test("a topic that is gone receives nothing, although SES has not dropped it yet (F14)", async () => {
  const account = wellMade();
  account.region().topics.delete(TOPIC);
  const { findings } = await report([account]);
  const [bounces] = findings.filter(({ rule, identity }) => rule === "bounce-handling" && identity === "a.example");
  expect(bounces).toMatchObject({
    verdict: "violation",
    message:
      "Nobody receives the bounces of a.example (us-east-1): topic us-east-1/feedback, which would carry them, does not exist.",
  });
});

test("a default set that is gone makes every send fail (F9)", async () => {
  const account = wellMade();
  account.region().sets.delete("main");
  const { findings } = await report([account]);
  const [missing] = findings.filter(({ rule }) => rule === "missing-configuration-set");
  expect(missing).toMatchObject({
    verdict: "violation",
    identity: "b.example",
    message:
      "Configuration set main is the default of b.example (us-east-1) and does not exist: every send of that identity fails.",
  });
});

test("a subscription that waits for its confirmation, and one that is deleted, hear nothing", async () => {
  const account = wellMade();
  const [first] = account.region().topics.get(TOPIC)?.subscriptions ?? [];
  if (first) Object.assign(first, { arn: "PendingConfirmation", protocol: "email", endpoint: "ops@other.example" });
  expect(verdicts(await report([account]))).toContain("violation subscription-pending us-east-1/feedback");
  if (first) first.arn = "Deleted";
  expect(verdicts(await report([account]))).toContain("violation unmonitored-topic us-east-1/feedback");
});

test("a queue and a function that are gone hear nothing", async () => {
  const account = wellMade();
  account.region().queues.delete("inbox");
  account.region().functions.delete("handler");
  expect(verdicts(await report([account]))).toEqual(
    expect.arrayContaining([
      "violation unmonitored-topic us-east-1/feedback",
      "violation unmonitored-topic us-east-1/events",
    ]),
  );
});

test.each([
  ["another topic", { ArnLike: { "AWS:SourceArn": TOPIC } }, "violation"],
  ["a condition of its own", { Bool: { "aws:SecureTransport": "true" } }, "unverified"],
])("a function that may be invoked for %s", async (_, Condition, verdict) => {
  const account = wellMade();
  const statement = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: LAMBDA,
    Condition,
  };
  account.region().functions.set("handler", JSON.stringify({ Statement: [statement] }));
  expect(verdicts(await report([account]))).toContain(`${verdict} function-permission us-east-1/handler`);
});

test("quick: no call for each identity, and default sets are unverified", async () => {
  const account = wellMade();
  const found = await report([account], { quick: true });
  expect(account.operations).not.toContain("sesv2:GetEmailIdentity");
  expect(verdicts(found)).toContain("unverified bounce-handling b.example");
  expect(verdicts(found).filter((one) => one.startsWith("violation"))).toEqual([]);
});

test("an interrupted audit reports what it knows, and that it is partial", async () => {
  const account = wellMade();
  const interruption = new AbortController();
  account.before = (operation) => {
    if (operation === "sns:GetTopicAttributes") interruption.abort();
  };
  const found = await report([account], { signal: interruption.signal });
  expect(found.summary).toMatchObject({ identities: 5, violations: 0 });
  expect(found.findings.map(({ message }) => message)).toContainEqual(expect.stringContaining("interrupted"));
});

test("a topic of another account is read by its owner, where that is audited too", async () => {
  const owner = new FakeAccount("444455556666");
  const user = wellMade();
  const [, topic] = [user.region().topics.delete(TOPIC), TOPIC.replace(ACCOUNT, owner.id)];
  owner.region().topics.set(topic, { attributes: { TopicArn: topic }, subscriptions: [] });
  for (const one of user.region().identities.values()) if (one.topics) one.topics = { Bounce: topic, Complaint: topic };
  const found = await report([user, owner]);
  expect(owner.operations).toContain("sns:GetTopicAttributes");
  expect(verdicts(found)).toContain("violation topic-publish-permission a.example");
  expect(verdicts(found)).toContain("violation unmonitored-topic us-east-1/feedback");
});

test("the same name in two Regions is two identities", async () => {
  const account = wellMade();
  account.region("eu-west-1").identities.set("a.example", {
    VerificationStatus: "SUCCESS",
    FeedbackForwardingStatus: true,
    DkimAttributes: { SigningEnabled: true },
  });
  const found = await report([account], { regions: ["us-east-1", "eu-west-1"] });
  expect(found.identities.filter(({ identity }) => identity === "a.example").map(({ region }) => region)).toEqual([
    "eu-west-1",
    "us-east-1",
  ]);
  expect(verdicts(found)).toContain("violation regional-difference a.example");
});

test("an account that can't be signed in to is unverified beside the others", async () => {
  const account = wellMade();
  const open = [{ id: ACCOUNT, partition: "aws", api: account, regions: ["us-east-1"] }];
  const closed = [{ id: "444455556666", problem: "the role can't be assumed" }];
  const stacks = await readAccounts(open, closed, { clock: new FakeClock() });
  expect(stacks.map(({ stacks }) => stacks)).toEqual([[`account/${ACCOUNT}`], ["account/444455556666"]]);
  expect(stacks[1]?.resources).toEqual([expect.objectContaining({ inputs: { problem: "the role can't be assumed" } })]);
});

test("10,000 identities: linear, at the pace of the service", async () => {
  const account = new FakeAccount();
  account.pageSize = 1000;
  const clock = new FakeClock();
  for (let index = 0; index < 10_000; index++) {
    account.region().identities.set(`${index}.example`, {
      VerificationStatus: "SUCCESS",
      FeedbackForwardingStatus: false,
      DkimAttributes: { SigningEnabled: true },
      topics: { Bounce: TOPIC, Complaint: TOPIC },
    });
  }
  const found = await report([account], { clock, quick: true });
  expect(found.summary.identities).toBe(10_000);
  expect(account.calls.filter((call) => call.includes("GetIdentityNotificationAttributes"))).toHaveLength(100);
  // One call a second each: ten pages, then a hundred calls about their notifications, side by side with nothing.
  expect(clock.now() / 1000).toBeGreaterThan(107);
  expect(clock.now() / 1000).toBeLessThan(109 * 1.05);
});

test("the least policy allows the calls that are made, and none besides", () => {
  const { Statement } = JSON.parse(leastPolicy());
  const made = [...OPERATIONS, "account:ListRegions", "ssm:GetParametersByPath"] as Operation[];
  expect(Statement[0].Action).toEqual([...new Set(made.map((operation) => ACTIONS[operation]))].sort());
  expect(Statement[0].Action.every((action: string) => /:(Get|List|Describe)/.test(action))).toBe(true);
});

test("names with odd characters stay what they are", async () => {
  const account = new FakeAccount();
  account.region().identities.set("__proto__", { FeedbackForwardingStatus: false });
  account.region().queues.set("unused", { QueueArn: QUEUE });
  const found = await report([account]);
  expect(found.identities.map(({ identity }) => identity)).toEqual(["__proto__"]);
  expect(account.operations).not.toContain("sqs:GetQueueUrl");
});

test("what only the account can tell: paused sending, lost verification, suppression, alarms", async () => {
  const account = wellMade();
  const { identities, sets, tenants, alarms } = account.region();
  Object.assign(identities.get("a.example") ?? {}, { VerificationStatus: "FAILED", VerifiedForSendingStatus: false });
  Object.assign(sets.get("main") ?? {}, { SendingOptions: { SendingEnabled: false } });
  Object.assign(tenants.get("acme") ?? {}, { status: "DISABLED" });
  alarms.delete("Reputation.ComplaintRate");
  const second = account.region("eu-west-1");
  second.account = { ...second.account, EnforcementStatus: "PROBATION", SuppressionAttributes: {} };
  expect(verdicts(await report([account], { regions: ["us-east-1", "eu-west-1"] }))).toEqual([
    "violation reputation-alarm us-east-1/account",
    "violation sending-paused eu-west-1/account",
    "violation sending-paused us-east-1/acme",
    "violation sending-paused us-east-1/main",
    "violation suppression-differs eu-west-1/account",
    "violation suppression-list eu-west-1/account",
    "violation verification-lost a.example",
  ]);
});
