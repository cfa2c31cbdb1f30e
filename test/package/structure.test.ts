import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../support/engine";

const SCRIPT = join(root, "scripts", "check-structure.mjs");

/** At least one for every row of the table; the first column is the row. */
const FORBIDDEN: readonly (readonly [row: string, file: string, imported: string])[] = [
  ["policies/text", "policies/text/a.ts", "../config/date"],
  ["policies/text", "policies/text/b.ts", "node:fs"],
  ["policies/config", "policies/config/a.ts", "../model/identity"],
  ["policies/config", "policies/config/b.ts", "../rules"],
  ["policies/config", "policies/config/c.ts", "node:fs"],
  ["policies/generated", "policies/generated/a.ts", "../model/value"],
  ["policies/generated", "policies/generated/b.ts", "ajv"],
  ["policies/model/value", "policies/model/value.ts", "./record"],
  ["policies/model/record", "policies/model/record.ts", "./inventory"],
  ["policies/model/arn", "policies/model/arn.ts", "./iam"],
  ["policies/model/region", "policies/model/region.ts", "../config"],
  ["policies/model/account", "policies/model/account.ts", "@aws-sdk/client-sts"],
  ["policies/model/home", "policies/model/home.ts", "./inventory/types"],
  ["policies/model/identity", "policies/model/identity.ts", "./flow"],
  ["policies/model/finding", "policies/model/finding.ts", "../rules/shared/rule"],
  ["policies/model/iam", "policies/model/iam/a.ts", "../inventory"],
  ["policies/model/iam", "policies/model/iam/b.ts", "../record"],
  ["policies/model/reason", "policies/model/reason.ts", "./flow"],
  ["policies/model/reading", "policies/model/reading.ts", "./inventory/types"],
  ["policies/model/collections", "policies/model/collections.ts", "./flow"],
  ["policies/model/inventory", "policies/model/inventory/a.ts", "../readers"],
  ["policies/model/inventory", "policies/model/inventory/b.ts", "../flow"],
  ["policies/model/inventory", "policies/model/inventory/c.ts", "../../config"],
  ["policies/model/forwarding", "policies/model/forwarding.ts", "./flow"],
  ["policies/model/handling", "policies/model/handling.ts", "./access"],
  ["policies/model/filter", "policies/model/filter.ts", "./inventory/types"],
  ["policies/model/bus", "policies/model/bus.ts", "./flow"],
  ["policies/exceptions", "policies/exceptions.ts", "./evaluate"],
  ["policies/model/topic", "policies/model/topic.ts", "./flow"],
  ["policies/model/flow", "policies/model/flow.ts", "./hears"],
  ["policies/model/access", "policies/model/access.ts", "./flow"],
  ["policies/model/hears", "policies/model/hears.ts", "./readers/sns"],
  ["policies/model/receivers", "policies/model/receivers.ts", "./access"],
  ["policies/model/shadows", "policies/model/shadows.ts", "../rules/shared/rule"],
  ["policies/model/readers", "policies/model/readers/a.ts", "../build"],
  ["policies/model/readers", "policies/model/readers/b.ts", "../flow"],
  ["policies/model/readers", "policies/model/readers/c.ts", "@pulumi/pulumi"],
  ["policies/model/build", "policies/model/build.ts", "../evaluate"],
  ["policies/rules/shared", "policies/rules/shared/a.ts", "../queue-policy"],
  ["policies/rules/shared", "policies/rules/shared/b.ts", "../../model/readers/sns"],
  ["policies/rules", "policies/rules/a.ts", "./b"],
  ["policies/rules", "policies/rules/b.ts", "../pack"],
  ["policies/rules", "policies/rules/c.ts", "../model/build"],
  ["policies/rules", "policies/rules/d.ts", "../config"],
  ["policies/rules", "policies/rules/e.ts", "@pulumi/policy"],
  ["policies/rules", "policies/rules/f.ts", "node:fs"],
  ["policies/rules/index", "policies/rules/index.ts", "../evaluate"],
  ["policies/evaluate", "policies/evaluate.ts", "./pack"],
  ["policies/evaluate", "policies/evaluate.ts", "node:child_process"],
  ["policies/pack", "policies/pack/a.ts", "../index"],
  ["policies/pack", "policies/pack/b.ts", "../../linter/run"],
  ["policies/pack", "policies/pack/c.ts", "node:fs"],
  ["policies/index", "policies/index.ts", "./evaluate"],
  ["linter/io", "linter/io/a.ts", "../report"],
  ["linter/io", "linter/io/b.ts", "../../policies/model/record"],
  ["linter/setup", "linter/setup/a.ts", "../run"],
  ["linter/sources/documents", "linter/sources/documents/a.ts", "../program/run"],
  ["linter/sources/documents", "linter/sources/documents/b.ts", "../../../policies/rules"],
  ["linter/sources/documents", "linter/sources/documents/c.ts", "../../reporters"],
  ["linter/sources/documents", "linter/sources/documents/d.ts", "node:fs"],
  ["linter/sources/program", "linter/sources/program/a.ts", "../../commands/preview"],
  ["linter/sources/program", "linter/sources/program/b.ts", "../../../policies/evaluate"],
  ["linter/sources/program", "linter/sources/program/c.ts", "yaml"],
  ["linter/aws", "linter/aws/a.ts", "../io/errors"],
  ["linter/sources/account", "linter/sources/account/a.ts", "../../../policies/rules"],
  ["linter/sources/account", "linter/sources/account/b.ts", "@pulumi/pulumi"],
  ["linter/proof", "linter/proof/a.ts", "../report/build"],
  ["linter/proof", "linter/proof/b.ts", "../sources/account/client"],
  ["linter/proof", "linter/proof/c.ts", "node:fs"],
  ["linter/report", "linter/report/a.ts", "../reporters"],
  ["linter/report", "linter/report/b.ts", "../sources/documents"],
  ["linter/report", "linter/report/c.ts", "node:fs"],
  ["linter/candidates", "linter/candidates.ts", "./proof/client"],
  ["linter/inventory", "linter/inventory/a.ts", "../reporters"],
  ["linter/inventory", "linter/inventory/b.ts", "../sources/account"],
  ["linter/reporters", "linter/reporters/a.ts", "node:fs"],
  ["linter/reporters", "linter/reporters/b.ts", "../sources/documents"],
  ["linter/reporters", "linter/reporters/c.ts", "../io/output"],
  ["linter/reporters", "linter/reporters/d.ts", "../../policies/rules"],
  ["linter/config", "linter/config.ts", "../policies/rules"],
  ["linter/stacks", "linter/stacks/a.ts", "../report/build"],
  ["linter/program-options", "linter/program-options.ts", "./commands/preview"],
  ["linter/generated", "linter/generated/a.ts", "node:fs"],
  ["linter/outputs", "linter/outputs.ts", "./run"],
  ["linter/run", "linter/run.ts", "./commands/lint"],
  ["linter/commands", "linter/commands/a.ts", "./b"],
  ["linter/commands", "linter/commands/b.ts", "../cli"],
  ["linter/commands", "linter/commands/c.ts", "../../policies/pack"],
  ["linter/cli", "linter/cli.ts", "../policies/rules"],
  ["linter/index", "linter/index.ts", "./cli"],
  ["linter/index", "linter/index.ts", "../components"],
  ["components/handler", "components/handler/a.ts", "../names"],
  ["components/handler", "components/handler/b.ts", "@pulumi/aws"],
  ["components", "components/a.ts", "../policies/evaluate"],
  ["components", "components/b.ts", "../linter/run"],
  ["components", "components/c.ts", "./handler/read"],
  ["components", "components/d.ts", "node:fs"],
  ["components/handler", "components/handler/c.ts", "node:fs"],
];

