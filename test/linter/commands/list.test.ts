import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCli, type Cli } from "../../support/cli";

const CORPUS = join(__dirname, "..", "..", "fixtures", "corpus");
const SHARED = readFileSync(join(CORPUS, "across-stacks", "state.json"), "utf8");
const APP = readFileSync(join(CORPUS, "across-stacks", "state-2.json"), "utf8");
const NOBODY = readFileSync(join(CORPUS, "domain-only", "state.json"), "utf8");

let cli: Cli;
let folder: string;
beforeAll(() => {
  cli = buildCli();
});
afterAll(() => cli.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ses-guard-list-"));
  file("shared.json", SHARED);
  file("app.json", APP);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return name;
}

function list(args: readonly string[], input?: string) {
  return cli.run(["list", ...args], { cwd: folder, input });
}

/** Exit code 2, nothing on standard output, one line that says what is wrong. */
function expectRefusal(result: ReturnType<typeof list>, line: string): void {
  expect(result).toEqual({ code: 2, stdout: "", stderr: expect.stringMatching(/^ses-guard: [^\n]+\n$/) });
  expect(result.stderr).toContain(line);
}

interface Listed {
  identities: { identity: string; stack: string; bounce: { ending: string }; ancestor: object | null }[];
  notVisible: string[];
}
const listed = (args: readonly string[], input?: string): Listed =>
  JSON.parse(list([...args, "--format", "json"], input).stdout);

describe("documents", () => {
  test("are read together: an address of one stack stands below its domain of another", () => {
    const { code, stdout, stderr } = list(["shared.json", "app.json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("└─ ceo@example.com  nobody       nobody       –");
    expect(stdout).toMatch(/^Somebody receives the bounces and complaints of 1 of 2 identities\.$/m);
  });

  test("may be standard input, alone", () => {
    expect(list(["-"], SHARED)).toEqual(list(["shared.json"]));
  });

  test("may be standard input among others", () => {
    expect(list(["shared.json", "-"], APP)).toEqual(list(["shared.json", "app.json"]));
  });

  test("a state and a preview of one stack are one", () => {
    const documents = ["state.json", "preview.json"].map((name) => join(CORPUS, "handled-domain", name));
    expect(listed(documents).identities).toHaveLength(1);
  });

  test("without an identity are no mistake, and no list", () => {
    const empty = JSON.stringify({ version: 3, deployment: { resources: [] } });
    expect(list(["-"], empty)).toEqual({ code: 0, stdout: "No identity in view.\n", stderr: "" });
    expect(listed(["-"], empty)).toMatchObject({ version: 1, identities: [], notVisible: [] });
  });

  test("whose mail nobody hears are no failure of the list", () => {
    const { code, stdout } = list(["-"], NOBODY);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nobody is known to receive both bounces and complaints of the one identity\.$/m);
  });
});

test("JSON has every identity with what the text says", () => {
  const { identities, notVisible } = listed(["shared.json", "app.json"]);
  expect(identities).toEqual([
    expect.objectContaining({
      identity: "ceo@example.com",
      stack: "app/prod",
      bounce: expect.objectContaining({ ending: "nobody" }),
      ancestor: { identity: "example.com", differs: true, settings: ["bounce", "complaint"], intended: false },
    }),
    expect.objectContaining({
      identity: "example.com",
      stack: "mail/shared",
      bounce: expect.objectContaining({ ending: "received" }),
      ancestor: null,
    }),
  ]);
  expect(list(["shared.json", "app.json"]).stdout).toContain(`${notVisible.length} things can't be seen from here`);
});

describe("what can't be listed is refused in one line", () => {
  test.each<[string, string, string]>([
    ["nothing", "", "standard input: the file is empty; expected what `pulumi stack export`"],
    ["white space", " \n\t\n", "standard input: the file is empty"],
    ["prose", "# Mail\n", "standard input:1:1: not valid JSON"],
    ["half a document", SHARED.slice(0, SHARED.length / 2), "the JSON ends too early; the file is cut off"],
    ["a template of CloudFormation", '{"AWSTemplateFormatVersion": "2010-09-09"}', "found a CloudFormation template"],
    ["a Terraform state", '{"version": 4, "terraform_version": "1.9.0", "resources": []}', "found a Terraform state"],
    [
      "a list",
      '{"version": 1, "tool": {"name": "ses-guard"}, "identities": []}',
      "found an object with the keys version,",
    ],
    ["an array", "[]", "found an array"],
  ])("%s", (_, text, line) => {
    expectRefusal(list(["-"], text), line);
    expectRefusal(list(["shared.json", "-", "--format", "json"], text), line);
  });

  test("a file that is not there", () => {
    expectRefusal(list(["none.json"]), "none.json: can't be read: there is no such file");
  });

  test("a folder without a program", () => {
    mkdirSync(join(folder, "empty"));
    expectRefusal(list(["shared.json", "empty"]), "empty: there is no Pulumi.yaml here or above");
  });

  test("standard input twice", () => {
    expectRefusal(list(["-", "-"], SHARED), "standard input (-) is given twice; it can be read once");
  });

  test("two states of one stack", () => {
    expectRefusal(list(["shared.json", "-"], SHARED), "are both a state of mail/shared");
  });

  test("a format that lists don't have", () => {
    expectRefusal(list(["shared.json", "--format", "sarif"]), "Allowed choices are text, json, markdown, html.");
  });
});

describe("--output", () => {
  test.each(["text", "json", "markdown", "html"])(
    "%s goes to the file, and is what standard output would get",
    (format) => {
      const args = ["shared.json", "app.json", "--format", format];
      expect(list([...args, "--output", "who"])).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(readFileSync(join(folder, "who"), "utf8")).toBe(list(args).stdout);
      expect(list([...args, "--output", "who"]).code).toBe(0);
    },
  );

  test("writes over nothing that is read or somebody else's", () => {
    file("notes.txt", "mine\n");
    expectRefusal(list(["shared.json", "--output", "shared.json"]), "that is shared.json, which is read");
    expectRefusal(list(["shared.json", "--output", "notes.txt"]), "there is a file that is no report of ses-guard");
    expect(readFileSync(join(folder, "shared.json"), "utf8")).toBe(SHARED);
    expect(readFileSync(join(folder, "notes.txt"), "utf8")).toBe("mine\n");
  });

  test("is left alone where the list could not be made", () => {
    expectRefusal(list(["shared.json", "-", "--output", "who"], "{"), "standard input:1:2: the JSON ends too early");
    expect(readdirSync(folder).sort()).toEqual(["app.json", "shared.json"]);
  });
});
