#!/usr/bin/env node
import { Command, CommanderError, Option } from "commander";
import { withoutCommands } from "../policies/text/commands";
import { printable } from "../policies/text/printable";
import type { LintOptions } from "./commands/lint";
import type { PreviewOptions } from "./commands/preview";
import type { RenderOptions } from "./commands/render";
import { KnownError } from "./io/errors";
import { FORMATS } from "./reporters";

// Set by the build from package.json.
declare const SES_GUARD_VERSION: string;

// Each command is loaded when it is run: the start of a small run is most of its time.
const load = {
  lint: () => require("./commands/lint") as typeof import("./commands/lint"),
  preview: () => require("./commands/preview") as typeof import("./commands/preview"),
  render: () => require("./commands/render") as typeof import("./commands/render"),
  rules: () => require("./commands/rules") as typeof import("./commands/rules"),
  explain: () => require("./commands/explain") as typeof import("./commands/explain"),
  watch: () => require("./io/watch") as typeof import("./io/watch"),
};

function program(): Command {
  const root = new Command("ses-guard")
    .description("Makes sure nobody sends mail through Amazon SES without listening to bounces and complaints.")
    .version(SES_GUARD_VERSION)
    // One line on standard error, written by `main`.
    .configureOutput({ writeErr: () => {} })
    .exitOverride();

  withRunOptions(root.command("lint"))
    .summary("check stacks, from files")
    .description(
      "Checks what `pulumi stack export` and `pulumi preview --json` wrote, all documents together. " +
        "Exit code: 0 no mandatory violation, 1 some, 2 could not run.",
    )
    .argument("<FILE...>", "documents; - is standard input")
    .option("--source-root <PROJECT=DIR>", "where a project's sources stand, may be given often", collectValues)
    .action(async (files: string[], options: LintOptions) => {
      const { output, code } = await load.lint().lint(files, options, SES_GUARD_VERSION);
      print(output, code);
    });
  addPrograms(root);
  root
    .command("rules")
    .summary("list the rules")
    .description("Lists the rules: id, default level, severity, what it finds.")
    .action(() => print(withoutCommands(load.rules().rulesTable())));
  root
    .command("explain")
    .summary("explain a rule")
    .description("Shows what a rule finds, why it matters, how to fix it and how to allow it.")
    .argument("<RULE>", "id of a rule")
    .action((rule: string) => print(withoutCommands(load.explain().explainRule(rule))));
  return root;
}

/** The commands that run programs. */
function addPrograms(root: Command): void {
  withProgramOptions(withRunOptions(root.command("preview")))
    .summary("check programs, by running them offline")
    .description(
      "Runs Pulumi programs for Node.js, without the engine, the cloud or credentials, and checks what they would " +
        "register, all of them together. This runs the programs' code: only give it programs that you would run. " +
        "TypeScript is transpiled, types are not checked. " +
        "Exit code: 0 no mandatory violation, 1 some, 2 could not run.",
    )
    .argument("[DIR...]", "folders with a Pulumi.yaml; default: this one")
    .option("--watch", "run again on every change, until interrupted")
    .action(async (folders: string[], options: PreviewOptions & { watch?: boolean }) => {
      const { preview } = load.preview();
      const run = async () => {
        const { output, code } = await preview(folders, options, SES_GUARD_VERSION);
        print(output, code);
      };
      if (!options.watch) return run();
      const written = [options.output, options.baseline].filter((file) => file !== undefined);
      const { repeatOnChange } = load.watch();
      await repeatOnChange(
        folders.length === 0 ? ["."] : folders,
        written,
        () => run().catch(failWith),
        new AbortController().signal,
      );
    });
  withProgramOptions(root.command("render"))
    .summary("write what a program would register")
    .description(
      "Runs a Pulumi program as `preview` does, and writes what it would register as `pulumi preview --json` would, " +
        "for lint and for other tools.",
    )
    .argument("[DIR]", "folder with a Pulumi.yaml; default: this one", ".")
    .option("--output <FILE>", "write it there instead of to standard output")
    .action(async (folder: string, options: RenderOptions) => print(await load.render().render(folder, options)));
}

function withRunOptions(command: Command): Command {
  return command
    .addOption(new Option("--format <FORMAT>", "of the report").choices(FORMATS).default("text"))
    .option("--output <FILE>", "write the report there instead of to standard output")
    .option("--config <FILE>", "configuration, instead of the ses-guard.yaml found upwards from what is checked")
    .option("--strict", "what can't be verified counts as a violation, so does a view with no identity in it")
    .option("--baseline <FILE>", "accept the findings remembered in it, report what is new")
    .option("--write-baseline", "remember the present findings in the file of --baseline");
}

function withProgramOptions(command: Command): Command {
  return command
    .option("--stack <NAME>", "stack whose configuration to use; default: the only one that has a file, else dev")
    .option("--config-value <KEY=VALUE>", "set a configuration value, may be given often", collectValues)
    .option("--mocks <FILE>", "answers for function calls and stack references, YAML or JSON")
    .option("--env <NAME>", "let the programs see this environment variable, may be given often", collectValues)
    .option("--timeout <S>", "seconds after which a program is ended", "120")
    .option("--verbose", "show what the programs write, on standard error");
}

function collectValues(value: string, before: string[] = []): string[] {
  return [...before, value];
}

function print(text: string, code = 0): void {
  process.exitCode = code;
  process.stdout.write(text);
}

function fail(message: string): void {
  process.exitCode = 2;
  process.stderr.write(`${withoutCommands(`ses-guard: ${message.replace(/\s*\n\s*/g, " ")}`)}\n`);
}

function failWith(error: unknown): void {
  if (error instanceof KnownError) fail(error.message);
  else if (error instanceof CommanderError) {
    if (error.exitCode !== 0) fail(`${printable(error.message.replace(/^error: /, "").replaceAll("\n", " "))}`);
  } else {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    if (process.env.DEBUG) process.stderr.write(`${withoutCommands(stack ?? "")}\n`);
    fail(`internal error: ${printable(message.slice(0, 300))}; please report it, with what DEBUG=1 shows`);
  }
}

async function main(args: string[]): Promise<void> {
  // A reader that has seen enough (`| head`) is no error; a full disk behind standard output is one.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") fail(`standard output can't be written: ${error.code ?? "unknown"}`);
    process.exit();
  });
  process.stderr.on("error", () => process.exit());
  try {
    if (args.length === 0) throw new KnownError("no command given; `ses-guard --help` lists them");
    await program().parseAsync(args, { from: "user" });
  } catch (error) {
    failWith(error);
  }
}

void main(process.argv.slice(2));
