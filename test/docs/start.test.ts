import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCli, type Cli } from "../support/cli";
import { root } from "../support/engine";

const page = readFileSync(join(root, "docs", "getting-started.md"), "utf8");
const blocks = (language: string) =>
  Array.from(page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm")), ([, text = ""]) => text);

/** The page from an empty folder to the first verdict, with the package that `npm test` has built. */
describe("docs/getting-started.md", () => {
  let folder: string;
  let cli: Cli;

  beforeAll(() => {
    cli = buildCli();
    folder = mkdtempSync(join(tmpdir(), "ses-guard-start-"));
    const modules = join(folder, "node_modules");
    mkdirSync(modules);
    symlinkSync(join(root, "node_modules", "@pulumi"), join(modules, "@pulumi"));
    symlinkSync(join(root, "node_modules", "typescript"), join(modules, "typescript"));
    symlinkSync(root, join(modules, "pulumi-ses-guard"));
    // What `pulumi new aws-typescript` leaves.
    writeFileSync(join(folder, "Pulumi.yaml"), "name: mail\nruntime: nodejs\n");
    writeFileSync(join(folder, "Pulumi.dev.yaml"), "config:\n  aws:region: us-east-1\n");
    writeFileSync(join(folder, "package.json"), '{ "main": "index.ts" }');
  }, 120_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    cli.remove();
  });

  const [program = "", mistake = ""] = blocks("ts");
  const preview = (text: string) => {
    writeFileSync(join(folder, "index.ts"), text);
    return cli.run(["preview"], { cwd: folder });
  };

  test("its program has no violation and no advisory, before any cloud", () => {
    const { code, stdout, stderr } = preview(program);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).not.toMatch(/^ {2}(error|warning) /m);
  });

  test("broken once, it is refused with the words on the page", () => {
    const { code, stdout } = preview(`${program}\n${mistake}`);
    const [told = ""] = blocks("text");
    expect(told).toContain("bounce-handling");
    expect(stdout).toContain(told);
    expect(code).toBe(1);
  });
});

/** A name that no package of ours has would be somebody else's program. */
test("pages and workflows start no command by npx that is not installed, and install no package of ours by another name", () => {
  const folders = ["docs", "templates", ".github/workflows"];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(md|ya?ml)$/.test(entry.name) && !entry.parentPath.includes("docs/api"))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")),
  );
  const text = [...files, readFileSync(join(root, "README.md"), "utf8")].join("\n");
  const started = Array.from(text.matchAll(/\bnpx (?:--no-install )?([^\s`]+)/g), ([, name]) => name);
  // SST is the reader's own, typedoc a development dependency of this repository.
  expect(new Set(started)).toEqual(new Set(["ses-guard", "sst", "typedoc"]));
  const installed = Array.from(text.matchAll(/npm (?:install|i)(?: --\S+)* (\S*ses-guard\S*)/g), ([, name]) => name);
  expect(new Set(installed.map((name) => name?.replace(/[`.,;]+$/, "")))).toEqual(new Set(["pulumi-ses-guard"]));
});
