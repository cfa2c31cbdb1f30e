import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { offlinePreview, readDocument, type StackRecords } from "../../../../linter";
import { hasPulumi, root } from "../../../support/engine";
import { comparable } from "./support";

const FIXTURES = join(root, "test/fixtures/examples");
const names = readdirSync(join(root, "examples")).filter((name) =>
  existsSync(join(root, "examples", name, "index.ts")),
);
// What the engine was answered when the documents were recorded.
const mocks = [{ token: "aws:index/getCallerIdentity:getCallerIdentity", result: { accountId: "123456789012" } }];

const recorded = (folder: string, name: string) => readFileSync(join(folder, name, "preview.json"), "utf8");

/**
 * What has to be equal. Not the paths (that of a program that `main` names begins where its project is), the order of
 * dependencies, and how the SDK marks an asset that the engine then adds a hash to.
 */
function rows(view: StackRecords) {
  return comparable(view).map(({ path, inputs, propertyDependencies, ...row }) => ({
    ...row,
    inputs: JSON.parse(JSON.stringify(inputs, (key, value) => (ASSET.has(key) ? undefined : value))),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, urns]) => [property, [...urns].sort()]),
    ),
  }));
}
const ASSET = new Set(["__pulumiAsset", "__pulumiArchive", "hash"]);

describe("examples: offline records equal the engine's", () => {
  let folder: string;
  const views = new Map<string, Promise<StackRecords>>();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ses-guard-examples-"));
    cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
    cpSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(root, "node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
    buildSync({
      absWorkingDir: root,
      entryPoints: ["components/index.ts"],
      bundle: true,
      platform: "node",
      format: "cjs",
      external: ["@pulumi/*"],
      outfile: join(folder, "node_modules/pulumi-ses-guard/index.js"),
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function offline(name: string): Promise<StackRecords> {
    const project = name === "quick-start" ? folder : join(folder, "examples", name);
    const view = views.get(name) ?? offlineIn(project);
    views.set(name, view);
    return view;
  }

  function offlineIn(project: string): Promise<StackRecords> {
    writeFileSync(join(project, "Pulumi.dev.yaml"), "config:\n  aws:region: us-east-1\n");
    return offlinePreview(project, { mocks });
  }

  async function expectSame(name: string, text: string): Promise<void> {
    const [view, real] = [await offline(name), readDocument(text, name)];
    expect(rows(view)).toEqual(rows(real));
    expect(view.configRegion).toBe(real.configRegion);
    expect(view.stacks).toEqual(real.stacks);
  }

  test("every example is recorded, and nothing else", () => {
    expect(readdirSync(FIXTURES).sort()).toEqual([...names].sort());
  });

  test.each(names)("%s: as recorded", async (name) => {
    const text = recorded(FIXTURES, name);
    // No path of the machine that it was recorded on.
    expect(text).not.toMatch(/": "(?:file:|\/|[A-Za-z]:\\)/);
    expect(text.match(/project:\/\/\/(?!(?:\.\.\/\.\.\/)?node_modules\/|examples\/|index\.ts)[^"]*/g)).toBeNull();
    await expectSame(name, text);
  });

  (hasPulumi ? describe : describe.skip)(`live${hasPulumi ? "" : " (pulumi is not on PATH)"}`, () => {
    test.each(names)(
      "%s: as `pulumi preview --json` says now",
      async (name) => {
        const live = join(folder, "live");
        execFileSync(process.execPath, [join(root, "scripts/record-examples.mjs"), "--to", live, name]);
        await expectSame(name, recorded(live, name));
      },
      120_000,
    );
  });
});
