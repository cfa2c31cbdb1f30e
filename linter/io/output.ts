import { lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { printable } from "../../policies/text/printable";
import { fileProblem, KnownError } from "./errors";

/**
 * Writes a file whole or not at all: beside its place first, then moved there. A link stays a link; a device or a
 * pipe is written to. Throws `KnownError` and leaves nothing behind.
 */
export function writeAtomically(path: string, text: string): void {
  let temporary: string | undefined;
  try {
    const known = lstatSync(path, { throwIfNoEntry: false });
    const target = known?.isSymbolicLink() ? realpathSync(path) : path;
    const existing = statSync(target, { throwIfNoEntry: false });
    if (existing !== undefined && !existing.isFile() && !existing.isDirectory()) {
      writeFileSync(target, text);
      return;
    }
    if (existing?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    const beside = `${target}.${process.pid}.tmp`;
    writeFileSync(beside, "", { flag: "wx", mode: existing?.mode });
    temporary = beside;
    writeFileSync(beside, text);
    renameSync(beside, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw new KnownError(`${printable(path)}: can't be written: ${fileProblem(error) ?? "not a writable file"}`);
  }
}
