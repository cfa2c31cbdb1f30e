import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationOf, loadConfig } from "../../linter/config";
import { KnownError } from "../../linter/io/errors";
import { DEFAULT_CONFIG } from "../../policies/config";

const RULES = ["bounce-handling"];
let top: string;
let folder: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "ses-guard-config-"));
  folder = join(top, "a", "b");
  mkdirSync(folder, { recursive: true });
});
afterEach(() => rmSync(top, { recursive: true }));

const write = (name: string, text: string, where = folder) => writeFileSync(join(where, name), text);
const load = (path?: string) => loadConfig(path, folder, RULES);

function failure(path?: string): string {
  try {
    load(path);
  } catch (error) {
    expect(error).toBeInstanceOf(KnownError);
    return (error as Error).message;
  }
  throw new Error("the configuration was accepted");
}

test("without a file the defaults apply", () => {
  expect(load()).toEqual(DEFAULT_CONFIG);
});

test.each([
  ["ses-guard.yaml", "emailForwarding: accept\n"],
  ["ses-guard.yml", "emailForwarding: accept\n"],
  ["ses-guard.json", '\ufeff{"emailForwarding": "accept"}'],
])("%s is found upwards", (name, text) => {
  write(name, text, top);
  expect(load().emailForwarding).toBe("accept");
});

test("the nearest file counts, even when it says nothing", () => {
  write("ses-guard.yaml", "emailForwarding: accept\n", top);
  write("ses-guard.yaml", "# nothing yet\n");
  expect(load()).toEqual(DEFAULT_CONFIG);
  write("ses-guard.yaml", "");
  expect(load()).toEqual(DEFAULT_CONFIG);
});

test("a file named explicitly replaces the one found", () => {
  write("ses-guard.yaml", "emailForwarding: accept\n");
  write("other.conf", "emailForwarding: reject\n");
  expect(load("other.conf").emailForwarding).toBe("reject");
});

test("an unquoted date stays a date", () => {
  write("ses-guard.yaml", "intendedOverrides:\n- {identity: a@b.c, reason: x, expires: 2027-06-30}\n");
  expect(load().intendedOverrides).toEqual([{ identity: "a@b.c", reason: "x", expires: "2027-06-30" }]);
});

test.each<[string, string, string]>([
  [
    "ses-guard.yaml",
    "emailForwarding: accept\nemailForwarding: reject\n",
    "2:1: not valid YAML: Map keys must be unique",
  ],
  ["ses-guard.yaml", "rules: [\n", "2:1: not valid YAML"],
  ["ses-guard.yaml", "a: 1\n---\nb: 2\n", "2:1: not valid YAML"],
  ["ses-guard.yaml", "rules: *missing\n", "1:8: not valid YAML"],
  ["ses-guard.yaml", "just text\n", "1:1: configuration: is text, expected a mapping of keys"],
  ["ses-guard.json", '{"rules": }', "1:11: not valid JSON"],
  ["ses-guard.json", "", "1:1: the JSON ends too early"],
  ["ses-guard.json", "null", "1:1: configuration: is empty"],
])("%s with %j is refused in one line that names file, line and column", (name, text, message) => {
  write(name, text);
  expect(failure()).toContain(`${name}:${message}`);
  expect(failure()).not.toMatch(/[\u0000-\u001f]/);
});

