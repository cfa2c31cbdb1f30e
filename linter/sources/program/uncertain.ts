import type { StackRecords } from "../../../policies/model/record";
import { printable } from "../../../policies/text/printable";
import { mockLines } from "./advice";
import type { Uncertain } from "./child-process";
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
    return { reason, position: position && relativePosition(position, from), types };
  });
  const placeOf = ({ position }: (typeof entries)[number]) => JSON.stringify(position ?? null);
  return entries.length === 0 ? undefined : entries.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}
