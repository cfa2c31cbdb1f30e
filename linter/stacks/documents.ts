import { existsSync, realpathSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { displayName, fileInput, standardInput } from "../io/files";
import { readInRepository, repositoryOf } from "../io/repository";
import { mergeDocuments, readInput, type SourceRoots, type StackDocument } from "../sources/documents";
import type { Checked } from "./checked";

/** Options of every command that reads documents, as they are written. */
export interface DocumentOptions {
  /** `PROJECT=DIR` each: where the sources of a project stand. */
  sourceRoot?: readonly string[];
}

/**
 * The stacks that documents are about; `-` is standard input. Throws `KnownError` for what can't be read.
 * @param isAll whether nothing else is read, so that nobody else can name what is in them
 */
export function documents(files: readonly string[], options: DocumentOptions, isAll = true): Checked {
  const inputs = files.filter((file) => file !== "-");
  const roots = parseRoots(options.sourceRoot ?? []);
  // Of other projects nobody has said where their sources stand.
  const isOfRoot = (path: string) => Object.values(roots).some((root) => root === "." || path.startsWith(`${root}/`));
  return {
    readStacks: async () => mergeDocuments(await readDocuments(files, roots, isAll && files.length === 1)),
    folders: inputs.map((file) => dirname(file)),
    inputs,
    readSource: (path) => (isOfRoot(path) ? readInRepository(path) : undefined),
  };
}

/** A file given twice is read once. */
async function readDocuments(files: readonly string[], roots: SourceRoots, isOnly: boolean): Promise<StackDocument[]> {
  if (files.filter((file) => file === "-").length > 1) {
    throw new KnownError("standard input (-) is given twice; it can be read once");
  }
  const documents: StackDocument[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const input = file === "-" ? await standardInput() : fileInput(file);
    const path = file === "-" ? file : placeOf(file);
    if (!seen.has(path)) documents.push(readInput(input, displayName(file), { roots, isOnly }));
    seen.add(path);
  }
  return documents;
}

/** The file itself, whatever leads to it; where there is none, reading it says so. */
function placeOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
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
