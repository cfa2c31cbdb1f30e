import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlinePreview, readDocument, type StackRecords } from "../../../../linter";
import { asPlaced, comparable, RECORDINGS } from "./support";

describe("offline records equal what the engine's preview recorded", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "recordings-"));
    cpSync(RECORDINGS, folder, { recursive: true });
    symlinkSync(join(__dirname, "../../../../node_modules"), join(folder, "node_modules"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(readdirSync(RECORDINGS))("%s", async (name) => {
    const program = join(folder, name);
    writeFileSync(join(program, "Pulumi.yaml"), "name: mail\nruntime: nodejs\nmain: program.js\n");
    writeFileSync(join(program, `Pulumi.${name}.yaml`), "config:\n  aws:region: us-east-1\n");
    const recorded = readDocument(readFileSync(join(program, "preview.json"), "utf8"), name);
    const offline = await offlinePreview(program);
    // The recording was made in another folder.
    const rows = (view: StackRecords) => comparable(view).map((row) => ({ ...row, path: undefined }));
    const real = rows(recorded);
    expect(rows(offline).map((row, index) => asPlaced(row, real[index]))).toEqual(real);
    expect(offline.configRegion).toBe(recorded.configRegion);
    expect(offline.stacks).toEqual(recorded.stacks);
  });
});