/** One mistake of each kind, in a file that is laid out as people lay files out. */
const MISTAKES: readonly [
  what: string,
  yaml: string,
  json: string,
  placeOfYaml: string,
  placeOfJson: string,
  message: string,
][] = [
  [
    "a key that does not exist",
    "# ours\nemailForwarding: accept\nrulez: {}\n",
    '{\n  "emailForwarding": "accept",\n  "rulez": {}\n}\n',
    "3:1",
    "3:3",
    "rulez: unknown key, did you mean rules?",
  ],
  [
    "a rule that does not exist",
    "rules:\n  bounce-handling: advisory\n  bounce-handeling: advisory\n",
    '{"rules": {\n  "bounce-handling": "advisory",\n  "bounce-handeling": "advisory"}}',
    "3:3",
    "3:3",
    "rules.bounce-handeling: unknown rule, did you mean bounce-handling?",
  ],
  [
    "a level that does not exist",
    "rules:\n  # quiet for now\n  bounce-handling: off\n",
    '{\n\t"rules": {\n\t\t"bounce-handling": "off"\n\t}\n}',
    "3:3",
    "3:3",
    'rules.bounce-handling: "off" is not allowed, expected mandatory, advisory or disabled',
  ],
  [
    "an exception for a rule that does not exist",
    "exceptions:\n- {rule: bounce-handling, identity: a.example, reason: quiet}\n- rule: no-such-rule\n  identity: b.example\n  reason: quiet\n",
    '{"exceptions": [\n  {"rule": "bounce-handling", "identity": "a.example", "reason": "quiet"},\n  {"rule": "no-such-rule", "identity": "b.example", "reason": "quiet"}\n]}',
    "3:3",
    "3:4",
    'exceptions[1].rule: unknown rule "no-such-rule"',
  ],
  [
    "a key of an entry that does not exist",
    "exceptions:\n  - rule: bounce-handling\n    identity: a.example\n    reason: quiet\n    until: 2027-06-30\n",
    '{"exceptions": [{\n  "rule": "bounce-handling",\n  "identity": "a.example",\n  "reason": "quiet",\n  "until": "2027-06-30"}]}',
    "5:5",
    "5:3",
    "exceptions[0].until: unknown key, expected one of rule,",
  ],
  [
    "a day that no calendar has",
    "intendedOverrides:\n  - identity: ceo@example.com\n    reason: reads them\n    expires: 2027-02-30\n",
    '{"intendedOverrides": [{"identity": "ceo@example.com",\n  "reason": "reads them",\n  "expires": "2027-02-30"}]}',
    "4:5",
    "3:3",
    'intendedOverrides[0].expires: "2027-02-30" is no day of the calendar, expected YYYY-MM-DD',
  ],
  [
    "no reason, at the entry that lacks it",
    "intendedOverrides:\n  - identity: ceo@example.com\n",
    '{\n  "intendedOverrides": [\n    {"identity": "ceo@example.com"}\n  ]\n}',
    "2:5",
    "3:5",
    "intendedOverrides[0].reason: missing, say why in a few words",
  ],
  [
    "a reason that nobody can read",
    'intendedOverrides:\n  - {identity: ceo@example.com, reason: "\\u3164"}\n',
    '{"intendedOverrides": [\n  {"identity": "ceo@example.com", "reason": "\\u3164"}\n]}',
    "2:33",
    "2:35",
    "intendedOverrides[0].reason: is blank",
  ],
  [
    "an account that is a number",
    "accounts:\n  mail/dev: '111111111111'\n  mail/prod: 222222222222\n",
    '{"accounts": {"mail/dev": "111111111111",\n "mail/prod": 222222222222}}',
    "3:3",
    "2:2",
    "accounts.mail/prod: is a number, expected twelve digits in quotes",
  ],
  [
    "a stack that is none",
    "accounts:\n  prod: '111111111111'\n",
    '{"accounts": {\n  "prod": "111111111111"}}',
    "2:3",
    "2:3",
    "accounts.prod: is no stack, expected project/stack",
  ],
  [
    "a list that is empty",
    "sendTimeConfigurationSets:\n  - configurationSet: a\n    identities: []\n    reason: library\n",
    '{"sendTimeConfigurationSets": [{"configurationSet": "a",\n  "identities": [],\n  "reason": "library"}]}',
    "3:5",
    "2:3",
    "sendTimeConfigurationSets[0].identities: is an empty list",
  ],
  [
    "an identity of an inventory that lacks what the rules read",
    "externalIdentities:\n  - {identity: a.example, kind: domain, account: null, region: null, bounce: [], complaint: []}\n",
    '{"externalIdentities": [\n  {"identity": "a.example", "kind": "domain", "account": null, "region": null, "bounce": [], "complaint": []}\n]}',
    "2:5",
    "2:3",
    "externalIdentities[0].delivery: missing",
  ],
];

describe.each(MISTAKES)("%s", (_, yaml, json, placeOfYaml, placeOfJson, message) => {
  test.each([
    ["ses-guard.yaml", yaml, placeOfYaml],
    ["ses-guard.json", json, placeOfJson],
    ["ses-guard.yaml", yaml.replaceAll("\n", "\r\n"), placeOfYaml],
  ])("is shown in %s at its line and column", (name, text, place) => {
    write(name, text);
    expect(failure()).toContain(`${name}:${place}: ${message}`);
    expect(failure()).toMatch(/ \(see docs\/configuration\.md\)$/);
  });
});

