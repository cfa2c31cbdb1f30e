import { join } from "node:path";
import { type OfflinePreviewOptions, offlinePreview } from "../../../../linter";
import type { ResourceRecord, StackRecords } from "../../../../policies/model/record";
import { UNKNOWN_STRING } from "../../../../policies/model/value";

export const PROGRAMS = join(__dirname, "../../../fixtures/programs");
export const RECORDINGS = join(__dirname, "../../../fixtures/recordings");

export const run = (program: string, options?: OfflinePreviewOptions): Promise<StackRecords> =>
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

/** What a real and an offline preview must agree on. Where in the SDK its own resources are is not part of it. */
export function comparable(view: StackRecords) {
  return view.resources
    .map((record) => {
      const place = record.position?.inner ?? record.position;
      const ofSdk = place?.path.includes("node_modules/");
      // The engine's own bookkeeping on an explicit provider.
      const { __internal, ...inputs } = record.inputs ?? {};
      return {
        type: record.type,
        urn: record.urn,
        stack: record.stack,
        inputs,
        provider: record.provider,
        parent: record.parent,
        propertyDependencies: record.propertyDependencies ?? {},
        external: record.external ?? false,
        path: ofSdk ? undefined : place?.path,
        line: ofSdk ? undefined : place?.line,
        column: ofSdk ? undefined : place?.column,
      };
    })
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

type Row = ReturnType<typeof comparable>[number];

/** A row without its place where the engine has none: it knows neither ES modules nor every way to make a class. */
export function asPlaced(row: Row, real: Row | undefined): Row {
  return real?.line === undefined ? { ...row, path: undefined, line: undefined, column: undefined } : row;
}
