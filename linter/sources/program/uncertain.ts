import type { StackRecords } from "../../../policies/model/record";
import { printable } from "../../../policies/text/printable";
import type { Uncertain } from "./child-process";
import { relativePosition } from "./positions";

/**
 * What callbacks that were not run to their end might have registered, in the order of their places.
 * @param from folder that positions are relative to
 */
export function mayBeMissing(callbacks: readonly Uncertain[], from: string): StackRecords["mayBeMissing"] {
  const entries = callbacks.map(({ types, position, error }) => {
    const reason =
      error === undefined
        ? "a callback waits for a value that only the deployment knows, so it was not run"
        : `a callback failed on a value that is not known here (${printable(error)}); give the answer with --mocks`;
    return { reason, position: position && relativePosition(position, from), types };
  });
  const placeOf = ({ position }: (typeof entries)[number]) => JSON.stringify(position ?? null);
  return entries.length === 0 ? undefined : entries.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}