const ALLOWED = [
  ["policies/config/x.ts", "../text/printable"],
  ["policies/model/identity.ts", "node:url"],
  ["policies/model/iam/x.ts", "./glob"],
  ["policies/model/readers/x.ts", "../inventory/links"],
  ["policies/model/build.ts", "./readers"],
  ["policies/model/hears.ts", "./flow"],
  ["policies/rules/x.ts", "../model/value"],
  ["policies/rules/x.ts", "./shared/rule"],
  ["policies/rules/index.ts", "./queue-policy"],
  ["policies/evaluate.ts", "./model/build"],
  ["policies/pack/x.ts", "@pulumi/policy"],
  ["linter/io/x.ts", "node:fs"],
  ["linter/sources/documents/x.ts", "../../../policies/model/record"],
  ["linter/sources/program/x.ts", "@pulumi/pulumi/proto/resource_pb"],
  ["linter/report/x.ts", "../../policies/evaluate"],
  ["linter/reporters/x.ts", "../report"],
  ["linter/commands/x.ts", "../sources/documents"],
  ["linter/cli.ts", "./commands/lint"],
  ["linter/index.ts", "../policies/evaluate"],
  ["components/x.ts", "@pulumi/aws/ses"],
  ["components/provider.ts", "../schema.json"],
] as const;

