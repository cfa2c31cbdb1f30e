import { relative } from "node:path";
import { printable } from "../../../policies/text/printable";
import { adviceFor, type Circumstances } from "./advice";
import type { Ending, Exit } from "./child-process";
import type { Monitor } from "./monitor";
import type { Project } from "./project";
import { STACK_TYPE } from "./recorder";

/** Why the records are not the whole program, in one line with its own words; undefined where they are. */
export function explainFailure(end: Ending, monitor: Monitor, project: Project): string | undefined {
  const circumstances = { project, unanswered: [...monitor.unanswered].sort(), hasCause: end.cause !== undefined };
  const registered = monitor.resources.filter(({ type }) => type !== STACK_TYPE).length;
  const after = `after it had registered ${registered} ${registered === 1 ? "resource" : "resources"}`;
  if (end.timedOut) {
    return `the program was still running after ${end.seconds} s, ${after}; end what keeps it alive, or allow more with --timeout`;
  }
  const [error] = monitor.errors;
  if (error !== undefined) return describeError(error, circumstances);
  if (end.signal !== null) return `the program was ended by ${end.signal}, ${after}`;
  const { drained, exited } = end.last ?? { drained: false };
  if (exited !== undefined && !(drained && end.code === 0)) return explainExit(end, exited, circumstances, after);
  if (end.code !== 0 && drained && !LEAK.test(end.output) && !WAITING.test(shorten(end.output)))
    return `the program ended with process.exitCode ${end.code}, which it set, ${after}`;
  if (end.code === 0 && end.last === undefined) return `the program ended itself without a word, ${after}`;
  if (end.code !== 0)
    return describeError(end.output, circumstances) || `the program ended with code ${end.code}, ${after}`;
  return monitor.isComplete() ? undefined : `the program ended before it was done, ${after}`;
}

/** The program ended itself. */
function explainExit(end: Ending, exited: Exit, circumstances: Circumstances, after: string): string {
  const place = framePosition(shorten(exited.stack), circumstances.project);
  const hasWords = exited.code !== 0 && end.output.trim() !== "";
  // The SDK's runner also ends this way, after it has written why.
  if (place === undefined && hasWords) return describeError(end.output, circumstances);
  const words = hasWords ? `: ${describeError(end.output, circumstances)}` : "";
  return `the program called process.exit(${exited.code})${place ? ` at ${place}` : ""}, ${after}${words}`;
}

/** First of the two lines in which the SDK says it. */
const LEAK = /^The Pulumi runtime detected that \d+ promises? (?:was|were) still active$/m;
/** How newer versions say it, up to an empty line. */
const WAITING = /^The Pulumi runtime detected that the program exited before (?:.+\n)+/m;
const ERROR_LINE = /^(?:Uncaught )?(?:[\w$.]*(?:Error|Exception)\b(?: \[\w+\])?): ?(.+)/;

/** Message, position in the program and what to do. */
function describeError(raw: string, circumstances: Circumstances): string {
  const text = shorten(raw)
    .replace(/\x1b\[[\d;]*m/g, "")
    .replace(/\b2 UNKNOWN: /g, "")
    .replace(/<ref \*\d+> /g, "");
  const lines = text
    .replace(/^Running program '.*' failed with an unhandled exception:\s*/, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (lines.length === 0) return "";
  const { project } = circumstances;
  const position = framePosition(text, project);
  const [waiting] = WAITING.exec(text) ?? [];
  const message = waiting?.trim().replace(/\s+/g, " ") ?? messageOf(lines);
  const place = position !== undefined && !message.includes(position) ? ` (${position})` : "";
  const words = message.replaceAll(project.root, ".").replace(/[.;,]{1,9}$/, "");
  return `${printable(words.slice(0, 600))}${place}; ${adviceFor(text, circumstances)}`;
}

/** The line that says what is wrong, with those that belong to it. */
function messageOf(lines: readonly string[]): string {
  const leak = lines.find((line) => LEAK.test(line));
  if (leak !== undefined) return `${leak} at the time that the process exited`;
  const compiler = lines.findIndex((line) => line.includes("Unable to compile TypeScript"));
  if (compiler >= 0) return lines[compiler + 1] ?? lines[compiler] ?? "";
  const at = Math.max(
    lines.findIndex((line) => ERROR_LINE.test(line)),
    0,
  );
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line.startsWith("at ") || line.endsWith("{"));
  const more = end < 0 ? rest : rest.slice(0, end);
  const [first = ""] = lines.slice(at);
  // Our components write one line for each wrong argument.
  if (/\d wrong arguments$/.test(first)) return [`${first}:`, more.join("; ")].join(" ");
  return first;
}

/** What is looked at of a text: a program may write as much as it likes, on one line. */
function shorten(text: string): string {
  return text
    .slice(0, 200_000)
    .split("\n", 2_000)
    .map((line) => line.slice(0, 1_000))
    .join("\n");
}

/** First place in the program itself, not in a package, that a stack trace names. */
function framePosition(text: string, project: Project): string | undefined {
  for (const match of text.matchAll(/(?:file:\/\/)?(\/[^\s():]+|[A-Za-z]:\\[^\s():]+):(\d+)(?::(\d+))?/g)) {
    const [, file = "", line, column] = match;
    const path = relative(project.root, file);
    if (path.startsWith("..") || path.includes("node_modules")) continue;
    return printable(`${path}:${line}${column ? `:${column}` : ""}`);
  }
  return undefined;
}
