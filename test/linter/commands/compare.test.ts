import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuditOptions, audit } from "../../../linter/commands/audit";
import { mergeDocuments, readDocument } from "../../../linter/sources/documents";
import { fillAccount } from "../../support/fill-account";
import { type FakeAccount, FakeClock } from "../../support/live-account";

const ROOT = join(__dirname, "../../fixtures");
const STATE = join(ROOT, "corpus/handled-domain/state.json");
const ACCOUNT = "123456789012";

let folder: string;
let state: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ses-guard-compare-"));
  state = join(folder, "state.json");
  cpSync(STATE, state);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An account that holds what the state declares. */
function asDeclared(): FakeAccount {
  return fillAccount(mergeDocuments([readDocument(readFileSync(STATE, "utf8"), "state.json")]), ACCOUNT);
}

async function compare(account: FakeAccount, options: Partial<AuditOptions> = {}) {
  const access = { connect: async () => ({ api: account, region: "us-east-1" }), clock: new FakeClock() };
  const given = { format: "json", region: ["us-east-1"], compare: [state], ...options };
  return audit(given, "0.0.0", access);
}

async function driftOf(account: FakeAccount, options: Partial<AuditOptions> = {}) {
  const report = JSON.parse((await compare(account, options)).output);
  return { ...report.drift, findings: report.findings };
}

const identity = (account: FakeAccount) => {
  const found = account.region().identities.get("example.com");
  if (found === undefined) throw new Error("the state declares another identity");
  return found;
};

test("an account that holds what is declared does not differ", async () => {
  const { identities, notCompared } = await driftOf(asDeclared());
  expect({ identities, notCompared }).toEqual({ identities: [], notCompared: [] });
});

test("a topic that SES dropped: side by side, and a mandatory violation for each type (F14)", async () => {
  const account = asDeclared();
  identity(account).topics = {};
  identity(account).FeedbackForwardingStatus = true;
  const { identities, findings } = await driftOf(account);
  expect(identities).toMatchObject([
    { change: "changed", identity: "example.com", account: ACCOUNT, region: "us-east-1", stack: expect.any(String) },
  ]);
  const bounce = identities[0].feedback.find(({ type }: { type: string }) => type === "bounce");
  expect(bounce.declared).toContainEqual({ channel: "topic", target: expect.stringContaining(":sns:") });
  expect(bounce.live).toEqual([{ channel: "forwarding", target: null, declared: false }]);
  const dropped = findings.filter(({ rule }: { rule: string }) => rule === "topic-dropped");
  expect(dropped.length).toBeGreaterThan(0);
  for (const one of dropped) expect(one).toMatchObject({ verdict: "violation", level: "mandatory" });
  expect((await compare(account)).code).toBe(1);
});

test("what the account has and no stack declares, and what it lost", async () => {
  const account = asDeclared();
  account.region().identities.set("console.example", { ...identity(account), topics: {} });
  account.region().identities.delete("example.com");
  const { identities } = await driftOf(account);
  expect(identities.map((one: Record<string, unknown>) => [one.identity, one.change, one.stack])).toEqual([
    ["console.example", "undeclared", null],
    ["example.com", "lost", expect.any(String)],
  ]);
  const { output } = await compare(account, { format: "text" });
  expect(output).toContain("Drift: 2 identities differ from what the stacks declare.");
  expect(output).toContain("console.example (us-east-1, 123456789012): the account has it, no stack declares it");
  expect(output).toMatch(/example\.com \(us-east-1(, 123456789012)?\): \S+ declares it, the account lost it/);
  expect(output).toMatch(/bounces: +declared topic \S+/);
  expect((await compare(account, { format: "markdown" })).output).toContain("Drift: 2 identities differ");
});

test("what was not read is not lost", async () => {
  const account = asDeclared();
  account.denied.add("sesv2:ListEmailIdentities");
  const denied = await driftOf(account);
  expect(denied.identities).toEqual([]);
  expect(denied.notCompared).toEqual([expect.stringContaining("the list of identities could not be read")]);
  const elsewhere = await driftOf(asDeclared(), { region: ["eu-west-1"] });
  expect(elsewhere.identities).toEqual([]);
  expect(elsewhere.notCompared).toEqual([expect.stringContaining("its account and Region were not audited")]);
});

test("topics that could not be read are not lost", async () => {
  const account = asDeclared();
  account.denied.add("ses:GetIdentityNotificationAttributes");
  const { identities, notCompared, findings } = await driftOf(account);
  expect(identities).toEqual([]);
  expect(notCompared).toEqual([expect.stringContaining("where all of its feedback goes could not be read")]);
  const dropped = findings.filter(({ rule }: { rule: string }) => rule === "topic-dropped");
  expect(dropped.map(({ verdict }: { verdict: string }) => verdict)).not.toContain("violation");
});

test("a state that is missing, and a preview that shows a part, end the run", async () => {
  await expect(compare(asDeclared(), { compare: [join(folder, "gone.json")] })).rejects.toThrow(
    "there is no such file",
  );
  const preview = join(ROOT, "documents/engine/preview-partial.json");
  await expect(compare(asDeclared(), { compare: [preview] })).rejects.toThrow("shows only a part");
  writeFileSync(state, "");
  await expect(compare(asDeclared())).rejects.toThrow("the file is empty");
});

test("no output replaces a state that is compared", async () => {
  await expect(compare(asDeclared(), { output: [`json=${state}`] })).rejects.toThrow("which is read");
});
