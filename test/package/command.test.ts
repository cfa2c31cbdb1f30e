import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/engine";

/** The package `ses-guard`, packed and installed into an empty folder. `npm test` builds first. */
describe("the command alone", () => {
  let folder: string;
  let installed: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ses-guard-command-"));
    const source = join(folder, "source");
    execFileSync(process.execPath, [join(root, "scripts", "command.mjs"), source]);
    execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: source });
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
    writeFileSync(join(folder, "package.json"), "{}");
    // Offline: there is nothing else to fetch.
    execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], {
      cwd: folder,
      stdio: "pipe",
    });
    installed = join(folder, "node_modules", "ses-guard");
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const command = (...args: string[]) =>
    spawnSync(join(folder, "node_modules", ".bin", "ses-guard"), args, { cwd: folder, encoding: "utf8" });

  /** A folder with a program, outside the installation, and an SDK of its own. */
  function program(name: string, sdk: (modules: string) => void): string {
    const project = join(folder, name);
    mkdirSync(join(project, "node_modules"), { recursive: true });
    writeFileSync(join(project, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
    writeFileSync(
      join(project, "index.js"),
      'new (require("@pulumi/aws").ses.DomainIdentity)("mail", { domain: "example.com" });\n',
    );
    sdk(join(project, "node_modules"));
    return project;
  }

  test("is one package without dependencies, of less than 3 MB", () => {
    expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["ses-guard"]);
    expect(JSON.parse(readFileSync(join(installed, "package.json"), "utf8"))).not.toHaveProperty("dependencies");
    const files = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
    expect(bytes).toBeLessThan(3_000_000);
  });

  test("carries the licences of what is in it", () => {
    const licences = readFileSync(join(installed, "dist", "LICENSES.txt"), "utf8");
    for (const name of ["commander", "yaml", "lilconfig", "jsonc-parser", "@inquirer/select", "@bomb.sh/tab"]) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|ISC)\\)$`, "m"));
    }
  });

  test("has the version of the package beside it", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(command("--version").stdout).toBe(`${version}\n`);
  });

  test("lints", () => {
    const file = join(root, "test", "fixtures", "corpus", "domain-only", "state.json");
    const { status, stdout, stderr } = command("lint", "--format", "json", file);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout).summary.violations).toBe(2);
  });

  test("runs a program with the SDK that the program has", () => {
    const project = program("with-sdk", (modules) =>
      symlinkSync(join(root, "node_modules", "@pulumi"), join(modules, "@pulumi")),
    );
    const { status, stdout, stderr } = command("preview", project, "--format", "json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout).identities).toMatchObject([{ identity: "example.com", stack: "with-sdk/dev" }]);
  });

  test("says so where that SDK is too old to be run without another", () => {
    const project = program("with-old-sdk", (modules) => {
      const sdk = join(modules, "@pulumi", "pulumi");
      mkdirSync(join(sdk, "cmd"), { recursive: true });
      writeFileSync(join(sdk, "package.json"), JSON.stringify({ name: "@pulumi/pulumi", version: "3.149.0" }));
      cpSync(join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run"), join(sdk, "cmd", "run"), {
        recursive: true,
      });
    });
    const { status, stdout, stderr } = command("preview", project);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^ses-guard: the program's @pulumi\/pulumi is 3\.149\.0; .*needs 3\.150 or newer.*\n$/);
  });
});
