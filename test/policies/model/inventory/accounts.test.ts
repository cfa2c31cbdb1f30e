import { sameAccount } from "../../../../policies/model/account";
import { Accounts } from "../../../../policies/model/inventory/accounts";
import type { ResourceRecord, StackRecords } from "../../../../policies/model/record";
import { type Json, UNKNOWN } from "../../../../policies/model/value";

const DEV = "mail/dev";
const ROLE = { roleArn: "arn:aws:iam::222222222222:role/deploy" };

function record(stack: string, name: string, provider?: string): ResourceRecord {
  const urn = `urn:pulumi:${stack.split("/")[1]}::${stack.split("/")[0]}::aws:ses/domainIdentity:DomainIdentity::${name}`;
  return {
    type: "aws:ses/domainIdentity:DomainIdentity",
    urn,
    stack,
    inputs: {},
    ...(provider !== undefined && { provider }),
  };
}

/** A provider of a stack and what it is told. */
function provider(stack: string, name: string, inputs: Json): ResourceRecord {
  const urn = `urn:pulumi:${stack.split("/")[1]}::${stack.split("/")[0]}::pulumi:providers:aws::${name}`;
  return { type: "pulumi:providers:aws", urn, stack, inputs };
}

function accounts(
  rows: readonly ResourceRecord[],
  { config, told = {}, assumed }: { config?: Json; told?: Record<string, string>; assumed?: string } = {},
): Accounts {
  const stacks = [...new Set(rows.map(({ stack }) => stack))].map(
    (stack): StackRecords => ({
      stacks: [stack],
      resources: rows.filter((row) => row.stack === stack),
      ...(config && { config }),
    }),
  );
  return new Accounts(new Map(rows.map((row) => [row.urn, row])), stacks, told, assumed);
}

/** The account of a resource whose provider is told this. */
function under(inputs: Json, options: Parameters<typeof accounts>[1] = {}): string {
  const own = provider(DEV, "own", inputs);
  const row = record(DEV, "example.com", own.urn);
  return accounts([own, row], options).of(row);
}

test.each<[string, Json, string]>([
  ["one allowed account", { allowedAccountIds: ["222222222222"] }, "222222222222"],
  [
    "one allowed account, as a state's row of a provider holds it",
    { allowedAccountIds: '["222222222222"]' },
    "222222222222",
  ],
  ["a role", { assumeRoles: [ROLE] }, "222222222222"],
  ["a role, as it was written up to version 6", { assumeRole: ROLE }, "222222222222"],
  [
    "roles one after the other: the last",
    { assumeRoles: JSON.stringify([{ roleArn: "arn:aws:iam::111111111111:role/hop" }, ROLE]) },
    "222222222222",
  ],
])("%s tells it", (_, inputs, account) => {
  expect(under(inputs, { told: { [DEV]: "111111111111" } })).toBe(account);
});

test.each<[string, Json]>([
  ["several allowed accounts", { allowedAccountIds: ["111111111111", "222222222222"] }],
  ["a role that is not known", { assumeRoles: UNKNOWN }],
  ["a role without an account", { assumeRoles: [{ roleArn: "deploy" }] }],
  ["a profile", { profile: "mail" }],
  ["endpoints", { endpoints: [{ ses: "https://ses.example" }] }],
])("%s tells no account, and may be another than the stack's", (_, inputs) => {
  expect(under(inputs)).toMatch(/^\?/);
  if (!("allowedAccountIds" in inputs)) expect(sameAccount(under(inputs), "?mail/dev")).toBe(UNKNOWN);
});

test("what the configuration tells holds for the stack, and for nobody who signs in by himself", () => {
  const told = { [DEV]: "111111111111" };
  expect(under({ region: "us-east-1" }, { told })).toBe("111111111111");
  expect(sameAccount(under({ profile: "other" }, { told }), "111111111111")).toBe(UNKNOWN);
  const far = record("mail/prod", "example.com");
  expect(accounts([far], { told }).of(far)).toBe("?mail/prod");
});

test("the stack's configuration is that of its default provider", () => {
  const byDefault = provider(DEV, "default_7_0_0", { region: "us-east-1" });
  const rows = [byDefault, record(DEV, "plain"), record(DEV, "versioned", byDefault.urn)];
  const config = { "aws:allowedAccountIds": '["222222222222"]' };
  for (const row of rows.slice(1)) expect(accounts(rows, { config }).of(row)).toBe("222222222222");
});

test("two providers that sign in the same way are of one account, others may not be", () => {
  const providers = { a: { profile: "x" }, b: { profile: "x" }, c: { profile: "y" }, d: { profile: UNKNOWN }, e: {} };
  const rows = Object.entries(providers).map(([name, inputs]) => provider(DEV, name, inputs));
  const owned = rows.map(({ urn }) => record(DEV, urn, urn));
  const whose = accounts([...rows, ...owned]);
  const [a, b, c, d, e] = owned.map((row) => whose.of(row));
  const same = (x: string | undefined, y: string | undefined) => sameAccount(x ?? "", y ?? "");
  expect(same(a, b)).toBe(true);
  for (const [x, y] of [
    [a, c],
    [a, d],
    [a, e],
    [c, d],
    [d, e],
  ])
    expect(same(x, y)).toBe(UNKNOWN);
});

test("one profile name in two programs may be two accounts", () => {
  const stacks = ["mail/dev", "shop/dev"];
  const rows = stacks.map((stack) => provider(stack, "own", { profile: "x" }));
  const owned = rows.map(({ stack, urn }) => record(stack, "example.com", urn));
  const whose = accounts([...rows, ...owned]);
  const [one = "", other = ""] = owned.map((row) => whose.of(row));
  expect(sameAccount(one, other)).toBe(UNKNOWN);
});

test("a provider that is not in view is anybody's", () => {
  const row = record(DEV, "example.com", provider(DEV, "own", {}).urn);
  const plain = record(DEV, "other");
  const whose = accounts([row, plain]);
  expect(sameAccount(whose.of(row), whose.of(plain))).toBe(UNKNOWN);
});

test("an ARN tells it for all that sign in the same way, unless somebody said otherwise", () => {
  const rows = [record(DEV, "a"), record(DEV, "b"), record("mail/prod", "c")];
  const [a, b, c] = rows as [ResourceRecord, ResourceRecord, ResourceRecord];
  const whose = accounts(rows);
  whose.learn(a, "333333333333");
  whose.learn(b, "444444444444");
  expect([a, b, c].map((row) => whose.of(row))).toEqual(["333333333333", "333333333333", "?mail/prod"]);

  const told = accounts(rows, { told: { [DEV]: "111111111111" } });
  told.learn(a, "333333333333");
  expect(told.of(a)).toBe("111111111111");
});

test("the account of a whole inventory is that of stacks nobody told theirs, never of another sign-in", () => {
  const own = provider(DEV, "own", { profile: "x" });
  const rows = [own, record(DEV, "plain"), record(DEV, "signed", own.urn)];
  const whose = accounts(rows, { assumed: "555555555555" });
  const [, plain = own, signed = own] = rows;
  expect(whose.of(plain)).toBe("555555555555");
  expect(sameAccount(whose.of(signed), "555555555555")).toBe(UNKNOWN);
});
