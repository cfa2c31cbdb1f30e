import { lstatSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { printable } from "../../policies/text/printable";
import { fileProblem, KnownError } from "./errors";
import { isInside } from "./repository";

/**
 * Writes a file whole or not at all: beside its place first, then moved there. A link stays a link; a device or a
 * pipe is written to. Throws `KnownError` and leaves nothing behind.
 */
export function writeAtomically(path: string, text: string): void {
  let temporary: string | undefined;
  try {
    const { target, existing } = placeOf(path);
    if (existing !== undefined && !existing.isFile()) {
      writeFileSync(target, text);
      return;
    }
    const beside = `${target}.${process.pid}.tmp`;
    writeFileSync(beside, "", { flag: "wx", mode: existing?.mode });
    temporary = beside;
    writeFileSync(beside, text);
    renameSync(beside, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw unwritable(path, error);
  }
}

/**
 * What stands where something is to be written; undefined where nothing does. Throws `KnownError` where it can't be
 * written there.
 */
export function checkPlace(path: string): Stats | undefined {
  try {
    const { target, existing } = placeOf(path);
    if (existing === undefined) statSync(dirname(target));
    return existing;
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): KnownError {
  if (error instanceof KnownError) return error;
  return new KnownError(`${printable(path)}: can't be written: ${fileProblem(error) ?? "not a writable file"}`);
}

/**
 * The file behind the links of a path. A checkout may hold links that somebody else made, so no link leads out of the
 * folder that the path was named in: the working directory, where the path is inside it, else the file's own folder.
 */
function placeOf(path: string): { target: string; existing: Stats | undefined } {
  const own = lstatSync(path, { throwIfNoEntry: false });
  const target = own?.isSymbolicLink() ? realpathSync(path) : path;
  const existing = statSync(target, { throwIfNoEntry: false });
  if (existing?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
  if (existing !== undefined && !existing.isFile()) return { target, existing };
  const folder = isInside(process.cwd(), resolve(path)) ? process.cwd() : dirname(resolve(path));
  const real = join(realpathSync(dirname(target)), basename(target));
  if (!isInside(realpathSync(folder), real)) {
    throw new KnownError(`${printable(path)}: a link leads out of ${printable(folder)}; name the file itself`);
  }
  return { target, existing };
}
