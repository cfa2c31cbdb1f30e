import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildSync } from "esbuild";
import { parse } from "yaml";
import { expectedOf, findingsIn } from "../examples/expected";
import { describeWithPulumi, hasLanguageHost, NODEJS, packFolder, root, Workspace } from "../support/engine";

jest.setTimeout(900_000);

const examples = join(root, "examples");
const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, "index.ts")));
const project = (folder: string, edit = (text: string) => text) =>
  parse(edit(readFileSync(join(folder, "Pulumi.yaml"), "utf8")));

/** The program with the components' sources inside, so that it needs nothing but the Pulumi packages. */
function bundle(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(examples, name, "index.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@pulumi/*"],
    alias: { "pulumi-ses-guard": join(root, "components", "index.ts") },
    write: false,
    logLevel: "silent",
  });
  return outputFiles?.[0]?.text ?? "";
}

const CHANGED = 'webhooks: { changed: "https://hooks.example/changed" }';
/** Where an example says who hears, other than by `bounces: {`. */
const EDITS: Record<string, [string, string]> = {
  "existing-topic": ["topicArn: topic.arn };", "queues: { handler: handler.queueArn } };"],
  "fifty-tenants": ["{ queues: {", `{ ${CHANGED}, queues: {`],
  "configuration-set": ["{ busTargets: {", "{ busTargets: { function: handler.functionArn, "],
};

/** Another destination for bounces, where the example names one. */
function changed(name: string, code: string): string {
  const [from, to] = EDITS[name] ?? ["bounces: {", `bounces: { ${CHANGED},`];
  const edited = code.replace(from, to);
  expect(edited).not.toBe(code);
  return edited;
}

/** A test of a program in another language, or one that says why it was skipped. */
function testInLanguage(name: string, missing: string | null, body: () => Promise<void>): void {
  if (missing === null) test.concurrent(name, body);
  else test.skip(`${name} (skipped: no ${missing})`, body);
}

const missingHost = (language: "python" | "yaml") =>
  hasLanguageHost(language) ? null : `\`pulumi-language-${language}\` on PATH`;

// Python needs its SDK, and what the generated module imports; setuptools tells it its own version.
const venv = join(root, ".venv");
const python = join(venv, "bin", "python");
const hasPackages = spawnSync(python, ["-c", "import pulumi, parver, semver, setuptools"]).status === 0;
const missingPython = missingHost("python") ?? (hasPackages ? null : "`pulumi`, `parver` and `setuptools` in .venv");

