// Records what the real engine writes: runs the `commands` of each folder in test/fixtures/documents/engine (or of those
// that are named) with `pulumi` on PATH and the stand-in for AWS, and puts the documents beside them.
//
// A line of `commands` is one of
//   program FILE           the program from here on, from the same folder
//   stack NAME             a new stack of the project, from here on
//   stand-in {"…": …}      how the stand-in errs from here on; see `Errs` in provider/methods.ts
//   pulumi … [> FILE]      a command, and where its standard output goes; `!pulumi …` where it has to fail
//   checkpoint > FILE      the stack's file in the backend, as it is
//   killed pulumi …        a command whose engine is killed as soon as the stand-in hangs
import { spawn } from "node:child_process";
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
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const documents = join(root, "test", "fixtures", "documents", "engine");

/** Where the program seems to have stood: no path of the machine that recorded belongs into a document. */
const HOME = "/app";

class Recording {
  folder = mkdtempSync(join(tmpdir(), "ses-guard-record-"));
  errs = "{}";

  constructor(source) {
    this.source = source;
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    for (const file of ["PulumiPlugin.yaml", "package.json"]) {
      cpSync(join(here, "provider", file), join(this.folder, "provider", file));
    }
    buildSync({
      entryPoints: [join(here, "provider", "index.ts")],
      bundle: true,
      platform: "node",
      format: "cjs",
      external: ["@pulumi/*", "@grpc/*", "google-protobuf/*"],
      outfile: join(this.folder, "provider", "index.js"),
    });
    writeFileSync(join(this.folder, "package.json"), '{"name": "mail", "version": "1.0.0"}');
    mkdirSync(join(this.folder, "backend"));
    writeFileSync(
      join(this.folder, "Pulumi.yaml"),
      JSON.stringify({
        name: "mail",
        runtime: { name: "nodejs", options: { typescript: false } },
        main: "index.js",
        plugins: { providers: ["aws", "aws-native"].map((name) => ({ name, path: "./provider" })) },
      }),
    );
  }

  async stack(name) {
    // Another stack is another account.
    this.memory = join(this.folder, `memory-${name}`);
    mkdirSync(this.memory);
    writeFileSync(
      join(this.folder, `Pulumi.${name}.yaml`),
      JSON.stringify({ config: { "aws:region": "us-east-1", "aws-native:region": "us-east-1" } }),
    );
    this.checkpoint = join(this.folder, "backend", ".pulumi", "stacks", "mail", `${name}.json`);
    await this.run(["stack", "init", name]);
  }

  program(file) {
    cpSync(join(this.source, file), join(this.folder, "index.js"));
  }

  start(args) {
    return spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      env: {
        ...process.env,
        PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_HOME: join(this.folder, "home"),
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        STAND_IN_ERRS: this.errs,
        STAND_IN_MEMORY: this.memory,
      },
    });
  }

  async run(args, { to, fails = false, killed = false } = {}) {
    const child = this.start(args);
    const text = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"]) child[stream].setEncoding("utf8").on("data", (t) => (text[stream] += t));
    const closed = new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    if (killed) {
      const hangs = join(this.memory, "hangs");
      while (!existsSync(hangs)) await wait(50);
      rmSync(hangs);
      process.kill(-child.pid, "SIGKILL");
    }
    const status = await closed;
    if (!killed && (status !== 0) !== fails) {
      throw new Error(`pulumi ${args.join(" ")} ended with ${status}:\n${text.stdout}\n${text.stderr}`);
    }
    if (to) writeFileSync(join(this.source, to), this.scrub(text.stdout));
  }

  scrub(text) {
    const clean = text
      // The SDK's own files, as seen from the project.
      .replace(/project:\/\/\/(?:\.\.\/)+[^"#]*?node_modules\//g, "project:///node_modules/")
      .replaceAll(`${root}/node_modules`, `${HOME}/node_modules`)
      .replaceAll(`/private${this.folder}`, HOME)
      .replaceAll(this.folder, HOME);
    const machine = /"[^"]*\/(tmp|home|root|work|Users|var)\/[^"]*"/.exec(clean.replaceAll(HOME, ""));
    if (machine) throw new Error(`a path of this machine: ${machine[0]}`);
    return clean.endsWith("\n") ? clean : `${clean}\n`;
  }

  async line(line) {
    const [word, ...rest] = line.split(" ");
    const argument = rest.join(" ");
    if (word === "program") return this.program(argument);
    if (word === "stack") return this.stack(argument);
    if (word === "stand-in") {
      this.errs = argument;
      return;
    }
    if (word === "checkpoint") {
      writeFileSync(join(this.source, argument.slice(2)), this.scrub(readFileSync(this.checkpoint, "utf8")));
      return;
    }
    const [, killed, fails, command, , to] = /^(killed )?(!)?pulumi (.*?)( > (\S+))?$/.exec(line) ?? [];
    if (command === undefined) throw new Error(`not a command: ${line}`);
    await this.run(command.split(" "), { to, fails: Boolean(fails), killed: Boolean(killed) });
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const named = process.argv.slice(2);
const folders = readdirSync(documents).filter((name) => existsSync(join(documents, name, "commands")));
for (const name of named.length > 0 ? named : folders) {
  const recording = new Recording(join(documents, name));
  try {
    for (const line of readFileSync(join(documents, name, "commands"), "utf8")
      .split("\n")
      .filter(Boolean)) {
      await recording.line(line);
    }
    console.log(`recorded ${name}`);
  } finally {
    recording.remove();
  }
}
