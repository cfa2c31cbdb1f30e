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
    "rules:\n  bounce-handeling: advisory\n",
    "rules.bounce-handeling: unknown rule, did you mean bounce-handling?",
  ],
  [
    "ses-guard.yaml",
    "emailForwarding: accept\nemailForwarding: reject\n",
    "not valid YAML at line 2, column 1: Map keys must be unique",
  ],
  ["ses-guard.yaml", "rules: [\n", "not valid YAML"],
  ["ses-guard.yaml", "a: 1\n---\nb: 2\n", "not valid YAML"],
  ["ses-guard.yaml", "rules: *missing\n", "not valid YAML"],
  ["ses-guard.yaml", "just text\n", "configuration: is text, expected a mapping of keys"],
  ["ses-guard.json", '{"rules": }', "not valid JSON at line 1, column 11"],
  ["ses-guard.json", "", "the JSON ends too early, at line 1, column 1"],
  ["ses-guard.json", "null", "configuration: is empty"],
])("%s with %j is refused in one line that names the file", (name, text, message) => {
  write(name, text);
  expect(failure()).toContain(`${name}: ${message}`);
  expect(failure()).not.toMatch(/[\u0000-\u001f]/);
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
