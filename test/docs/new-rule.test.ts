import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { rules } from "../../policies/rules";

const ROOT = join(__dirname, "../..");
const NAME = "topic-name";
const FILES = [`policies/rules/${NAME}.ts`, `test/policies/rules/${NAME}.test.ts`, `docs/rules/${NAME}.md`];

const COPIED = [
  ...["components", "policies", "linter", "test/policies/rules", "test/support", "docs", "scripts"],
  ...["jest.config.js", "package.json", "schema.json"],
];

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "ses-guard-rule-"));
  for (const path of COPIED) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function newRule(...args: string[]) {
  const script = join(ROOT, "scripts/new-rule.mjs");
  return spawnSync(process.execPath, [script, "--root", copy, ...args], { encoding: "utf8" });
}

function read(path: string): string {
  return readFileSync(join(copy, path), "utf8");
}

test.each([
  [["Topic-Name"], "is no name for a rule"],
  [["topic"], "is no name for a rule"],
  [["../topic-name"], "is no name for a rule"],
  [["bounce-handling"], "policies/rules/bounce-handling.ts exists already"],
  [[], "usage: npm run new-rule NAME"],
  [["topic-name", "topic-other"], "usage: npm run new-rule NAME"],
])("%j is refused in one line, and nothing is written", (args, reason) => {
  const before = read("policies/rules/index.ts");
  const { status, stdout, stderr } = newRule(...args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^new-rule: .*\n$/);
  expect(stderr).toContain(reason);
  expect(read("policies/rules/index.ts")).toBe(before);
  expect(FILES.filter((path) => existsSync(join(copy, path)))).toEqual([]);
});

describe("a scaffold", () => {
  beforeAll(() => expect(newRule(NAME)).toMatchObject({ status: 0, stderr: "" }));

  test("has its place in the index: imports in order, before the rules that look at the others", () => {
    const index = read("policies/rules/index.ts");
    const imports = Array.from(index.matchAll(/^import .* from "(.*)";$/gm), ([, path]) => path);
    expect(imports).toContain(`./${NAME}`);
    expect(imports).toEqual([...imports].sort());
    expect(index).toMatch(/\n {2}defaultConfigurationSet,\n {2}topicName,\n {2}staleOverride,\n {2}unverified,\n\];/);
  });

  test("does not compile before its blanks are filled in", () => {
    const file = join(copy, `policies/rules/${NAME}.ts`);
    const options = { strict: true, noEmit: true, types: [], target: ts.ScriptTarget.ES2022, skipLibCheck: true };
    const program = ts.createProgram([file], options);
    const errors = program.getSemanticDiagnostics(program.getSourceFile(file));
    const texts = errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(texts.sort()).toEqual([
      expect.stringContaining("<critical, high, medium or low>"),
      expect.stringContaining("<mandatory or advisory>"),
      expect.stringContaining("<numbers of docs/ses.md, F1 to F24>"),
    ]);
  });

  test("stops the generators before they rewrite anything", () => {
    const generated = ["docs/rules.md", `docs/rules/${NAME}.md`, "policies/generated/ses-guard.schema.json"];
    const before = generated.map(read);
    const run = () => spawnSync(process.execPath, [join(copy, "scripts/generate.mjs")], { encoding: "utf8" });
    const refusal = (path: string, blank: string) => ({
      status: 1,
      stdout: "",
      stderr: `generate: ${path}: fill in ${blank} first\n`,
    });
    expect(run()).toMatchObject(refusal(FILES[0]!, "<mandatory or advisory>"));
    const scaffold = read(FILES[0]!);
    const filledIn = scaffold.replace("<mandatory or advisory>", "advisory").replace(/<.*F24>/, "F1");
    writeFileSync(join(copy, FILES[0]!), filledIn.replace(/"<.*>"/g, '"text"'));
    expect(run()).toMatchObject(refusal(FILES[0]!, "<where, why>"));
    writeFileSync(join(copy, FILES[0]!), filledIn.replace(/"<.*>"/g, '"text"').replace("<where, why>", "text"));
    expect(run()).toMatchObject(refusal(FILES[2]!, "<what is wrong with this program>"));
    writeFileSync(join(copy, FILES[0]!), scaffold);
    expect(generated.map(read)).toEqual(before);
  });

  test("is refused by the rule tester", () => {
    const jest = join(ROOT, "node_modules/jest/bin/jest.js");
    const { status, stderr } = spawnSync(process.execPath, [jest, "--rootDir", copy, FILES[1]!], {
      cwd: copy,
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toContain("✕ has cases that fail, pass and are not known, each different");
  });

  test("is refused a second time", () => {
    expect(newRule(NAME)).toMatchObject({ status: 1, stdout: "", stderr: `new-rule: ${FILES[0]} exists already\n` });
  });

  test("has a page like every other", () => {
    const headings = (page: string) => page.match(/^## .*|^<!-- .* -->$/gm);
    for (const { meta } of rules) {
      expect(headings(readFileSync(join(ROOT, `docs/rules/${meta.id}.md`), "utf8"))).toEqual(headings(read(FILES[2]!)));
    }
  });
});
