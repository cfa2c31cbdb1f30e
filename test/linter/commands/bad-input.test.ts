import { constants } from "node:buffer";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCli, type Cli } from "../../support/cli";

const CORPUS = join(__dirname, "..", "..", "fixtures", "corpus");
const DOCUMENTS = join(__dirname, "..", "..", "fixtures", "documents", "engine");
// What makes a terminal do something; line breaks are the only control characters of a report.
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

let cli: Cli;
let folder: string;
beforeAll(() => {
  cli = buildCli();
});
afterAll(() => cli.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ses-guard-bad-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return name;
}

function lint(...args: string[]) {
  return cli.run(["lint", ...args], { cwd: folder });
}

/** Exit code 2, nothing on standard output, one printable line that starts as given, nothing written. */
function expectRefusal(result: ReturnType<typeof lint>, ...parts: string[]): void {
  expect(result).toMatchObject({ code: 2, stdout: "" });
  expect(result.stderr).toMatch(/^ses-guard: [^\n]+\n$/);
  expect(result.stderr.trimEnd()).not.toMatch(CONTROL);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  for (const part of parts) expect(result.stderr).toContain(part);
}

const good = readFileSync(join(CORPUS, "handled-domain", "state.json"), "utf8");
type Row = Record<string, unknown>;

function withRows(change: (rows: Row[]) => unknown): string {
  const state = JSON.parse(good) as { deployment: { resources: Row[] } };
  change(state.deployment.resources);
  return JSON.stringify(state);
}

describe("files that can't be read", () => {
  test("a missing one", () => expectRefusal(lint("none.json"), "none.json: can't be read: there is no such file"));

  test("a directory", () => {
    mkdirSync(join(folder, "stack"));
    expectRefusal(lint("stack"), "stack: can't be read: it is a directory");
  });

  test("one below a file", () => {
    file("a", "");
    expectRefusal(lint("a/b.json"), "a/b.json: can't be read: a part of the path is not a directory");
  });

  test("a link to itself", () => {
    symlinkSync("loop.json", join(folder, "loop.json"));
    expectRefusal(lint("loop.json"), "loop.json: can't be read: too many symbolic links");
  });

  test("one with a name that moves the cursor", () => {
    expectRefusal(lint("\u001b[2Jnone.json"), "\\u{1b}[2Jnone.json: can't be read");
  });

  test("one larger than a string", () => {
    truncateSync(join(folder, file("large.json", "{")), constants.MAX_STRING_LENGTH + 1);
    expectRefusal(lint("large.json"), "large.json: too large, more than");
  });

  test("a good one beside a bad one", () => {
    file("good.json", good);
    expectRefusal(lint("good.json", file("bad.json", "{")), "bad.json:1:2: the JSON ends too early");
  });
});

describe("documents that can't be understood", () => {
  test.each([
    ["empty", "", "the file is empty"],
    ["truncated", good.slice(0, good.length / 2), ": the JSON ends too early"],
    ["not JSON", "resources:\n  - a", "file.json:1:1: not valid JSON"],
    ["JSON and more", `${good}\n${good}`, ": not valid JSON"],
    ["binary", "\u0000\u0001\u0002\u0003", "file.json:"],
    ["CloudFormation", '{"AWSTemplateFormatVersion":"2010-09-09","Resources":{}}', "found a CloudFormation template"],
    ["an array", "[]", "found an array"],
    ["a number", "1", "found a number"],
    ["100,000 arrays", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "found an array"],
    ["100,000 objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, "found an object with the keys a"],
  ])("%s", (_, content, expected) => {
    expectRefusal(lint(file("file.json", content)), "file.json:", expected);
  });

  test("a preview that failed", () => {
    expectRefusal(lint(join(DOCUMENTS, "preview-error.json")), "the preview failed with an error");
  });

  test("a preview that failed with a message from elsewhere", () => {
    const diagnostics = [{ severity: "error", message: "\u001b[31mred\u001b[0m \u202eevil\nsecond line" }];
    expectRefusal(lint(file("p.json", JSON.stringify({ diagnostics }))), "\\u{1b}[31mred", "make it succeed");
  });

  test("two states of one stack", () => {
    file("a.json", good);
    file("b.json", good);
    expectRefusal(lint("a.json", "b.json"), "a.json and b.json are both a state of mail/prod");
  });
});

describe("standard input", () => {
  test("is read for -", () => {
    const { code, stdout } = cli.run(["lint", "-", "--format", "json"], { cwd: folder, input: good });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { identities: 1 } });
  });

  test("may be empty by mistake", () => {
    expectRefusal(lint("-"), "standard input: the file is empty");
  });

  test("is given once", () => {
    expectRefusal(cli.run(["lint", "-", "-"], { cwd: folder, input: good }), "standard input (-) is given twice");
  });
});

