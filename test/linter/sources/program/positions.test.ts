import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { offlinePreview } from "../../../../linter";
import type { StackRecords } from "../../../../policies/model/record";
import { named } from "./support";

const MODULES = join(__dirname, "../../../../node_modules");

/** A component as a package ships it: compiled, without its sources. */
const PACKAGE = `const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

class Mail extends pulumi.ComponentResource {
  constructor(name, domain) {
    super("acme:mail:Mail", name);
    this.identity = new aws.ses.DomainIdentity(name, { domain }, { parent: this });
    this.identity.domain.apply((known) => new aws.ses.EmailIdentity(name + "-late", { email: "a@" + known }, { parent: this }));
  }
}
module.exports = { Mail };
`;

describe("a resource is where its owner can edit it", () => {
  let root: string;
  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "positions-")));
    mkdirSync(join(root, "node_modules", "mail-package"), { recursive: true });
    symlinkSync(join(MODULES, "@pulumi"), join(root, "node_modules", "@pulumi"));
    symlinkSync(join(MODULES, "typescript"), join(root, "node_modules", "typescript"));
    writeFileSync(join(root, "node_modules", "mail-package", "index.js"), PACKAGE);
    mkdirSync(join(root, ".git"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  function program(name: string, files: Record<string, string>): Promise<StackRecords> {
    for (const [path, text] of Object.entries({ "Pulumi.yaml": `name: ${name}\nruntime: nodejs\n`, ...files })) {
      mkdirSync(dirname(join(root, name, path)), { recursive: true });
      writeFileSync(join(root, name, path), text);
    }
    return offlinePreview(join(root, name));
  }
  const line = (stack: StackRecords, name: string) => {
    const { path, line, column } = named(stack, name).position ?? {};
    return [path, line, column];
  };

  const SOURCE = `import * as aws from "@pulumi/aws";

const names: string[] = ["a", "b"];
names.forEach((name) => {
  new aws.ses.DomainIdentity(name, { domain: name + ".example" });
});
[1].map(() => new aws.ses.DomainIdentity("anonymous", { domain: "c.example" }));
export const made = (() => new aws.ses.DomainIdentity("called", { domain: "d.example" }))();
`;

  test("also when a package registers it, and each instance has its own line", async () => {
    const stack = await program("packaged", {
      "package.json": '{ "main": "index.ts" }',
      "index.ts":
        'import { Mail } from "mail-package";\n\nnew Mail("one", "one.example");\nnew Mail("two", "two.example");\n',
    });
    const identities = stack.resources.filter(({ type }) => type === "aws:ses/domainIdentity:DomainIdentity");
    expect(identities.map(({ position }) => position)).toEqual(
      [3, 4].map((line) => ({
        path: "index.ts",
        line,
        column: 1,
        inner: { path: "../node_modules/mail-package/index.js", line: 7, column: 21 },
      })),
    );
    expect([line(stack, "one-late"), line(stack, "two-late")]).toEqual([
      ["index.ts", 3, 1],
      ["index.ts", 4, 1],
    ]);
    expect(named(stack, "one-late").position?.inner?.path).toContain("node_modules");
  });

  test("also in anonymous callbacks", async () => {
    const stack = await program("anonymous", { "package.json": '{ "main": "index.ts" }', "index.ts": SOURCE });
    expect(line(stack, "b")).toEqual(["index.ts", 5, 3]);
    expect(line(stack, "anonymous")).toEqual(["index.ts", 7, 15]);
    expect(line(stack, "called")).toEqual(["index.ts", 8, 28]);
  });

  test("also in ES modules", async () => {
    const stack = await program("modules", {
      "package.json": '{ "type": "module", "main": "index.js" }',
      "index.js": SOURCE.replace(": string[]", ""),
    });
    expect(line(stack, "b")).toEqual(["index.js", 5, 3]);
    expect(line(stack, "anonymous")).toEqual(["index.js", 7, 15]);
  });

  test.each(["inline", "external"] as const)("also when it was compiled before, with its map %s", async (kind) => {
    const { code, map } = transformSync(SOURCE, {
      loader: "ts",
      format: "cjs",
      sourcemap: kind,
      sourcefile: "../src/index.ts",
      minifyWhitespace: true,
    });
    const stack = await program(`compiled-${kind}`, {
      "package.json": '{ "main": "dist/index.js" }',
      "dist/index.js": kind === "inline" ? code : `${code}\n//# sourceMappingURL=index.js.map\n`,
      "dist/index.js.map": map,
      "src/index.ts": SOURCE,
    });
    expect(line(stack, "b")).toEqual(["src/index.ts", 5, 3]);
    expect(line(stack, "anonymous")).toEqual(["src/index.ts", 7, 15]);
  });

  test("but not outside of the repository", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "linked-"));
    try {
      symlinkSync(join(root, "node_modules"), join(elsewhere, "node_modules"));
      writeFileSync(join(elsewhere, "mail.js"), PACKAGE);
      const stack = await program("linked", {
        "package.json": '{ "main": "index.js" }',
        "index.js": `const { Mail } = require(${JSON.stringify(join(elsewhere, "mail.js"))});\nnew Mail("one", "one.example");\n`,
      });
      expect(line(stack, "one-late")).toEqual(["index.js", 2, 1]);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});
