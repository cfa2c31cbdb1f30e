import { relative } from "node:path";
import { printable } from "../../../policies/text/printable";
import type { Ending, Exit } from "./child-process";
import type { Monitor } from "./monitor";
import type { Project } from "./project";
import { STACK_TYPE } from "./recorder";

/** Why the records are not the whole program, in one line with its own words; undefined where they are. */
export function explainFailure(end: Ending, monitor: Monitor, project: Project): string | undefined {
  const registered = monitor.resources.filter(({ type }) => type !== STACK_TYPE).length;
  const after = `after it had registered ${registered} ${registered === 1 ? "resource" : "resources"}`;
  if (end.timedOut) {
    return `the program was still running after ${end.seconds} s, ${after}; end what keeps it alive, or allow more with --timeout`;
  }
  const [error] = monitor.errors;
  if (error !== undefined) return describeError(error, project);
  if (end.signal !== null) return `the program was ended by ${end.signal}, ${after}`;
  const { drained, exited } = end.last ?? { drained: false };
  if (exited !== undefined && !(drained && end.code === 0)) return explainExit(end, exited, project, after);
  if (end.code !== 0 && drained) return `the program ended with process.exitCode ${end.code}, which it set, ${after}`;
  if (end.code === 0 && end.last === undefined) return `the program ended itself without a word, ${after}`;
  if (end.code !== 0) return describeError(end.output, project) || `the program ended with code ${end.code}, ${after}`;
  return monitor.isComplete() ? undefined : `the program ended before it was done, ${after}`;
}

/** The program ended itself. */
function explainExit(end: Ending, exited: Exit, project: Project, after: string): string {
  const place = framePosition(shorten(exited.stack), project);
  const hasWords = exited.code !== 0 && end.output.trim() !== "";
  // The SDK's runner also ends this way, after it has written why.
  if (place === undefined && hasWords) return describeError(end.output, project);
  const words = hasWords ? `: ${describeError(end.output, project)}` : "";
  return `the program called process.exit(${exited.code})${place ? ` at ${place}` : ""}, ${after}${words}`;
}

const ERROR_LINE = /^\s*(?:Uncaught )?(?:[\w$.]*(?:Error|Exception)\b(?: \[\w+\])?): ?(.+)/;

/** Message, position in the program and, where it is known, what to do. */
function describeError(raw: string, project: Project): string {
  const text = shorten(raw)
    .replace(/\x1b\[[\d;]*m/g, "")
    .replace(/\b2 UNKNOWN: /g, "");
  const lines = text
    .replace(/^Running program '.*' failed with an unhandled exception:\s*/, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const compiler = lines.findIndex((line) => line.includes("Unable to compile TypeScript"));
  const message =
    compiler >= 0
      ? (lines[compiler + 1] ?? lines[compiler] ?? "")
      : (lines.find((line) => ERROR_LINE.test(line)) ?? lines[0] ?? "");
  const position = framePosition(text, project);
  const place = position !== undefined && !message.includes(position) ? ` (${position})` : "";
  const words = message.replaceAll(project.root, ".").replace(/[.;,]+$/, "");
  return `${printable(words.slice(0, 400))}${place}${adviceFor(text, project)}`;
}

/** What is looked at of a text: a program may write as much as it likes, on one line. */
function shorten(text: string): string {
  return text
    .slice(0, 200_000)
    .split("\n", 2_000)
    .map((line) => line.slice(0, 1_000))
    .join("\n");
}

function adviceFor(text: string, project: Project): string {
  if (/Missing required configuration variable/.test(text)) {
    const where = project.environment ? ", which may come from the stack's environment" : "";
    return `; add it to Pulumi.${printable(project.stack)}.yaml${where}, or give it with --config-value KEY=VALUE`;
  }
  if (/Cannot find (?:module|package) '[^./]/.test(text)) return "; install the program's dependencies";
  return "; --verbose shows what the program wrote";
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