describe("other encodings and repetitions are read", () => {
  const utf16 = (text: string) => Buffer.from(text, "utf16le");
  test.each([
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${good}`)],
    ["UTF-16 as PowerShell writes it", utf16(`\ufeff${good}`)],
    ["UTF-16 without a mark", utf16(good)],
    ["UTF-16, big end first", utf16(`\ufeff${good}`).swap16()],
    ["UTF-16, big end first, without a mark", utf16(good).swap16()],
  ])("%s", (_, content) => {
    file("plain.json", good);
    file("coded.json", content);
    const { code, stdout } = lint("coded.json", "--format", "json");
    expect(code).toBe(0);
    expect(stdout).toBe(lint("plain.json", "--format", "json").stdout);
  });

  test("one file given twice", () => {
    file("a.json", good);
    expect(lint("a.json", "./a.json", "--format", "json").stdout).toBe(lint("a.json", "--format", "json").stdout);
  });
});

describe("one odd resource in a sound document is unverified", () => {
  const isTopic = ({ type }: Row) => type === "aws:sns/topic:Topic";
  test.each<[string, (rows: Row[]) => unknown]>([
    ["a number for a resource", (rows) => rows.push(7 as unknown as Row)],
    ["null for a resource", (rows) => rows.push(null as unknown as Row)],
    ["no URN", (rows) => delete rows.find(isTopic)?.urn],
    ["a broken URN", (rows) => Object.assign(rows.find(isTopic) as Row, { urn: "urn:broken" })],
    ["a URN of the wrong type", (rows) => Object.assign(rows.find(isTopic) as Row, { urn: ["x"] })],
    ["a duplicate URN", (rows) => rows.push({ ...(rows.find(isTopic) as Row) })],
    ["inputs of the wrong type", (rows) => Object.assign(rows.find(isTopic) as Row, { inputs: "x" })],
    ["outputs of the wrong type", (rows) => Object.assign(rows.find(isTopic) as Row, { outputs: [] })],
  ])("%s", (_, change) => {
    const { code, stdout, stderr } = lint(file("s.json", withRows(change)), "--format", "json");
    const { findings, summary } = JSON.parse(stdout) as { findings: Row[]; summary: Row };
    expect({ code, stderr }).toEqual({ code: findings.some(({ level }) => level === "mandatory") ? 1 : 0, stderr: "" });
    expect(summary.unverified).toBeGreaterThan(0);
    expect(lint("s.json", "--strict").code).toBe(1);
  });
});

describe("strange values neither crash a rule nor reach the terminal as they are", () => {
  const evil = "\u001b[2J\u0007\u009b31m\u202eevil\u2028";
  const rows = (change: (row: Row) => unknown) => withRows((all) => all.forEach(change));
  const variants: [string, string][] = [
    ["names", good.replaceAll("example.com", JSON.stringify(`${evil}.example.com`).slice(1, -1))],
    ["URNs", good.replaceAll(/::feedback/g, `::${JSON.stringify(evil).slice(1, -1)}`)],
    ["types", rows((row) => Object.assign(row, { type: `${String(row.type)}${evil}` }))],
    ["inputs of every wrong type", rows((row) => replaceValues(row, "inputs", [evil, 1, [], {}, true]))],
    ["deep inputs", rows((row) => Object.assign(row, { inputs: { ...(row.inputs as Row), policy: deep(2000) } }))],
    ["__proto__", good.replaceAll('"inputs": {', '"inputs": { "__proto__": {"domain": "x"}, "constructor": 1,')],
    ["source positions", rows((row) => Object.assign(row, { sourcePosition: `project:///${evil}#1,1` }))],
  ];
  const formats = ["text", "json", "sarif", "junit", "github"];
  test.each(variants.flatMap(([name, content]) => formats.map((format) => [name, format, content] as const)))(
    "%s, as %s",
    (_, format, content) => {
      const { code, stdout, stderr } = lint(file("s.json", content), "--format", format);
      expect([0, 1]).toContain(code);
      expect(stderr).toBe("");
      expect(stdout).not.toMatch(CONTROL);
      expect(stdout).not.toContain("The rule itself failed");
    },
  );

  test("100,000 levels inside a policy", () => {
    const nested = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    for (const property of ["policy", "name", "kmsMasterKeyId", "filterPolicy"]) {
      const content = good.replaceAll('"inputs": {', `"inputs": { "${property}": ${nested},`);
      expect(content).not.toBe(good);
      const { code, stdout, stderr } = lint(file("s.json", content), "--format", "json");
      expect([property, code === 2, stderr]).toEqual([property, false, ""]);
      expect(stdout).not.toContain("The rule itself failed");
    }
  });
});

test("nothing is written beside the requested output", () => {
  file("s.json", good);
  mkdirSync(join(folder, "reports"));
  expect(lint("s.json", "--format", "json", "--output", "reports/r.json")).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(JSON.parse(readFileSync(join(folder, "reports", "r.json"), "utf8"))).toMatchObject({ version: 1 });
  expect(readdirSync(join(folder, "reports"))).toEqual(["r.json"]);
  expect(readdirSync(folder).sort()).toEqual(["reports", "s.json"]);
});

function replaceValues(row: Row, key: string, values: unknown[]): void {
  const properties = row[key] as Row | undefined;
  for (const [index, name] of Object.keys(properties ?? {}).entries()) {
    (properties as Row)[name] = values[index % values.length];
  }
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}
