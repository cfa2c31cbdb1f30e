import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audit } from "../../../linter/commands/audit";
import { type InventoryOptions, inventory } from "../../../linter/commands/inventory";
import { lint } from "../../../linter/commands/lint";
import { parseConfig } from "../../../policies/config";
import { FakeAccount, FakeClock } from "../../support/live-account";
import { wellMade } from "../sources/account/sample";

const CORPUS = join(__dirname, "../../fixtures/corpus");
const ENGINE = join(__dirname, "../../fixtures/documents/engine");
const NOW = new Date("2026-11-25T12:00:00Z");

let folder: string;
const before = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ses-guard-inventory-"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

const accessTo = (account: FakeAccount) => ({
  connect: async () => ({ api: account, region: "us-east-1" }),
  clock: new FakeClock(),
});

async function entries(sources: readonly string[], options: InventoryOptions = {}, account = wellMade()) {
  const { output, notes } = await inventory(sources, options, "0.0.0", accessTo(account), NOW);
  return { list: JSON.parse(output), notes, output };
}

/** The report on an account, where `c7n-org run-script` puts what a command prints. */
async function reportOf(account: FakeAccount, name: string, region = "us-east-1", more: object = {}): Promise<string> {
  const { output } = await audit({ format: "json", region: [region], ...more }, "0.0.0", accessTo(account));
  const place = join("out", name, region);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "stdout"), output);
  return join(place, "stdout");
}

function accountWith(id: string, names: readonly string[]): FakeAccount {
  const account = new FakeAccount(id);
  for (const name of names) {
    account.region().identities.set(name, {
      VerificationStatus: "SUCCESS",
      FeedbackForwardingStatus: true,
      DkimAttributes: { SigningEnabled: true },
    });
  }
  return account;
}

function corpus(name: string, as = "state.json"): string {
  cpSync(join(CORPUS, name, "state.json"), as);
  return as;
}

test("a live account: where feedback goes, when that was seen, and whence", async () => {
  const { list } = await entries([], { region: ["us-east-1"], maxAge: "7" });
  expect(list).toHaveLength(5);
  expect(list[0]).toEqual({
    identity: "a.example",
    kind: "domain",
    account: "111122223333",
    region: "us-east-1",
    bounce: [{ channel: "topic", target: "arn:aws:sns:us-east-1:111122223333:feedback" }],
    complaint: [{ channel: "topic", target: "arn:aws:sns:us-east-1:111122223333:feedback" }],
    delivery: [],
    stack: "account/111122223333",
    seen: "2026-11-25T12:00:00Z",
    source: "account/111122223333",
    expires: "2026-12-02",
  });
});

test("a state is as old as its manifest says, a preview and a report as their files", async () => {
  const state = JSON.parse(readFileSync(corpus("handled-domain"), "utf8"));
  state.deployment.manifest = { time: "2026-11-20T08:00:00.123456Z", magic: "", version: "" };
  writeFileSync("state.json", JSON.stringify(state));
  expect((await entries(["state.json"])).list[0]).toMatchObject({
    seen: "2026-11-20T08:00:00Z",
    source: "state.json",
    expires: "2026-12-20",
  });
  state.deployment.manifest.time = "0001-01-01T00:00:00Z";
  writeFileSync("state.json", JSON.stringify(state));
  utimesSync("state.json", new Date("2026-11-01T00:00:00Z"), new Date("2026-11-01T00:00:00Z"));
  expect((await entries(["state.json"])).list[0]).toMatchObject({ seen: "2026-11-01T00:00:00Z" });
});

