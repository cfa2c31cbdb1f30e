#!/usr/bin/env node
import { Argument, Command, CommanderError, Option } from "commander";
import { withoutCommands } from "../policies/text/commands";
import { nearest } from "../policies/text/nearest";
import { printable } from "../policies/text/printable";
import { addAccountCommands } from "./cli/account";
import { collectValues, print, withProgramOptions, withRunOptions } from "./cli/options";
import type { InitOptions } from "./commands/init";
import type { LintOptions } from "./commands/lint";
import type { ListOptions } from "./commands/list";
import type { PreviewOptions } from "./commands/preview";
import type { RenderOptions } from "./commands/render";
import { KnownError } from "./io/errors";
import { LIST_FORMATS } from "./reporters/list";

// Set by the build from package.json.
declare const SES_GUARD_VERSION: string;

// Each command is loaded when it is run: the start of a small run is most of its time.
const load = {
  init: () => require("./commands/init") as typeof import("./commands/init"),
  lint: () => require("./commands/lint") as typeof import("./commands/lint"),
  list: () => require("./commands/list") as typeof import("./commands/list"),
  preview: () => require("./commands/preview") as typeof import("./commands/preview"),
  render: () => require("./commands/render") as typeof import("./commands/render"),
  rules: () => require("./commands/rules") as typeof import("./commands/rules"),
  explain: () => require("./commands/explain") as typeof import("./commands/explain"),
  watch: () => require("./io/watch") as typeof import("./io/watch"),
  terminal: () => require("./io/terminal") as typeof import("./io/terminal"),
  completion: () => require("@bomb.sh/tab/commander").default as (root: Command) => unknown,
};

function program(isCompletion = false): Command {
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
  addList(root);
  addAccountCommands(root, SES_GUARD_VERSION);
  addInit(root);
  root
    .command("rules")
    .summary("list the rules")
    .description("Lists the rules: id, default level, severity, what it finds.")
    .action(() => print(withoutCommands(load.rules().rulesTable())));
  root
    .command("explain")
    .summary("explain a rule")
    .description("Shows what a rule finds, why it matters, how to fix it and how to allow it.")
    .addArgument(ruleArgument(isCompletion))
    .option("--example", "show a program that fails and one that passes instead")
    .action((rule: string, options: { example?: boolean }) =>
      print(withoutCommands(load.explain().explainRule(rule, options))),
    );
  addCompletion(root, isCompletion);
  return root;
}

/** With the ids only for completion: a wrong one has an error of ours. */
function ruleArgument(isCompletion: boolean): Argument {
  const argument = new Argument("<RULE>", "id of a rule");
  return isCompletion ? argument.choices(load.rules().ruleIds()) : argument;
}

/** The library is loaded only where it is what was asked for. */
function addCompletion(root: Command, isCompletion: boolean): void {
  if (isCompletion) load.completion()(root);
  else {
    root
      .command("complete")
      .summary("write completion for a shell")
      .argument("<SHELL>", "bash, zsh, fish or powershell");
  }
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
      const { preview, writtenBy } = load.preview();
      const run = async () => {
        const { output, code } = await preview(folders, options, SES_GUARD_VERSION);
        print(output, code);
      };
      if (!options.watch) return run();
      const again = () => {
        process.stderr.write(`${load.terminal().separator(new Date())}\n`);
        return run().catch(failWith);
      };
      const { repeatOnChange } = load.watch();
      await repeatOnChange(
        folders.length === 0 ? ["."] : folders,
        writtenBy(options),
        again,
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

function addList(root: Command): void {
  withProgramOptions(root.command("list"))
    .summary("show who receives what, identity by identity")
    .description(
      "Shows for each identity who receives its bounces, complaints and deliveries, down to the last queue, function " +
        "or mailbox in view. Files are documents as `lint` takes them; folders are programs, which are run as `preview` " +
        "runs them. Exit code: 0 shown, 2 could not run.",
    )
    .argument("[FILE|DIR...]", "documents and folders with a Pulumi.yaml; - is standard input; default: this folder")
    .addOption(new Option("--format <FORMAT>", "of the list").choices(LIST_FORMATS).default("text"))
    .option("--output <FILE>", "write the list there instead of to standard output")
    .option("--config <FILE>", "configuration, instead of the ses-guard.yaml found upwards from here")
    .option("--source-root <PROJECT=DIR>", "where a project's sources stand, may be given often", collectValues)
    .option("--title <TEXT>", "of the page, with --format html")
    .action(async (sources: string[], options: ListOptions) => {
      print(await load.list().list(sources, options, SES_GUARD_VERSION));
    });
}

function addInit(root: Command): void {
  root
    .command("init")
    .summary("set up configuration, workflow and baseline")
    .description(
      "Writes what a repository needs to check a program: a configuration, a workflow, a baseline of today's findings. " +
        "Asks what no option says, at most three questions; overwrites nothing.",
    )
    .argument("[DIR]", "folder with a Pulumi.yaml; default: this one", ".")
    .option("--configuration", "write ses-guard.yaml beside the program")
    .option("--no-configuration", "write none")
    .addOption(new Option("--workflow <HOST>", "workflow to write").choices(["github", "gitlab", "none"]))
    .option("--baseline", "accept today's findings, for which the program is run")
    .option("--no-baseline", "accept none")
    .option("--yes", "ask nothing: configuration, the workflow of the host that is seen, no baseline")
    .action(async (folder: string, options: InitOptions) =>
      print(await load.init().init(folder, options, SES_GUARD_VERSION)),
    );
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

/** Throws `KnownError` for help on what is no command. */
function checkHelp(root: Command, name: string | undefined): void {
  const names = root.commands.map((command) => command.name());
  if (name === undefined || name === "help" || names.includes(name)) return;
  const near = nearest(name, names);
  const hint = near === undefined ? "`ses-guard --help` lists them" : `did you mean ${near}?`;
  throw new KnownError(`help: unknown command ${printable(name.slice(0, 60))}, ${hint}`);
}

async function main(args: string[]): Promise<void> {
  // A reader that has seen enough (`| head`) is no error; a full disk behind standard output is one.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") fail(`standard output can't be written: ${error.code ?? "unknown"}`);
    process.exit();
  });
  process.stderr.on("error", () => process.exit());
  try {
    const root = program(args[0] === "complete");
    if (args.length === 0) {
      // No success, so that a pipeline in which the command was lost does not pass.
      process.exitCode = 2;
      process.stderr.write(root.helpInformation());
      return;
    }
    if (args[0] === "help") checkHelp(root, args[1]);
    // An option whose value may be left out would take the first file for it.
    const spelt = args.map((arg) => (arg === "--strict=all" ? "--strict-all" : arg));
    await root.parseAsync(spelt, { from: "user" });
  } catch (error) {
    failWith(error);
  }
}

void main(process.argv.slice(2));
