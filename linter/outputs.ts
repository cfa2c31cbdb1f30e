import { statSync } from "node:fs";
import { resolve } from "node:path";
import { nearest } from "../policies/text/nearest";
import { printable } from "../policies/text/printable";
import { KnownError } from "./io/errors";
import { readText } from "./io/files";
import { checkPlace } from "./io/output";
import { FORMATS, type Format } from "./reporters";
import { isReport } from "./reporters/recognise";

/** Where a report goes: a file, or standard output where there is no path. */
export interface Output {
  format: Format;
  path?: string;
}

/** What the options say about outputs, as they are written. */
export interface OutputOptions {
  format?: string;
  /** `FILE` or `FORMAT=FILE` each; `-` is standard output. */
  output?: readonly string[];
}

/**
 * The reports that a run writes. `--output FILE` takes the report of `--format` in place of standard output,
 * `--output FORMAT=FILE` is one more; without either, or with a format that no file took, standard output gets one.
 * @throws KnownError for a format that does not exist, and for a place that two reports want
 */
export function outputsOf({ format, output = [] }: OutputOptions): Output[] {
  const outputs = output.map((value): Output => {
    const { named, path } = split(value);
    const file = fileOf(path);
    const isPrinted = file === undefined;
    return { format: named ?? toFormat(format ?? defaultFormat(isPrinted)), ...(isPrinted ? {} : { path: file }) };
  });
  const isTaken = output.some((value) => split(value).named === undefined);
  if (outputs.length === 0 || (format !== undefined && !isTaken)) {
    outputs.push({ format: toFormat(format ?? defaultFormat(true)) });
  }
  const places = outputs.map(({ path }) => (path === undefined ? "-" : resolve(path)));
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) {
    const name = twice === "-" ? "standard output" : printable(twice);
    throw new KnownError(`${name} would get two reports; give each --output a file of its own`);
  }
  return outputs;
}

/** Annotations where GitHub Actions reads along. */
function defaultFormat(isPrinted: boolean): Format {
  return isPrinted && process.env.GITHUB_ACTIONS === "true" ? "github" : "text";
}

/** What stands before the first `=` is a format, unless it can't be one (`./a=b`). */
function split(value: string): { named?: Format; path: string } {
  const [, word, path] = /^([a-z]+)=(.*)$/s.exec(value) ?? [];
  if (word === undefined || path === undefined) {
    if (value === "") throw new KnownError("--output: expected FILE or FORMAT=FILE");
    return { path: value };
  }
  if (path === "") throw new KnownError(`--output ${printable(value)}: expected FORMAT=FILE`);
  return { named: toFormat(word, ` (a file of that name is ./${printable(value.slice(0, 80))})`), path };
}

/** Throws `KnownError` for a format that does not exist, with the nearest one. */
function toFormat(word: string, more = ""): Format {
  const known = FORMATS.find((format) => format === word);
  if (known !== undefined) return known;
  const suggestion = nearest(word, FORMATS);
  const hint = suggestion === undefined ? `use one of ${FORMATS.join(", ")}` : `did you mean ${suggestion}?`;
  throw new KnownError(`${printable(word.slice(0, 40))}: unknown format, ${hint}${more}`);
}

/** What a command may write over. */
export interface Replaceable {
  /** True for what an earlier run wrote. */
  isOurs(text: string): boolean;
  /** `report of ses-guard`. */
  name: string;
}

const REPORTS: Replaceable = { isOurs: isReport, name: "report of ses-guard" };

/**
 * Refuses, before anything is run, to write over what was read and over what is no report of ses-guard.
 * @throws KnownError
 */
export function checkOutputs(outputs: readonly Pick<Output, "path">[], inputs: readonly string[]): void {
  for (const { path } of outputs) if (path !== undefined) checkOutput(path, inputs, REPORTS);
}

/**
 * Refuses to write over what is read and over what the command did not write itself.
 * @throws KnownError
 */
export function checkOutput(path: string, inputs: readonly string[], { isOurs, name }: Replaceable): void {
  const known = checkPlace(path);
  if (known === undefined || !known.isFile()) return;
  const input = inputs.find((one) => isSame(path, one));
  if (input !== undefined) {
    throw new KnownError(`--output ${printable(path)}: that is ${printable(input)}, which is read; name another file`);
  }
  if (known.size > 0 && !isOurs(readText(path))) {
    throw new KnownError(`--output ${printable(path)}: there is a file that is no ${name}; delete it or name another`);
  }
}

/** The file of an `--output` that takes one report only; undefined for standard output. */
export function fileOf(output: string | undefined): string | undefined {
  return output === "-" || output === "/dev/stdout" ? undefined : output;
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false }));
  return left !== undefined && right !== undefined && left.ino === right.ino && left.dev === right.dev;
}
