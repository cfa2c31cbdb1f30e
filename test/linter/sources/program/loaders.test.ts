import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlinePreview } from "../../../../linter";
import { named, SDKS } from "./support";

/** Two registrations that the SDK itself gives no place, behind lines that a compiler takes away. */
const SOURCE = `import * as aws from "@pulumi/aws";

interface Mail {
  domain: string;
}

const all: Mail[] = [{ domain: "a.example" }];
all.forEach(({ domain }) => {
  new aws.ses.DomainIdentity("mail", { domain });
});
export const made = [1].map(() => new aws.ses.DomainIdentity("anonymous", { domain: "c.example" }));
`;
/** The compiler that the oldest SDK brings knows no other, and the newest not this one. */
const RESOLUTION: Record<string, object> = {
  oldest: { module: "esnext", moduleResolution: "node" },
  newest: { module: "es2022", moduleResolution: "bundler" },
};

describe.each(SDKS)("$title", ({ version, modules, isInstalled }) => {
  let root: string;
  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "loaders-")));
    symlinkSync(modules, join(root, "node_modules"));
    mkdirSync(join(root, ".git"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  (isInstalled ? test : test.skip).each([
    ["tsx, ES module", "--import tsx", "module"],
    ["tsx, CommonJS", "--import tsx", "commonjs"],
    ["ts-node, ES module", "--loader ts-node/esm --no-warnings", "module"],
  ])("%s: places are those of the source", async (name, nodeargs, type) => {
    const folder = join(root, name.replace(/\W+/g, "-"));
    mkdirSync(folder);
    const files = {
      "Pulumi.yaml": JSON.stringify({ name: "mail", runtime: { name: "nodejs", options: { nodeargs } } }),
      "package.json": JSON.stringify({ type, main: "index.ts" }),
      "tsconfig.json": JSON.stringify({ compilerOptions: { target: "es2020", ...RESOLUTION[version] } }),
      "index.ts": SOURCE,
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    const stack = await offlinePreview(folder);
    expect(named(stack, "mail").position).toEqual({ path: "index.ts", line: 9, column: 3 });
    expect(named(stack, "anonymous").position).toEqual({ path: "index.ts", line: 11, column: 35 });
  });
});
