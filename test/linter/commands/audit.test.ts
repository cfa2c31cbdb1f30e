import { type AuditOptions, audit } from "../../../linter/commands/audit";
import type { Session, SignIn } from "../../../linter/sources/account/session";
import { FakeAccount, FakeClock } from "../../support/live-account";
import { wellMade } from "../sources/account/sample";

const ROLE = "arn:aws:iam::111122223333:role/audit";
const OTHER = "arn:aws:iam::444455556666:role/audit";

interface Sources {
  account?: FakeAccount;
  region?: string | undefined;
  connect?: (signIn: SignIn) => Promise<Session>;
}

function run(options: Partial<AuditOptions>, { account = wellMade(), region, connect }: Sources = {}) {
  const access = { connect: connect ?? (async () => ({ api: account, region })), clock: new FakeClock() };
  return audit({ format: "json", ...options }, "0.0.0", access);
}

const failing =
  (name: string, message = "no") =>
  async () => {
    throw Object.assign(new Error(message), { name });
  };

function refusing(name: string, message?: string): FakeAccount {
  const account = new FakeAccount();
  account.call = failing(name, message);
  return account;
}

test("the report of an account that is well made", async () => {
  const { output, code } = await run({ region: ["us-east-1"] });
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ summary: { identities: 5, violations: 0, unverified: 0 } });
});

test("a topic that lost its only confirmed subscriber blocks, unless the configuration says otherwise", async () => {
  const account = wellMade();
  for (const topic of account.region().topics.values()) {
    topic.subscriptions = [
      { arn: "PendingConfirmation", protocol: "email", endpoint: "ops@other.example", attributes: {} },
    ];
  }
  const { output, code } = await run({ region: ["us-east-1"] }, { account });
  expect(code).toBe(1);
  const { findings } = JSON.parse(output);
  expect(findings.filter(({ rule }: { rule: string }) => rule === "subscription-pending")).toEqual([
    expect.objectContaining({ level: "mandatory" }),
    expect.objectContaining({ level: "mandatory" }),
  ]);
});

test("the Region is that of the profile where none is given", async () => {
  const account = wellMade();
  await run({}, { account, region: "us-east-1" });
  expect(account.calls).toContain("us-east-1 sesv2:ListEmailIdentities");
});

test("all Regions are those that are enabled and have SES", async () => {
  const account = wellMade();
  account.enabled = ["us-east-1", "eu-west-1", "ap-south-2", "eu-north-1"];
  account.offered = ["us-east-1", "eu-west-1", "eu-north-1", "sa-east-1"];
  await run({ region: ["all"] }, { account });
  const read = account.calls.filter((call) => call.endsWith("sesv2:GetAccount")).map((call) => call.split(" ")[0]);
  expect(read.sort()).toEqual(["eu-north-1", "eu-west-1", "us-east-1"]);
});

test("where nobody may ask which Regions have SES, all that are enabled are tried, and the report says so", async () => {
  const account = wellMade();
  account.enabled = ["us-east-1", "eu-west-1"];
  account.denied.add("ssm:GetParametersByPath");
  const { output } = await run({ region: ["all"] }, { account });
  expect(output).toContain("ssm:GetParametersByPath");
  expect(account.calls).toContain("eu-west-1 sesv2:ListEmailIdentities");
});

test("a Region that is not enabled is called that", async () => {
  const account = wellMade();
  const call = account.call.bind(account);
  account.call = async (region, operation, input) => {
    if (region === "ap-south-2") throw Object.assign(new Error("no"), { name: "UnrecognizedClientException" });
    return call(region, operation, input);
  };
  const { output, code } = await run({ region: ["us-east-1", "ap-south-2"] }, { account });
  expect(output).toContain("ap-south-2 is not enabled in this account");
  expect(code).toBe(0);
});

