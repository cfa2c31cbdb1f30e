import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { parse, stringify } from "yaml";
import { describeWithPulumi, packFolder, root, Workspace } from "../support/engine";

const examples = join(root, "examples");
const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, "index.ts")));
const PATIENCE = 300_000;

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

function workspaceWith(name: string, code: string): Workspace {
  const folder = mkdtempSync(join(tmpdir(), "ses-guard-example-"));
  try {
    writeFileSync(join(folder, "index.js"), code);
    return new Workspace(name, folder, "index.js");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Another destination for bounces, where the example names one. */
function changed(name: string, code: string): string {
  const edited =
    name === "existing-topic"
      ? code.replace("topicArn: topic.arn };", "queueArns: [handler.queueArn] };")
      : code.replace(/(bounces: \{)(?! topicArn)/, '$1 webhookUrls: ["https://hooks.example/changed"],');
  expect(edited).not.toBe(code);
  return edited;
}

describeWithPulumi("the examples in the real engine, with the pack on", () => {
  let pack: string;
  beforeAll(() => {
    pack = packFolder();
  });
  afterAll(() => rmSync(pack, { recursive: true, force: true }));

  /** Runs a command; nothing mandatory is said, and it succeeds. */
  function accept(workspace: Workspace, ...args: string[]): void {
    const { status, events, stdout, stderr } = workspace.policies(pack, args);
    expect(events.filter(({ level }) => level === "mandatory")).toEqual([]);
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
  }

  test.each(names.filter((name) => name !== "refused"))(
    "%s: up, nothing to do, up with a change, destroy",
    (name) => {
      const code = bundle(name);
      const workspace = workspaceWith(name, code);
      try {
        accept(workspace, "up", "--yes");
        accept(workspace, "up", "--yes", "--skip-preview", "--expect-no-changes");
        if (name === "migration") workspace.expect("config", "set", "stage", "import");
        else writeFileSync(join(workspace.folder, "index.js"), changed(name, code));
        accept(workspace, "up", "--yes", "--skip-preview");
        workspace.expect("destroy", "--yes", "--skip-preview");
        expect(workspace.expect("stack", "export")).not.toContain("aws:");
      } finally {
        workspace.remove();
      }
    },
    PATIENCE,
  );

  test(
    "refused: the pack stops it before anything exists",
    () => {
      const workspace = workspaceWith("refused", bundle("refused"));
      try {
        const { status, events } = workspace.policies(pack, ["up", "--yes"]);
        const mandatory = events.filter(({ level }) => level === "mandatory").map(({ policy }) => policy);
        expect([...new Set(mandatory)].sort()).toEqual([
          "address-shadows-domain",
          "bounce-handling",
          "complaint-handling",
        ]);
        expect(status).not.toBe(0);
        expect(workspace.expect("stack", "export")).not.toContain("aws:");
      } finally {
        workspace.remove();
      }
    },
    PATIENCE,
  );

  test(
    "yaml: the package's folder is the plugin (built by `npm test`)",
    () => {
      const workspace = new Workspace("yaml", join(examples, "yaml"), ".");
      const write = (edit: (text: string) => string) => {
        const project = parse(edit(readFileSync(join(examples, "yaml", "Pulumi.yaml"), "utf8")));
        const plugins = { providers: [{ name: "aws", path: "./provider" }] };
        const text = stringify({ ...project, name: "mail", packages: { "ses-guard": root }, plugins });
        writeFileSync(join(workspace.folder, "Pulumi.yaml"), text);
      };
      try {
        write((text) => text);
        accept(workspace, "up", "--yes");
        accept(workspace, "up", "--yes", "--skip-preview", "--expect-no-changes");
        write((text) => text.replace("identity: example.com", "identity: example"));
        const { status, stdout, stderr } = workspace.pulumi("preview");
        expect(stdout + stderr).toMatch(/MonitoredIdentity "mail": identity: "example"; allowed: a domain/);
        expect(status).not.toBe(0);
        write((text) =>
          text.replace("complaints:", "deliveries:\n        emails: [ops@corp.example]\n      complaints:"),
        );
        accept(workspace, "up", "--yes");
        workspace.expect("destroy", "--yes", "--skip-preview");
      } finally {
        workspace.remove();
      }
    },
    PATIENCE,
  );

  test(
    "python: the engine makes the module that the example imports",
    () => {
      const workspace = new Workspace("python", join(examples, "python"), ".");
      try {
        const out = join(workspace.folder, "sdk");
        workspace.expect("package", "gen-sdk", join(root, "schema.json"), "--language", "python", "--out", out);
        const module = join(out, "python", "pulumi_ses_guard");
        const generated = (file: string) => readFileSync(join(module, file), "utf8");
        expect(generated("monitored_identity.py")).toMatch(/class MonitoredIdentity\(pulumi\.ComponentResource\)/);
        expect(generated("feedback_handler.py")).toMatch(/def queue_arn\(self\)/);
        expect(generated("_inputs.py")).toMatch(/def queue_arns\(self\)/);
      } finally {
        workspace.remove();
      }
    },
    PATIENCE,
  );
});
