import { withoutCommands } from "../policies/text/commands";
import { printable } from "../policies/text/printable";
import { KnownError } from "./io/errors";
import type { OfflinePreviewOptions } from "./sources/program/offline-preview";

/** Options of every command that runs programs, as they are written. */
export interface ProgramOptions {
  stack?: string;
  /** `KEY=VALUE` each. */
  configValue?: readonly string[];
  mocks?: string;
  /** Names of variables. */
  env?: readonly string[];
  /** Seconds, as written. */
  timeout?: string;
  verbose?: boolean;
}

/** The same as the source takes them. Throws `KnownError` for what is none. */
export function settingsOf(options: ProgramOptions): OfflinePreviewOptions {
  return {
    stack: options.stack,
    config: parseConfigValues(options.configValue ?? []),
    mocks: options.mocks,
    env: options.env,
    timeout: parseTimeout(options.timeout),
    onOutput: options.verbose ? writeOutput : undefined,
  };
}

function parseConfigValues(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at <= 0) throw new KnownError(`--config-value ${printable(pair)}: expected KEY=VALUE`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function parseTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new KnownError(`--timeout ${printable(text)}: expected seconds`);
  return seconds;
}

function writeOutput(text: string): void {
  for (const line of text.trimEnd().split("\n")) process.stderr.write(`${withoutCommands(printable(line))}\n`);
}
