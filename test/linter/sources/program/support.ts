import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type OfflinePreviewOptions, offlinePreview } from "../../../../linter";
import type { ResourceRecord, StackRecords } from "../../../../policies/model/record";
import { UNKNOWN_STRING } from "../../../../policies/model/value";

export const PROGRAMS = join(__dirname, "../../../fixtures/programs");
export const RECORDINGS = join(__dirname, "../../../fixtures/recordings");

const SDK_FOLDER = join(__dirname, "../../../fixtures/sdk");

/**
 * The oldest supported SDK with @pulumi/aws 6, and the newest with 7. They are not part of the project's own
 * installation; where they are missing, tests are skipped and the title says how to install them.
 */
export const SDKS = ["oldest", "newest"].map((version) => {
  const folder = join(SDK_FOLDER, version);
  const modules = join(folder, "node_modules");
  const manifest: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const { "@pulumi/pulumi": pulumi = "", "@pulumi/aws": aws = "" } = manifest.dependencies;
  const isInstalled = Object.keys(manifest.dependencies).every((name) => existsSync(join(modules, name)));
  const command = `npm i --no-package-lock --ignore-scripts --prefix test/fixtures/sdk/${version}`;
  const title = `@pulumi/pulumi ${pulumi}, @pulumi/aws ${aws}${isInstalled ? "" : ` (not installed: ${command})`}`;
  return { version, modules, aws, isInstalled, title };
});

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
