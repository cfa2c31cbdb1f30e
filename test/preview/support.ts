import { join } from "node:path";
import { offlinePreview, type PreviewOptions } from "../../linter";
import type { ResourceRecord, StackRecords } from "../../policies/model/resource";
import { UNKNOWN_STRING } from "../../policies/model/value";

export const PROGRAMS = join(__dirname, "../fixtures/programs");
export const RECORDINGS = join(__dirname, "../fixtures/recordings");

export const run = (program: string, options?: PreviewOptions): Promise<StackRecords> =>
  offlinePreview(join(PROGRAMS, program), options);

/** The one resource of that name. */
export function named(view: StackRecords, name: string): ResourceRecord {
  const found = view.resources.filter(({ urn }) => urn.endsWith(`::${name}`));
  if (found.length !== 1) throw new Error(`${found.length} resources are called ${name}`);
  return found[0] as ResourceRecord;
}

/** What a topic's tags show of values, for reading: the sentinel is `???`. */
export function tags(view: StackRecords, name: string): Record<string, unknown> {
  const text = JSON.stringify(named(view, name).inputs?.tags).replaceAll(UNKNOWN_STRING, "???");
  return JSON.parse(text) as Record<string, unknown>;
}
