import { type RunOptions, type RunResult, run } from "../run";
import { type DocumentOptions, documents } from "../stacks/documents";

export type LintOptions = DocumentOptions & RunOptions;

/**
 * `ses-guard lint`: what goes to standard output, and the exit code (0 or 1). Writes the files of `--output` and
 * `--write-baseline`. Throws `KnownError` where it could not run.
 */
export async function lint(files: readonly string[], options: LintOptions, version: string): Promise<RunResult> {
  return run(documents(files, options), options, version);
}
