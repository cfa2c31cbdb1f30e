import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";

const ROOT = join(__dirname, "../..");

/** The programs under the heading about functions: a unit test, an automation program. */
function programs(): string[] {
  const text = readFileSync(join(ROOT, "docs/preview.md"), "utf8");
  const section = text.slice(text.indexOf("### Programs that are functions"), text.indexOf("## For other tools"));
  return Array.from(section.matchAll(/^```ts\n([\s\S]*?)^```$/gm), ([, code = ""]) => code);
}

/** As an installed package: the page says what users write, who import the compiled one. */
describe("programs that are functions, as the page writes them", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "inline-"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(ROOT, join(folder, "node_modules", "pulumi-ses-guard"));
    symlinkSync(join(ROOT, "node_modules/@pulumi"), join(folder, "node_modules", "@pulumi"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(code: string, args: readonly string[]) {
    writeFileSync(join(folder, "mail.test.js"), transformSync(code, { loader: "ts", format: "cjs" }).code);
    writeFileSync(join(folder, "package.json"), "{}");
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    return { status, output: stdout + stderr };
  }

  test("in jest", () => {
    const [unitTest = ""] = programs();
    const jest = join(dirname(require.resolve("jest/package.json")), "bin/jest.js");
    const { status, output } = run(unitTest, [jest, "--no-watchman"]);
    expect(output).toContain("1 passed");
    expect(output).not.toContain("did not exit");
    expect(status).toBe(0);
  });

  test("in plain node, which refuses to deploy", () => {
    const [, automation = ""] = programs();
    const { status, output } = run(automation, ["mail.test.js"]);
    expect(output).toContain("bounce-handling");
    expect(output).toContain("mail.test.js:");
    expect(status).toBe(1);
  });
});
