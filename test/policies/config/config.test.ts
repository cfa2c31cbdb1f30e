import { DEFAULT_CONFIG, isExpired, parseConfig, parseOwnKeys, parseSettings } from "../../../policies/config";
import { date } from "../../../policies/config/date";

const RULES = ["bounce-handling", "complaint-handling", "topic-fifo"];
const errors = (raw: unknown) => parseConfig(raw, RULES).errors?.map(({ message }) => message);
const external = {
  identity: "other.example",
  kind: "domain",
  account: null,
  region: "eu-west-1",
  stack: "mail/prod",
  urn: "urn:x",
  bounce: [{ channel: "topic", target: "arn:aws:sns:eu-west-1:123456789012:bounces" }],
  complaint: [{ channel: "forwarding", target: null, declared: true }],
  delivery: [],
  inheritsFrom: null,
  shadows: null,
};
const full = {
  emailForwarding: "accept",
  intendedOverrides: [{ identity: "ceo@example.com", reason: "reads its own", expires: "2027-06-30" }],
  exceptions: [
    {
      rule: "bounce-handling",
      identity: "*.quiet.example.com",
      region: "eu-west-1",
      account: "123456789012",
      stack: "mail/prod",
      reason: "never sends",
    },
  ],
  accounts: { "mail/prod": "123456789012" },
  sendTimeConfigurationSets: [{ configurationSet: "transactional", identities: ["example.com"], reason: "library" }],
  externalIdentities: [external],
  defaultConfigurationSet: "org-feedback",
  rules: { "topic-fifo": "advisory" },
};

describe("a valid configuration", () => {
  test("is taken over whole, entries of a report with all they hold", () => {
    expect(parseConfig(structuredClone(full), RULES)).toEqual({ config: full });
  });

  test("has defaults for what it leaves out, also where a caller passes undefined", () => {
    expect(parseConfig({}, RULES)).toEqual({ config: DEFAULT_CONFIG });
    expect(parseConfig({ emailForwarding: undefined }, RULES)).toEqual({ config: DEFAULT_CONFIG });
    expect(DEFAULT_CONFIG.emailForwarding).toBe("when-declared");
    expect(DEFAULT_CONFIG.defaultConfigurationSet).toBeUndefined();
  });

  test("is not changed by validation", () => {
    const raw = structuredClone(full);
    parseConfig(raw, RULES);
    expect(raw).toEqual(full);
  });

  test("may name its schema, which is no setting; not in a pack", () => {
    const $schema = "https://example.com/schema.json";
    expect(parseConfig({ $schema, ...full }, RULES)).toEqual({ config: full });
    expect(parseSettings({ $schema }, RULES).errors).toHaveLength(1);
  });

  test("of the pack's settings is the same without levels", () => {
    const { rules, ...settings } = full;
    expect(parseSettings(settings, RULES)).toEqual({ config: { ...settings, rules: {} } });
    expect(parseSettings({ rules }, RULES).errors).toEqual([
      { at: ["rules"], message: expect.stringMatching(/^rules: unknown key in a pack/) },
    ]);
  });

  test("of a rule's own policy are the keys of that rule, without defaults for the others", () => {
    const keys = ["defaultConfigurationSet"] as const;
    expect(parseOwnKeys({ defaultConfigurationSet: "a" }, keys)).toEqual({ given: { defaultConfigurationSet: "a" } });
    expect(parseOwnKeys({}, keys)).toEqual({ given: {} });
    expect(parseOwnKeys({ emailForwarding: "accept" }, keys).errors).toHaveLength(1);
  });
});

