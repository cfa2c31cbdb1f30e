import { outputsOf } from "../outputs";
import type { ProgramOptions } from "../program-options";
import { type RunOptions, type RunResult, run } from "../run";
import { programs } from "../stacks/programs";

export type PreviewOptions = ProgramOptions & RunOptions;

/**
 * `ses-guard preview`: runs the programs offline and reports on them together, as `lint` does on documents. What goes
 * to standard output, and the exit code (0 or 1). Throws `KnownError` where a program does not run to its end.
 */
export async function preview(
  folders: readonly string[],
  options: PreviewOptions,
  version: string,
): Promise<RunResult> {
  return run(programs(folders, options), options, version);
}

/** The files that a run writes. */
export function writtenBy(options: PreviewOptions): string[] {
  const paths = [...outputsOf(options).map(({ path }) => path), options.baseline];
  return paths.filter((path) => path !== undefined);
}