describeWithPulumi("the examples in the real engine, with the pack on", () => {
  // Concurrent tests start before any hook.
  let folder: string | undefined;
  const pack = () => {
    folder ??= packFolder();
    return folder;
  };
  afterAll(() => folder && rmSync(folder, { recursive: true, force: true }));

  /** Runs a command; nothing mandatory is said, and it succeeds. */
  async function accept(workspace: Workspace, ...args: string[]): Promise<void> {
    const { status, events, stdout, stderr } = await workspace.policies(pack(), args);
    expect(events.filter(({ level }) => level === "mandatory")).toEqual([]);
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
  }

  /** A stack's whole life; `change` gives it another destination. */
  async function live(workspace: Workspace, change: () => unknown): Promise<void> {
    try {
      const { stack } = workspace;
      const preview = await workspace.expect("preview", "--json", "--show-sames");
      expect(findingsIn(preview, "preview.json", false)).toEqual(expectedOf(stack));
      await accept(workspace, "up", "--yes");
      const state = await workspace.expect("stack", "export");
      expect(findingsIn(state, "state.json", true)).toEqual(expectedOf(stack));
      await accept(workspace, "up", "--yes", "--skip-preview", "--expect-no-changes");
      await change();
      await accept(workspace, "up", "--yes", "--skip-preview");
      await workspace.expect("destroy", "--yes", "--skip-preview");
      expect(await workspace.expect("stack", "export")).not.toContain("aws:");
    } finally {
      workspace.remove();
    }
  }

  const openBundle = (name: string, code: string) =>
    Workspace.open(name, { runtime: NODEJS, main: "index.js" }, (folder) =>
      writeFileSync(join(folder, "index.js"), code),
    );

  test.concurrent.each(names.filter((name) => !["refused", "quick-start"].includes(name)))(
    "%s: up, nothing to do, up with a change, destroy",
    async (name) => {
      const code = bundle(name);
      const workspace = await openBundle(name, code);
      await live(workspace, () =>
        name === "migration"
          ? workspace.expect("config", "set", "stage", "import")
          : writeFileSync(join(workspace.folder, "index.js"), changed(name, code)),
      );
    },
  );

  test.concurrent("quick-start: the project at the root, as it is (built by `npm test`)", async () => {
    const workspace = await Workspace.open("quick-start", { ...project(root), name: "mail" }, (folder) => {
      for (const part of ["package.json", "dist/components", "examples/quick-start"]) {
        cpSync(join(root, part), join(folder, part), { recursive: true });
      }
    });
    const program = join(workspace.folder, "examples", "quick-start", "index.ts");
    await live(workspace, () => writeFileSync(program, changed("quick-start", readFileSync(program, "utf8"))));
  });

  test.concurrent("refused: the pack stops it before anything exists", async () => {
    const workspace = await openBundle("refused", bundle("refused"));
    try {
      const { status, events } = await workspace.policies(pack(), ["up", "--yes"]);
      const mandatory = events.filter(({ level }) => level === "mandatory").map(({ policy }) => policy);
      expect([...new Set(mandatory)].sort()).toEqual([
        "address-shadows-domain",
        "bounce-handling",
        "complaint-handling",
      ]);
      expect(status).not.toBe(0);
      expect(await workspace.expect("stack", "export")).not.toContain("aws:");
    } finally {
      workspace.remove();
    }
  });

  testInLanguage("yaml: the package's folder is the plugin (built by `npm test`)", missingHost("yaml"), async () => {
    const edited = (edit: (text: string) => string) => ({
      ...project(join(examples, "yaml"), edit),
      name: "mail",
      packages: { "ses-guard": root },
    });
    const workspace = await Workspace.open(
      "yaml",
      edited((text) => text),
      () => undefined,
    );
    await live(workspace, async () => {
      workspace.describe(edited((text) => text.replace("identity: example.com", "identity: example")));
      const { status, stdout, stderr } = await workspace.pulumi("preview");
      expect(stdout + stderr).toMatch(/MonitoredIdentity "mail": identity: "example"; allowed: a domain/);
      expect(status).not.toBe(0);
      workspace.describe(
        edited((text) =>
          text.replace("complaints:", "deliveries:\n        emails: { ops: ops@corp.example }\n      complaints:"),
        ),
      );
    });
  });

  const generateModule = (workspace: Workspace, out: string) =>
    workspace.expect("package", "gen-sdk", join(root, "schema.json"), "--language", "python", "--out", out);

  testInLanguage("python: the engine makes the module that the example imports", missingHost("python"), async () => {
    const workspace = await Workspace.open("module", { runtime: "yaml" }, () => undefined);
    try {
      const out = join(workspace.folder, "sdk");
      await generateModule(workspace, out);
      const generated = (file: string) => readFileSync(join(out, "python", "pulumi_ses_guard", file), "utf8");
      expect(generated("monitored_identity.py")).toMatch(/class MonitoredIdentity\(pulumi\.ComponentResource\)/);
      expect(generated("feedback_handler.py")).toMatch(/def queue_arn\(self\)/);
      expect(generated("_inputs.py")).toMatch(/def queues\(self\)/);
    } finally {
      workspace.remove();
    }
  });

  testInLanguage("python: up, nothing to do, up with a change, destroy", missingPython, async () => {
    const example = join(examples, "python");
    const sdk = mkdtempSync(join(tmpdir(), "ses-guard-python-"));
    const workspace = await Workspace.open(
      "python",
      {
        ...project(example),
        name: "mail",
        packages: { "ses-guard": root },
        runtime: { name: "python", options: { toolchain: "pip", virtualenv: venv } },
      },
      (folder) => cpSync(join(example, "__main__.py"), join(folder, "__main__.py")),
      { PYTHONPATH: [join(sdk, "python"), process.env.PYTHONPATH ?? ""].filter(Boolean).join(delimiter) },
    );
    try {
      await generateModule(workspace, sdk);
      execFileSync(python, ["setup.py", "-q", "egg_info"], { cwd: join(sdk, "python") });
      const program = join(workspace.folder, "__main__.py");
      await live(workspace, () => {
        const code = readFileSync(program, "utf8");
        const edited = code.replace("bounces={", 'bounces={"webhooks": {"changed": "https://hooks.example/changed"}, ');
        expect(edited).not.toBe(code);
        writeFileSync(program, edited);
      });
    } finally {
      rmSync(sdk, { recursive: true, force: true });
    }
  });
});