describe("mistakes are named with their place and the nearest valid word", () => {
  test.each<[string, unknown, string]>([
    ["key", { emailForwardng: "accept" }, "emailForwardng: unknown key, did you mean emailForwarding?"],
    [
      "key of an entry",
      { exceptions: [{ rule: "topic-fifo", identity: "a.b", raeson: "x", reason: "x" }] },
      "exceptions[0].raeson: unknown key, did you mean reason?",
    ],
    [
      "rule",
      { rules: { "bounce-handeling": "advisory" } },
      "rules.bounce-handeling: unknown rule, did you mean bounce-handling?",
    ],
    [
      "rule of an exception",
      { exceptions: [{ rule: "topic-fifi", identity: "a.b", reason: "x" }] },
      'exceptions[0].rule: unknown rule "topic-fifi", did you mean topic-fifo?',
    ],
    [
      "choice",
      { emailForwarding: "acept" },
      'emailForwarding: "acept" is not allowed, expected when-declared, accept or reject, did you mean accept?',
    ],
    [
      "choice of another type",
      { emailForwarding: true },
      "emailForwarding: is true or false, expected when-declared, accept or reject",
    ],
    [
      "level",
      { rules: { "topic-fifo": "off" } },
      'rules.topic-fifo: "off" is not allowed, expected mandatory, advisory or disabled',
    ],
    [
      "missing reason",
      { intendedOverrides: [{ identity: "a@b.c" }] },
      "intendedOverrides[0].reason: missing, say why in a few words",
    ],
    [
      "blank reason",
      { intendedOverrides: [{ identity: "a@b.c", reason: " \n" }] },
      "intendedOverrides[0].reason: is blank",
    ],
    ...["\u2800", "\u3164\u115f\uffa0", "\u{e0020}", "\u00ad\u200b\u034f", "\ufe0f\u2060"].map(
      (reason): [string, unknown, string] => [
        `invisible reason ${JSON.stringify(reason)}`,
        { intendedOverrides: [{ identity: "a@b.c", reason }] },
        "intendedOverrides[0].reason: is blank",
      ],
    ),
    [
      "account that is none",
      { accounts: { "mail/prod": "12345" } },
      "accounts.mail/prod: is no account number, expected twelve digits",
    ],
    [
      "account without quotes",
      { accounts: { "mail/prod": 123456789012 } },
      "accounts.mail/prod: is a number, expected twelve digits in quotes",
    ],
    [
      "stack that is none",
      { accounts: { prod: "123456789012" } },
      "accounts.prod: is no stack, expected project/stack",
    ],
    [
      "exception for an account that is none",
      { exceptions: [{ rule: "bounce-handling", identity: "a.b", account: "prod", reason: "x" }] },
      "exceptions[0].account: is no account number, expected twelve digits",
    ],
    [
      "invisible reason",
      { exceptions: [{ rule: "bounce-handling", identity: "a.example", reason: "\u200b\u{e0041} \u3164" }] },
      "exceptions[0].reason: is blank",
    ],
    [
      "date that no calendar has",
      { intendedOverrides: [{ identity: "a@b.c", reason: "x", expires: "2027-02-30" }] },
      'intendedOverrides[0].expires: "2027-02-30" is no day of the calendar, expected YYYY-MM-DD',
    ],
    [
      "date in words",
      { intendedOverrides: [{ identity: "a@b.c", reason: "x", expires: "next year" }] },
      "intendedOverrides[0].expires: this text is no day of the calendar, expected YYYY-MM-DD",
    ],
    [
      "date that is a number",
      { intendedOverrides: [{ identity: "a@b.c", reason: "x", expires: 20270630 }] },
      "intendedOverrides[0].expires: is a number, expected text",
    ],
    ["empty value", { exceptions: null }, "exceptions: is empty, expected a list"],
    ["mapping for a list", { exceptions: {} }, "exceptions: is a mapping, expected a list"],
    [
      "no identity",
      { sendTimeConfigurationSets: [{ configurationSet: "a", identities: [], reason: "x" }] },
      "sendTimeConfigurationSets[0].identities: is an empty list, expected at least one entry",
    ],
    ["not a mapping", ["a"], "configuration: is a list, expected a mapping of keys"],
    ["nothing", null, "configuration: is empty, expected a mapping of keys"],
    [
      "hostile key",
      { "a\u001b[31m\n": 1 },
      expect.stringContaining("a\\u{1b}[31m\\u{a}: unknown key") as unknown as string,
    ],
    [
      "key of the prototype",
      JSON.parse('{"__proto__": {"emailForwarding": "accept"}}'),
      expect.stringContaining("__proto__: unknown key") as unknown as string,
    ],
    [
      "rule named like the prototype",
      JSON.parse('{"rules": {"__proto__": "advisory"}}'),
      "rules.__proto__: unknown rule",
    ],
  ])("%s", (_, raw, message) => {
    expect(errors(raw)).toEqual([message]);
  });

  test("all at once", () => {
    expect(errors({ a: 1, emailForwarding: "x", exceptions: [{}] })).toHaveLength(5);
  });

  test("an external identity lacks what the rules read", () => {
    const { bounce, ...rest } = external;
    expect(errors({ externalIdentities: [{ ...rest, complaint: [{ channel: "smoke" }] }] })).toEqual([
      "externalIdentities[0].bounce: missing",
      "externalIdentities[0].complaint[0].target: missing",
      'externalIdentities[0].complaint[0].channel: "smoke" is not allowed, expected forwarding, topic or event-destination',
    ]);
  });

  test("values that may be secret are never repeated", () => {
    const secret = "wJalrXUtnFEMIK7MDENG";
    const raw = {
      intendedOverrides: [{ identity: [secret], reason: { secret }, expires: secret }],
      exceptions: secret,
    };
    expect(errors(raw)).toHaveLength(4);
    expect(errors(raw)?.join()).not.toContain(secret);
  });
});

test.each([
  ["2027-06-30", true],
  ["2028-02-29", true],
  ["2027-02-29", false],
  ["2000-02-29", true],
  ["1900-02-29", false],
  ["2027-04-31", false],
  ["2027-13-01", false],
  ["2027-00-10", false],
  ["2027-01-00", false],
  ["2027-6-30", false],
  ["2027-06-30T00:00:00Z", false],
  ["2027-06-30\n", false],
  ["", false],
])("%j is a date: %s", (text, expected) => {
  expect(date(text)).toBe(expected);
});

test("the last day of validity counts", () => {
  expect(isExpired("2027-06-30", "2027-06-30")).toBe(false);
  expect(isExpired("2027-06-30", "2027-07-01")).toBe(true);
  expect(isExpired("2027-06-30", "2026-12-31")).toBe(false);
  expect(isExpired(undefined, "9999-12-31")).toBe(false);
});