test("a report on documents has no time of its own, one on accounts has", async () => {
  corpus("handled-domain");
  writeFileSync("report.json", (await lint(["state.json"], { format: "json" }, "0.0.0")).output);
  expect(JSON.parse(readFileSync("report.json", "utf8"))).not.toHaveProperty("readAt");
  utimesSync("report.json", NOW, NOW);
  expect((await entries(["report.json"])).list[0]).toMatchObject({ seen: "2026-11-25T12:00:00Z" });

  const path = await reportOf(wellMade(), "mail");
  const report = JSON.parse(readFileSync(path, "utf8"));
  expect(report.readAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  writeFileSync(path, JSON.stringify({ ...report, readAt: "2026-11-02T03:04:05Z" }));
  utimesSync(path, NOW, NOW);
  expect((await entries([path])).list[0]).toMatchObject({ seen: "2026-11-02T03:04:05Z", source: path });
});

test("a document and the report on it say the same", async () => {
  corpus("across-stacks");
  const { list } = await entries(["state.json"]);
  writeFileSync("report.json", (await lint(["state.json"], { format: "json" }, "0.0.0")).output);
  const withoutOrigin = (all: Record<string, unknown>[]) =>
    all.map(({ seen, source, expires, stack, ...rest }) => rest);
  expect(list.length).toBeGreaterThan(0);
  expect(withoutOrigin((await entries(["report.json"])).list)).toEqual(withoutOrigin(list));
});

test("the outputs of several accounts are joined, each identity once", async () => {
  const first = await reportOf(accountWith("111111111111", ["example.com", "a.example"]), "mail-dev");
  const second = await reportOf(accountWith("222222222222", ["example.com"]), "mail-prod");
  const third = await reportOf(accountWith("222222222222", []), "mail-prod", "eu-west-1");
  const { list, notes } = await entries([first, second, third, second]);
  expect(notes).toEqual([]);
  expect(list.map(({ identity, account, source }: Record<string, string>) => [identity, account, source])).toEqual([
    ["a.example", "111111111111", first],
    ["example.com", "111111111111", first],
    ["example.com", "222222222222", second],
  ]);
});

test("what is written is what the configuration takes, and a stack is then told of a domain it does not hold", async () => {
  const account = accountWith("123456789012", ["example.com"]);
  const TopicArn = "arn:aws:sns:us-east-1:123456789012:feedback";
  account.region().topics.set(TopicArn, { attributes: { TopicArn }, subscriptions: [] });
  Object.assign(account.region().identities.get("example.com") ?? {}, {
    FeedbackForwardingStatus: false,
    topics: { Bounce: TopicArn, Complaint: TopicArn },
  });
  const { list } = await entries([], { region: ["us-east-1"] }, account);
  expect(parseConfig({ externalIdentities: list }, []).errors).toBeUndefined();
  cpSync(join(CORPUS, "across-stacks", "state-2.json"), "address.json");
  const shadows = async () => {
    const { output } = await lint(["address.json"], { format: "json" }, "0.0.0");
    return JSON.parse(output).findings.filter(({ rule }: { rule: string }) => rule === "address-shadows-domain");
  };
  expect(await shadows()).toEqual([]);
  writeFileSync("ses-guard.json", JSON.stringify({ externalIdentities: list }));
  expect(await shadows()).toEqual([expect.objectContaining({ verdict: "violation" })]);
  const day = { expires: "2026-01-01" };
  writeFileSync(
    "ses-guard.json",
    JSON.stringify({ externalIdentities: list.map((one: object) => ({ ...one, ...day })) }),
  );
  expect(await shadows()).toEqual([expect.objectContaining({ verdict: "unverified" })]);
});

test("the live account knows better than a document, the newer better than the older", async () => {
  const path = await reportOf(wellMade(), "mail");
  const report = JSON.parse(readFileSync(path, "utf8"));
  const from = (stack: string, readAt: string) => ({
    ...report,
    readAt,
    identities: report.identities.slice(0, 1).map((one: object) => ({ ...one, stack })),
  });
  writeFileSync("old.json", JSON.stringify(from("account/1", "2026-11-01T00:00:00Z")));
  writeFileSync("new.json", JSON.stringify(from("account/1", "2026-11-02T00:00:00Z")));
  writeFileSync("state.json", JSON.stringify(from("mail/prod", "2026-11-03T00:00:00Z")));
  for (const order of [
    ["old.json", "new.json", "state.json"],
    ["state.json", "new.json", "old.json"],
  ]) {
    expect((await entries(order)).list).toEqual([expect.objectContaining({ source: "new.json" })]);
  }
});

test("an entry that is too old says so, and is written all the same", async () => {
  const path = await reportOf(wellMade(), "mail");
  const report = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...report, readAt: "2026-11-02T03:04:05Z" }));
  const { list, notes } = await entries([path], { maxAge: "10" });
  expect(list).toHaveLength(5);
  expect(notes).toEqual([`5 entries are older than --max-age (${path}): settings that old are not believed`]);
});