const folder = mkdtempSync(join(tmpdir(), "ses-guard-structure-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, files: Readonly<Record<string, string>>): string {
  const project = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  return project;
}

function check(name: string, files: Readonly<Record<string, string>>) {
  const project = write(name, files);
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, project], { encoding: "utf8" });
  return { status, stderr, breaches: stdout.trim().split("\n").filter(Boolean) };
}

/** Files that import something in the first line, twice where they are named twice. */
function importing(imports: readonly (readonly [file: string, imported: string])[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [file, imported] of imports) files[file] = `${files[file] ?? ""}export * from "${imported}";\n`;
  return files;
}

describe("imports", () => {
  const breachesOf = check("forbidden", importing(FORBIDDEN.map(([, file, imported]) => [file, imported]))).breaches;

  test.each(FORBIDDEN)("%s: %s may not import %s", (row, file, imported) => {
    const told = breachesOf.filter((line) => line.startsWith(`${file}:`) && line.includes(` imports ${imported}: `));
    expect(told).toEqual([expect.stringMatching(`^${file}:\\d+ imports .*: ${row} may import (only|nothing)`)]);
  });

  test("that are allowed pass", () => {
    expect(check("allowed", importing(ALLOWED))).toEqual({ status: 0, stderr: "", breaches: [] });
  });

  test("every row of the table is tried", () => {
    const { stdout } = spawnSync(process.execPath, [SCRIPT, "--borders"], { encoding: "utf8" });
    const rows = JSON.parse(stdout).flatMap(([names]: [string[]]) => names);
    expect(new Set(FORBIDDEN.map(([row]) => row))).toEqual(new Set(rows));
  });

  test.each([
    ['import type { x } from "./other";', "a type"],
    ['type X = import("./other").X;', "a type in place"],
    ['const x = import("./other");', "when it runs"],
    ['const x = require("./other");', "as CommonJS"],
    ['import x = require("./other");', "as TypeScript's CommonJS"],
    ['const x = require.resolve("./other");', "a path only"],
  ])("%s is seen (%s)", (text) => {
    const { status, breaches } = check(`way-${text.length}`, { "policies/rules/x.ts": `// One.\n${text}\n` });
    expect(breaches).toEqual([
      expect.stringMatching(/^policies\/rules\/x\.ts:2 imports \.\/other: policies\/rules may /),
    ]);
    expect(status).toBe(1);
  });

  test("a file that the table does not know is refused", () => {
    const { status, breaches } = check("nowhere", { "policies/model/helpers.ts": "export {};\n" });
    expect(breaches).toEqual([expect.stringMatching(/^policies\/model\/helpers\.ts:1 stands nowhere in the table/)]);
    expect(status).toBe(1);
  });
});

test("nobody imports in a circle, of types neither", () => {
  const { status, breaches } = check("circle", {
    "components/one.ts": 'import type { B } from "./two";\n',
    "components/two.ts": 'import { x } from "@pulumi/pulumi";\n\nexport * from "./three";\n',
    "components/three/index.ts": 'export * from "../one";\nexport * from "./four";\n',
    "components/three/four.ts": 'export * from "../five";\n',
    "components/five.ts": "export {};\n",
    "components/six.ts": 'export * from "./six";\n',
  });
  expect(breaches).toEqual([
    "components/three/index.ts:1 closes a circle: components/one -> components/two -> components/three/index -> components/one",
    "components/six.ts:1 closes a circle: components/six -> components/six",
  ]);
  expect(status).toBe(1);
});

