import type { StackRecords } from "../../../policies/model/record";
import { printable } from "../../../policies/text/printable";
import { mockLine, mockLines, referenceLine } from "./advice";
import type { Uncertain } from "./child-process";
import type { Monitor } from "./monitor";
import { relativePosition } from "./positions";

/**
 * What callbacks that were not run to their end might have registered, in the order of their places.
 * @param from folder that positions are relative to
 * @param unanswered tokens of the functions that were called and have no answer here
 */
export function mayBeMissing(
  callbacks: readonly Uncertain[],
  from: string,
  unanswered: readonly string[],
): StackRecords["mayBeMissing"] {
  const lines = unanswered.length === 0 ? "" : `, with these lines: ${mockLines(unanswered)}`;
  const entries = callbacks.map(({ types, position, error }) => {
    const reason =
      error === undefined
        ? "a callback waits for a value that only the deployment knows, so it was not run"
        : `a callback failed on a value that is not known here (${printable(error)}); give the answer with --mocks${lines}`;
    const failed = error === undefined ? {} : { failed: true as const };
    return { reason, position: position && relativePosition(position, from), types, ...failed };
  });
  const placeOf = ({ position }: (typeof entries)[number]) => JSON.stringify(position ?? null);
  return entries.length === 0 ? undefined : entries.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** The answers that a program went without, with the lines that give them, in the order of their names. */
export function unansweredLines({ unanswered, unansweredReferences }: Monitor): StackRecords["unanswered"] {
  const functions = [...unanswered].sort().map((token) => ({ line: mockLine(token) }));
  const references = [...unansweredReferences].map(([reference, stack]) => ({ line: referenceLine(stack), reference }));
  return [...functions, ...references.sort((a, b) => (a.line < b.line ? -1 : 1))];
}
