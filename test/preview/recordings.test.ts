import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlinePreview, readDocument, type StackRecords } from "../../linter";
import type { ResourceRecord } from "../../policies/model/resource";
import { RECORDINGS } from "./support";

describe("offline records equal what the engine's preview recorded", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "recordings-"));
    cpSync(RECORDINGS, folder, { recursive: true });
    symlinkSync(join(__dirname, "../../node_modules"), join(folder, "node_modules"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(readdirSync(RECORDINGS))("%s", async (name) => {
    const program = join(folder, name);
    writeFileSync(join(program, "Pulumi.yaml"), "name: mail\nruntime: nodejs\nmain: program.js\n");
    writeFileSync(join(program, `Pulumi.${name}.yaml`), "config:\n  aws:region: us-east-1\n");
    const recorded = readDocument(readFileSync(join(program, "preview.json"), "utf8"), name);
    const offline = await offlinePreview(program);
    expect(summary(offline)).toEqual(summary(recorded));
    expect(offline.configRegion).toBe(recorded.configRegion);
    expect(offline.stacks).toEqual(recorded.stacks);
  });
});

/** Everything but what the recording's machine decides: its folders, and versions of the SDK. */
function summary(view: StackRecords) {
  return view.resources
    .map((record) => ({
      type: record.type,
      urn: record.urn,
      stack: record.stack,
      inputs: withoutInternal(record.inputs),
      provider: record.provider,
      parent: record.parent,
      propertyDependencies: record.propertyDependencies ?? {},
      external: record.external ?? false,
      position: isOfSdk(record) ? undefined : { line: record.position?.line, column: record.position?.column },
    }))
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

// The engine's own bookkeeping on an explicit provider.
function withoutInternal(inputs: ResourceRecord["inputs"] = {}) {
  const { __internal, ...rest } = inputs;
  return rest;
}

const isOfSdk = ({ position }: ResourceRecord) => position?.path.includes("node_modules/");
