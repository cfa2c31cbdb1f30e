/**
 * Something the caller can put right: the run could not be done (exit code 2). The message is one line that says
 * what, where and what to do; text from outside must have gone through `printable`.
 */
export class KnownError extends Error {
  override readonly name = "KnownError";
}

/** What went wrong with a file, in words; undefined where the error is not one of the file system. */
export function fileProblem(error: unknown): string | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === "string" ? (FILE_PROBLEMS[code] ?? (/^E[A-Z0-9]+$/.test(code) ? code : undefined)) : undefined;
}

const FILE_PROBLEMS: Record<string, string> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of the path is not a directory",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many open files",
};