test("a mistake in a file that is nested too deep for places is still named", () => {
  write("ses-guard.json", `{"rules": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`);
  expect(failure()).toMatch(/^ses-guard\.json:1:\d+: rules: is a list, expected a mapping/);
});

test("several mistakes have a place each", () => {
  write("ses-guard.yaml", "emailForwarding: acept\nrules:\n  bounce-handling: off\n");
  expect(failure()).toBe(
    'ses-guard.yaml:1:1: emailForwarding: "acept" is not allowed, expected when-declared, accept or reject, did you ' +
      'mean accept?; ses-guard.yaml:3:3: rules.bounce-handling: "off" is not allowed, expected mandatory, advisory or ' +
      "disabled (see docs/configuration.md)",
  );
});

test("a mistake that an anchor brings in is shown where it is written", () => {
  write("ses-guard.yaml", "rules: &levels\n  bounce-handling: off\nexceptions: *levels\n");
  expect(failure()).toContain("ses-guard.yaml:2:3: rules.bounce-handling:");
  expect(failure()).toContain("ses-guard.yaml:3:1: exceptions: is a mapping, expected a list");
});

test("many mistakes are counted, not all written", () => {
  write("ses-guard.yaml", Array.from({ length: 40 }, (_, index) => `key${index}: 1\n`).join(""));
  expect(failure()).toContain("; and 35 more");
});

test("a directory in the place of the file is no missing file", () => {
  mkdirSync(join(folder, "ses-guard.yaml"));
  expect(failure()).toContain("or above: it is a directory, name a file with --config");
});

test("a file that is missing or a directory says what to do", () => {
  expect(failure("nowhere.yaml")).toBe(
    "nowhere.yaml: there is no such file, give the path of a configuration file with --config",
  );
  expect(failure("../b")).toContain("../b: it is a directory");
});

describe("the file of what is checked", () => {
  const of = (...folders: string[]) => configurationOf(undefined, folders, folder, RULES);

  test("is found upwards from there, before the working directory's", () => {
    write("ses-guard.yaml", "emailForwarding: reject\n");
    mkdirSync(join(top, "programs", "mail"), { recursive: true });
    expect(of("../../programs/mail")).toMatchObject({ name: "ses-guard.yaml", config: { emailForwarding: "reject" } });
    write("ses-guard.yaml", "emailForwarding: accept\n", join(top, "programs"));
    const found = of("../../programs/mail", "../../programs");
    expect(found).toMatchObject({ name: "../../programs/ses-guard.yaml", config: { emailForwarding: "accept" } });
  });

  test("does not stand above the repository", () => {
    write("ses-guard.yaml", "emailForwarding: accept\n", top);
    mkdirSync(join(top, "a", ".git"));
    expect(of(".")).toEqual({ config: DEFAULT_CONFIG });
  });

  test("is one: two are refused by name", () => {
    write("ses-guard.yaml", "emailForwarding: accept\n");
    write("ses-guard.yaml", "emailForwarding: accept\n", top);
    expect(() => of(".", "../..")).toThrow(
      "ses-guard.yaml and ../../ses-guard.yaml both configure what is checked; name one with --config",
    );
  });
});

describe("the place of an entry", () => {
  const stale = "exceptions:\n  - {rule: bounce-handling, identity: a.example, reason: never sends}\n";

  test("is relative to the repository", () => {
    write("ses-guard.yaml", stale);
    mkdirSync(join(top, ".git"));
    const { placeOf } = configurationOf(undefined, [], folder, RULES);
    expect(placeOf?.(["exceptions", 0])).toEqual({ path: "a/b/ses-guard.yaml", line: 2, column: 5 });
  });

  test("is none in a file outside of it", () => {
    write("ses-guard.yaml", stale, top);
    mkdirSync(join(folder, ".git"));
    const { config, placeOf } = configurationOf("../../ses-guard.yaml", [], folder, RULES);
    expect(config.exceptions).toHaveLength(1);
    expect(placeOf).toBeUndefined();
  });
});
