import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../support/engine";

const FORBIDDEN = [
  ["components/a.ts", "../policies/evaluate"],
  ["components/b.ts", "../linter/run"],
  ["policies/a.ts", "../linter/run"],
  ["policies/b.ts", "../components/index"],
  ["policies/model/a.ts", "../rules/rule"],
  ["policies/model/b.ts", "../evaluate"],
  ["policies/model/c.ts", "@pulumi/pulumi"],
  ["policies/model/d.ts", "node:fs"],
  ["policies/rules/a.ts", "@pulumi/policy"],
  ["policies/rules/b.ts", "@aws-sdk/client-ses"],
  ["policies/rules/c.ts", "node:fs"],
  ["policies/rules/d.ts", "../pack"],
  ["policies/evaluate.ts", "node:child_process"],
  ["linter/a.ts", "../components/index"],
  ["linter/reporters/a.ts", "node:fs"],
  ["linter/reporters/b.ts", "../sources/documents"],
] as const;
const ALLOWED = [
  ["components/x.ts", "@pulumi/aws/ses"],
  ["policies/x.ts", "@pulumi/policy"],
  ["policies/model/x.ts", "node:url"],
  ["policies/rules/x.ts", "../model/value"],
  ["linter/x.ts", "../policies/evaluate"],
  ["linter/reporters/x.ts", "../report"],
] as const;

/** The project's own configuration over files that only import: a wrong import fails the build. */
describe("layers", () => {
  const folder = mkdtempSync(join(tmpdir(), "ses-guard-layers-"));
  let output: string;

  beforeAll(() => {
    const config = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
    for (const [file, imported] of [...FORBIDDEN, ...ALLOWED]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `import { x } from "${imported}";\n\nexport const y = x;\n`);
    }
    const biome = join(root, "node_modules", ".bin", "biome");
    const args = ["lint", "--max-diagnostics=none", "--colors=off", "."];
    const { status, stdout, stderr } = spawnSync(biome, args, { cwd: folder, encoding: "utf8" });
    expect(status).toBe(1);
    output = stdout + stderr;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const refused = (file: string): boolean =>
    new RegExp(`^${file}:1:\\d+ lint/style/noRestrictedImports`, "m").test(output);

  test.each(FORBIDDEN)("%s may not import %s", (file) => expect(refused(file)).toBe(true));
  test.each(ALLOWED)("%s may import %s", (file) => expect(refused(file)).toBe(false));
});
