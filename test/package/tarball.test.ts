import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/engine";
import { PackProcess } from "../support/wire";

/** The package as npm would install it: the tarball unpacked, beside its dependencies. `npm test` builds first. */
describe("the npm package", () => {
  let folder: string;
  let installed: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ses-guard-tarball-"));
    execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], { cwd: root });
    const [tarball] = readdirSync(folder);
    execFileSync("tar", ["-xzf", tarball as string], { cwd: folder });
    const modules = join(folder, "project", "node_modules");
    installed = join(modules, "pulumi-ses-guard");
    mkdirSync(modules, { recursive: true });
    execFileSync("mv", [join(folder, "package"), installed]);
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    expect(Object.keys(dependencies)).toEqual(["@pulumi/policy"]);
    const wanted = Object.keys({ ...dependencies, ...peerDependencies }).map((name) => name.split("/")[0] as string);
    // Dependencies of dependencies are reached through their real place.
    for (const name of new Set(wanted)) symlinkSync(join(root, "node_modules", name), join(modules, name));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const node = (...args: string[]) =>
    spawnSync(process.execPath, args, { cwd: join(folder, "project"), encoding: "utf8" });

  test("its command line works", () => {
    const file = join(root, "test", "fixtures", "corpus", "domain-only", "state.json");
    const { status, stdout, stderr } = node(join(installed, "dist", "cli.js"), "lint", "--format", "sarif", file);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout).runs[0].results).toHaveLength(3);
  });

  test("its policy pack starts from the package's folder", async () => {
    const pack = await PackProcess.start(join(installed, "policies"));
    try {
      const type = "aws:ses/domainIdentity:DomainIdentity";
      const diagnostics = await pack.analyzeStack([
        { type, urn: `urn:pulumi:prod::mail::${type}::one`, properties: { domain: "example.com" } },
      ]);
      expect(diagnostics.map(({ policy }) => policy).sort()).toEqual([
        "bounce-handling",
        "complaint-handling",
        "dkim-signing",
      ]);
    } finally {
      await pack.stop();
    }
  });

  test("its three libraries load", () => {
    const program = `
      const { MonitoredIdentity } = require("pulumi-ses-guard");
      const { sesGuardPolicies } = require("pulumi-ses-guard/policies");
      const { offlinePreview } = require("pulumi-ses-guard/linter");
      console.log(typeof MonitoredIdentity, sesGuardPolicies({ only: ["topic-fifo"] }).map((p) => p.name).join(), typeof offlinePreview);
    `;
    const { stdout, stderr } = node("-e", program);
    expect({ stdout, stderr }).toEqual({ stdout: "function settings,topic-fifo function\n", stderr: "" });
  });

  test.each([
    ["node10", "commonjs", { ignoreDeprecations: "6.0" }],
    ["node16", "node16", {}],
    ["bundler", "esnext", {}],
  ])("its types are found with moduleResolution %s", (moduleResolution, module, more) => {
    const project = join(folder, "project");
    const program = `
      import { type FeedbackHandlerArgs, MonitoredIdentity } from "pulumi-ses-guard";
      import { type Report, buildReport } from "pulumi-ses-guard/linter";
      import { sesGuardPolicies } from "pulumi-ses-guard/policies";
      export const args: FeedbackHandlerArgs = { unwatched: true };
      export const [policies, report]: [unknown[], Report] = [sesGuardPolicies(), buildReport([], {} as never, {} as never)];
      // @ts-expect-error who hears of bounces is required
      export const identity = new MonitoredIdentity("mail", { identity: "example.com" });
    `;
    writeFileSync(join(project, "types.ts"), program);
    const compilerOptions = {
      module,
      moduleResolution,
      strict: true,
      noEmit: true,
      // The policy SDK's own declarations need it.
      skipLibCheck: true,
      target: "es2022",
      types: [],
      ...more,
    };
    const configuration = join(project, `${moduleResolution}.json`);
    writeFileSync(configuration, JSON.stringify({ compilerOptions, files: ["types.ts"] }));
    const { status, stdout } = node(join(root, "node_modules", "typescript", "bin", "tsc"), "-p", configuration);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });

  test("it carries no test, no source and no path of the machine it was built on", () => {
    const files = execFileSync("find", [installed, "-type", "f"], { encoding: "utf8" }).trim().split("\n");
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => /\/test\/|(?<!\.d)\.ts$/.test(file.slice(installed.length)))).toEqual([]);
    for (const file of files) expect(readFileSync(file, "utf8").includes(root)).toBe(false);
  });
});

/** The scripts that npm runs around packing, in a small package: the real one takes long to build. */
test("packing takes development dependencies out, and gives the manifest back as it was", () => {
  const folder = mkdtempSync(join(tmpdir(), "ses-guard-pack-"));
  try {
    const { scripts, devDependencies, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const { prepack, postpack } = scripts;
    expect(prepack).toMatch(/^node scripts\/build\.mjs && node scripts\/manifest\.mjs strip$/);
    const manifest = `${JSON.stringify({ name: "p", version: "1.0.0", dependencies, devDependencies, scripts: { prepack, postpack, test: "jest" } }, null, 2)}\n`;
    writeFileSync(join(folder, "package.json"), manifest);
    mkdirSync(join(folder, "scripts"));
    cpSync(join(root, "scripts", "manifest.mjs"), join(folder, "scripts", "manifest.mjs"));
    writeFileSync(join(folder, "scripts", "build.mjs"), "");
    execFileSync("npm", ["pack", "--silent"], { cwd: folder });
    expect(readFileSync(join(folder, "package.json"), "utf8")).toBe(manifest);
    expect(existsSync(join(folder, "package.json.kept"))).toBe(false);
    execFileSync("tar", ["-xzf", "p-1.0.0.tgz"], { cwd: folder });
    const packed = JSON.parse(readFileSync(join(folder, "package", "package.json"), "utf8"));
    expect(packed).not.toHaveProperty("devDependencies");
    expect(packed.dependencies).toEqual(dependencies);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