test.each<[string, FakeAccount, RegExp]>([
  [
    "no credentials",
    refusing("CredentialsProviderError", "Could not load credentials from any providers"),
    /no credentials found/,
  ],
  ["expired token", refusing("ExpiredTokenException"), /have expired; sign in again/],
  ["wrong keys", refusing("InvalidClientTokenId"), /does not accept the credentials/],
  [
    "clock skew",
    refusing("SignatureDoesNotMatch", "Signature expired: 20261125T210000Z is now earlier than …"),
    /clock/,
  ],
  ["misspelt Region", refusing("Error", "getaddrinfo ENOTFOUND sts.us-east-9.amazonaws.com"), /misspelt/],
  ["no endpoint", refusing("Error", "connect ECONNREFUSED 127.0.0.1:1"), /does not answer/],
  ["something else", refusing("OddError"), /signing in failed with OddError/],
])("%s: one line, nothing else", async (_, account, message) => {
  await expect(run({ region: ["us-east-1"] }, { account })).rejects.toThrow(message);
  await expect(run({ region: ["us-east-1"] }, { account })).rejects.toMatchObject({ name: "KnownError" });
});

test("a role that can't be assumed ends the run where it is the only one", async () => {
  const account = refusing("AccessDenied", "User is not authorized to perform: sts:AssumeRole");
  await expect(run({ region: ["us-east-1"], roleArn: [OTHER] }, { account })).rejects.toThrow(
    `${OTHER}: the role can't be assumed`,
  );
});

test("a role that can't be assumed leaves the other accounts in the report, and blocks under --strict", async () => {
  const connect = async ({ role }: SignIn): Promise<Session> => ({
    api: role === ROLE ? wellMade() : refusing("AccessDenied"),
    region: "us-east-1",
  });
  const { output, code } = await run({ roleArn: [ROLE, OTHER] }, { connect });
  const { summary, findings } = JSON.parse(output);
  expect(summary).toMatchObject({ identities: 5, violations: 0, unverified: 1 });
  expect(findings).toEqual([
    expect.objectContaining({
      verdict: "unverified",
      urn: "urn:pulumi:444455556666::account::ses-guard:account:Call::AssumeRole",
      message: expect.stringContaining("the role can't be assumed"),
    }),
  ]);
  expect(code).toBe(0);
  expect((await run({ roleArn: [ROLE, OTHER], strict: true }, { connect })).code).toBe(1);
});

test.each<[Partial<AuditOptions>, RegExp]>([
  [{}, /no Region: give --region/],
  [{ region: ["US East"] }, /--region US East: expected the name of a Region/],
  [{ region: ["all", "us-east-1"] }, /--region all names every Region/],
  [{ region: ["us-east-1"], roleArn: ["audit"] }, /--role-arn audit: expected arn:aws:iam::ACCOUNT:role\/NAME/],
])("%j is refused", async (options, message) => {
  await expect(run(options)).rejects.toThrow(message);
});

test("all Regions need the permission to list them", async () => {
  const account = wellMade();
  account.denied.add("account:ListRegions");
  await expect(run({ region: ["all"] }, { account })).rejects.toThrow(/allow account:ListRegions, or name the Regions/);
});

test("an interrupt ends the reading; what is known is reported and nothing passes", async () => {
  const account = wellMade();
  account.before = (operation) => {
    if (operation === "sns:GetTopicAttributes") process.emit("SIGINT");
  };
  const { output, code } = await run({ region: ["us-east-1"] }, { account });
  expect(code).toBe(1);
  expect(output).toContain("the report is partial");
  expect(process.listenerCount("SIGINT")).toBe(0);
});

test("the least policy is printed without a call", async () => {
  const account = wellMade();
  const { output, code } = await run({ printPolicy: true }, { account });
  expect([code, account.calls]).toEqual([0, []]);
  expect(JSON.parse(output)).toMatchObject({ Version: "2012-10-17" });
});

test("a profile that there is not", async () => {
  const account = refusing("CredentialsProviderError", "Could not load credentials from any providers");
  await expect(run({ region: ["us-east-1"], profile: "mail" }, { account })).rejects.toThrow(
    "profile mail: there is no such profile",
  );
});
