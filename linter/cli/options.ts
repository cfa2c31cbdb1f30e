import { type Command, Option } from "commander";
import { withoutCommands } from "../../policies/text/commands";
import { FORMATS } from "../reporters";

/** Options of every command that ends in a report. */
export function withRunOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--format <FORMAT>", "of the report; default: text, github under GitHub Actions").choices(FORMATS),
    )
    .option(
      "--output <[FORMAT=]FILE>",
      "write the report there instead of to standard output (-), may be given often",
      collectValues,
    )
    .option("--max <N>", "findings of one kind that are written out; default: 5")
    .option("--title <TEXT>", "of the page, with --format html")
    .option("--config <FILE>", "configuration, instead of the ses-guard.yaml found upwards from what is checked")
    .option(
      "--strict",
      "what can't be verified and no deployment will settle counts as a violation, so does a view with no identity; " +
        "--strict=all: every doubt",
    )
    .addOption(new Option("--strict-all").hideHelp())
    .option(
      "--rule <ID>",
      "show findings of this rule, may be given often; what fails the run is shown in any case",
      collectValues,
    )
    .option("--min-severity <S>", "show findings of this severity (critical, high, medium, low) and worse")
    .option("--quiet", "show only what fails the run")
    .option("--baseline <FILE>", "accept the findings remembered in it, report what is new")
    .option("--write-baseline", "remember the present findings in the file of --baseline")
    .option("--prune", "take out of the file of --baseline what is not found any more");
}

/** Options of every command that runs programs. */
export function withProgramOptions(command: Command): Command {
  return command
    .option("--stack <NAME>", "stack whose configuration to use; default: the only one that has a file, else dev")
    .option("--config-value <KEY=VALUE>", "set a configuration value, may be given often", collectValues)
    .option("--mocks <FILE>", "answers for function calls and stack references, YAML or JSON")
    .option("--env <NAME>", "let the programs see this environment variable, may be given often", collectValues)
    .option("--timeout <S>", "seconds after which a program is ended", "120")
    .option("--verbose", "show what the programs write, on standard error");
}

/** For an option that may be given often. */
export function collectValues(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** Ends a run: what goes to standard output, notes on standard error, the exit code. */
export function print(text: string, code = 0, notes: readonly string[] = []): void {
  process.exitCode = code;
  for (const note of notes) process.stderr.write(`${withoutCommands(`ses-guard: ${note}`)}\n`);
  process.stdout.write(text);
}