test("a file has at most 300 lines, unless it is generated", () => {
  const lines = (count: number) => "export {};\n".repeat(count);
  const { status, breaches } = check("long", {
    "policies/rules/fits.ts": lines(300),
    "policies/rules/long.ts": lines(301),
    "policies/generated/long.ts": lines(900),
    "policies/dist/long.js": lines(900),
  });
  expect(breaches).toEqual(["policies/rules/long.ts:301 301 lines; at most 300 in a file"]);
  expect(status).toBe(1);
});

test("a file of the model that holds code has a test of its own; one of types needs none", () => {
  const { status, breaches } = check("untested", {
    "policies/model/finding.ts": "export interface Finding {}\nexport type { Other } from './reason';\n",
    "policies/model/reason.ts": "export type Other = string;\n",
    "policies/model/arn.ts": "export const ARN = 1;\n",
    "policies/model/iam/glob.ts": "export function glob() {}\n",
    "test/policies/model/iam/glob.test.ts": "",
  });
  expect(breaches).toEqual(["policies/model/arn.ts:1 has no test of its own: test/policies/model/arn.test.ts"]);
  expect(status).toBe(1);
});

test("there are fewer than 5 casts in 1,000 lines; `as const` and renamed imports are none", () => {
  const filler = (count: number) => "export {};\n".repeat(count);
  const casts = [
    "export const a = 1 as number;",
    "export const b = <number>1;",
    "export const c = 1 as unknown as string;",
  ];
  const others = ['export { a as b } from "./shared/rule";', "export const d = [1] as const;"];
  const many = `${[...others, ...casts].join("\n")}\n`;
  const few = { "policies/rules/a.ts": many, ...fillers(4), "policies/generated/a.ts": `${casts.join("\n")}\n` };
  expect(check("few-casts", few)).toEqual({ status: 0, stderr: "", breaches: [] });

  const { status, breaches } = check("many-casts", { "policies/rules/a.ts": many, ...fillers(2) });
  const limit = "4 in 405 lines; fewer than 5 per 1,000 lines";
  expect(breaches).toEqual([3, 4, 5].map((line) => `policies/rules/a.ts:${line} casts with \`as\`: ${limit}`));
  expect(status).toBe(1);

  function fillers(count: number): Record<string, string> {
    return Object.fromEntries(Array.from({ length: count }, (_, i) => [`policies/rules/filler-${i}.ts`, filler(200)]));
  }
});

test("a folder without product code is no pass", () => {
  const { status, breaches } = check("empty", {});
  expect({ status, breaches }).toEqual({ status: 1, breaches: [`no product code in ${join(folder, "empty")}`] });
});

describe("the linter's own configuration", () => {
  /** As many lines of code, and others that are none. */
  const long = (lines: number) =>
    `export function f() {\n${"  // What it does.\n\n".repeat(20)}${"  f();\n".repeat(lines)}}\n`;
  const branches = (count: number) =>
    `export function f(x: number) {\n${Array.from({ length: count }, (_, i) => `  if (x === ${i}) return ${i};\n`).join("")}  return x;\n}\n`;
  const files = {
    "policies/long.ts": long(61),
    "policies/fits.ts": long(60),
    "linter/complex.ts": branches(16),
    "linter/simple.ts": branches(15),
    "test/anything.ts": long(200),
  };
  let output: string;

  beforeAll(() => {
    const project = write("biome", files);
    const config = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    writeFileSync(join(project, "biome.json"), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
    const biome = join(root, "node_modules", ".bin", "biome");
    const args = ["lint", "--max-diagnostics=none", "--colors=off", "."];
    const { status, stdout, stderr } = spawnSync(biome, args, { cwd: project, encoding: "utf8" });
    expect(status).toBe(1);
    output = stdout + stderr;
  });

  const rulesFor = (file: string) =>
    Array.from(output.matchAll(new RegExp(`^${file}:\\d+:\\d+ lint/\\w+/(\\w+)`, "gm")), ([, rule]) => rule);

  test.each([
    ["policies/long.ts", ["noExcessiveLinesPerFunction"], "a function of 61 lines"],
    ["policies/fits.ts", [], "one of 60"],
    ["linter/complex.ts", ["noExcessiveCognitiveComplexity"], "16 branches"],
    ["linter/simple.ts", [], "15"],
    ["test/anything.ts", [], "what is no product"],
  ])("%s: %j (%s)", (file, rules) => expect(rulesFor(file)).toEqual(rules));
});