test("settings that could not be read are no settings that are missing", async () => {
  const account = wellMade();
  account.denied.add("sesv2:GetConfigurationSetEventDestinations");
  const { list } = await entries([], { region: ["us-east-1"] }, account);
  const [plain, withSet] = list;
  expect(plain).not.toHaveProperty("doubt");
  expect(withSet).toMatchObject({ identity: "b.example", doubt: expect.stringContaining("b.example") });
});

describe("nothing is thinner than it looks", () => {
  const refused = (
    sources: string[],
    message: RegExp | string,
    options: InventoryOptions = {},
    account?: FakeAccount,
  ) =>
    expect(entries(sources, options, account)).rejects.toMatchObject({
      name: "KnownError",
      message: expect.stringMatching(message),
    });

  test("missing, empty, foreign and cut-off files", async () => {
    writeFileSync("empty.json", " \n");
    writeFileSync("other.json", '{"a": 1}');
    writeFileSync("odd.json", '{"version": 1, "tool": {"name": "other"}}');
    const path = await reportOf(wellMade(), "mail");
    const text = readFileSync(path, "utf8");
    writeFileSync("cut.json", text.slice(0, text.lastIndexOf(",")));
    await refused(["gone.json"], /^gone\.json: can't be read: there is no such file/);
    await refused(["empty.json", path], /^empty\.json: is empty/);
    await refused(["other.json"], /^other\.json: found /);
    await refused(["odd.json"], /^odd\.json: is no JSON report of ses-guard/);
    await refused(["cut.json"], /^cut\.json:\d+:\d+: .*cut off/);
    await refused(["-", "-"], /given twice/);
    await refused([], /name a report, a document or a program/);
  });

  test("a report without some of its findings, or with a broken identity", async () => {
    const account = wellMade();
    account.denied.add("sns:GetTopicAttributes");
    const path = await reportOf(account, "mail", "us-east-1", { quiet: true });
    await refused([path], /leaves findings out/);
    const whole = JSON.parse(readFileSync(await reportOf(wellMade(), "mail"), "utf8"));
    delete whole.identities[1].region;
    writeFileSync(path, JSON.stringify(whole));
    await refused([path], /identities\[1\]\.region: missing/);
  });

  test("an account whose identities could not be listed, directly and in a report", async () => {
    const account = wellMade();
    account.denied.add("sesv2:ListEmailIdentities");
    await refused([], /identities may be missing.*ses:ListEmailIdentities/, { region: ["us-east-1"] }, account);
    await refused([await reportOf(account, "mail")], /^out\/mail\/us-east-1\/stdout: identities may be missing/);
  });

  test("a Region that is not enabled holds none", async () => {
    const account = wellMade();
    const call = account.call.bind(account);
    account.call = async (region, operation, input) => {
      if (region === "ap-south-2" && !operation.startsWith("sts:"))
        throw Object.assign(new Error("no"), { name: "UnrecognizedClientException" });
      return call(region, operation, input);
    };
    expect((await entries([await reportOf(account, "mail", "ap-south-2")])).list).toEqual([]);
  });

  test("a preview that shows only what changes, directly and in a report", async () => {
    cpSync(join(ENGINE, "preview-partial.json"), "preview.json");
    cpSync(join(ENGINE, "state.json"), "below.json");
    await refused(["preview.json"], /^preview\.json: identities may be missing/);
    writeFileSync("report.json", (await lint(["preview.json"], { format: "json" }, "0.0.0")).output);
    await refused(["report.json"], /^report\.json: identities may be missing/);
    expect((await entries(["preview.json", "below.json"])).list.length).toBeGreaterThan(0);
  });
});

test.each(["0", "1.5", "week", "99999"])("--max-age %s is refused", async (maxAge) => {
  await expect(entries([corpus("handled-domain")], { maxAge })).rejects.toThrow(`--max-age ${maxAge}: expected days`);
});

test("--output writes over an inventory, and over nothing else", async () => {
  corpus("handled-domain");
  const write = () => inventory(["state.json"], { output: "inventory.json" }, "0.0.0", accessTo(wellMade()), NOW);
  expect((await write()).output).toBe("");
  const first = readFileSync("inventory.json", "utf8");
  expect(JSON.parse(first)).toHaveLength(1);
  await write();
  expect(readFileSync("inventory.json", "utf8")).toBe(first);
  writeFileSync("inventory.json", "precious");
  await expect(write()).rejects.toThrow("no inventory of ses-guard");
});
