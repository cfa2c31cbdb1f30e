import { realpathSync } from "node:fs";
import { KnownError } from "../io/errors";
import { displayName, readStandardInput, readText } from "../io/files";
import { type RunOptions, type RunResult, run } from "../run";
import { mergeDocuments, readDocument, type StackDocument } from "../sources/documents";

/**
 * `ses-guard lint`: what goes to standard output, and the exit code (0 or 1). Writes the files of `--output` and
 * `--write-baseline`. Throws `KnownError` where it could not run.
 */
export async function lint(files: readonly string[], options: RunOptions, version: string): Promise<RunResult> {
  return run(async () => mergeDocuments(await readDocuments(files)), options, version);
}

/** A file given twice is read once. */
async function readDocuments(files: readonly string[]): Promise<StackDocument[]> {
  if (files.filter((file) => file === "-").length > 1) {
    throw new KnownError("standard input (-) is given twice; it can be read once");
  }
  const documents: StackDocument[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const text = file === "-" ? await readStandardInput() : readText(file);
    const path = file === "-" ? file : realpathSync(file);
    if (!seen.has(path)) documents.push(readDocument(text, displayName(file)));
    seen.add(path);
  }
  return documents;
}
