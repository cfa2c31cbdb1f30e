import { existsSync, realpathSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { displayName, readStandardInput, readText } from "../io/files";
import { repositoryOf } from "../io/repository";
import { type RunOptions, type RunResult, run } from "../run";
import { mergeDocuments, readDocument, type SourceRoots, type StackDocument } from "../sources/documents";

export interface LintOptions extends RunOptions {
  /** `PROJECT=DIR` each: where the sources of a project stand. */
  sourceRoot?: readonly string[];
}

/**
 * `ses-guard lint`: what goes to standard output, and the exit code (0 or 1). Writes the files of `--output` and
 * `--write-baseline`. Throws `KnownError` where it could not run.
 */
export async function lint(files: readonly string[], options: LintOptions, version: string): Promise<RunResult> {
  return run(
    async () => mergeDocuments(await readDocuments(files, parseRoots(options.sourceRoot ?? []))),
    options,
    version,
    files.filter((file) => file !== "-").map((file) => dirname(file)),
  );
}

/** A file given twice is read once. */
async function readDocuments(files: readonly string[], roots: SourceRoots): Promise<StackDocument[]> {
  if (files.filter((file) => file === "-").length > 1) {
    throw new KnownError("standard input (-) is given twice; it can be read once");
  }
  const documents: StackDocument[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const text = file === "-" ? await readStandardInput() : readText(file);
    const path = file === "-" ? file : realpathSync(file);
    if (!seen.has(path)) documents.push(readDocument(text, displayName(file), roots));
    seen.add(path);
  }
  return documents;
}

function parseRoots(pairs: readonly string[]): SourceRoots {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at <= 0 || at === pair.length - 1)
        throw new KnownError(`--source-root ${printable(pair)}: expected PROJECT=DIR`);
      const folder = resolve(pair.slice(at + 1));
      if (!existsSync(folder)) throw new KnownError(`--source-root ${printable(pair)}: there is no such folder`);
      return [pair.slice(0, at), relative(repositoryOf(process.cwd()), folder).split(sep).join("/") || "."];
    }),
  );
}
