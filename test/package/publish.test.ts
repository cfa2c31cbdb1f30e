import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { rules } from "../../policies/rules";
import { root } from "../support/engine";
import { PackProcess } from "../support/wire";

const TYPE = "aws:ses/domainIdentity:DomainIdentity";
const identity = (domain: string) => ({
  type: TYPE,
  urn: `urn:pulumi:prod::mail::${TYPE}::${domain}`,
  properties: { domain },
});
const page = readFileSync(join(root, "docs", "organisation.md"), "utf8");
const blocks = (language: string) =>
  Array.from(page.matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, "gm")), ([, text = ""]) => text);

/** What `pulumi policy publish` uploads, `npm pack` of the folder, as an organisation's stacks install it. */
describe("the published policy pack", () => {
  let folder: string;
  let pack: PackProcess;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ses-guard-publish-"));
    execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: join(root, "policies") });
    const [tarball = ""] = readdirSync(folder);
    execFileSync("tar", ["-xzf", tarball], { cwd: folder });
    // What `npm install` puts there.
    const modules = join(folder, "package", "node_modules", "@pulumi");
    mkdirSync(modules, { recursive: true });
    const { dependencies } = JSON.parse(readFileSync(join(folder, "package", "package.json"), "utf8"));
    for (const name of Object.keys(dependencies)) {
      symlinkSync(join(root, "node_modules", name), join(folder, "package", "node_modules", name));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(async () => {
    pack = await PackProcess.start(join(folder, "package"));
  });
  afterEach(() => pack.stop());

  test("holds the pack and its manifests, and nothing else", () => {
    const files = readdirSync(join(folder, "package"), { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => !file.startsWith("node_modules")).sort()).toEqual([
      "PulumiPolicy.yaml",
      "dist",
      "dist/index.js",
      "package.json",
    ]);
  });

  test("tells its version and all its policies", async () => {
    const { name, version, policiesList } = await pack.info();
    expect({ name, version }).toEqual({
      name: "ses-guard",
      version: JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version,
    });
    expect(policiesList).toHaveLength(rules.length + 1);
  });

  test("refuses an identity that nobody listens to", async () => {
    const diagnostics = await pack.analyzeStack([identity("example.com")]);
    expect(diagnostics.find(({ policy }) => policy === "bounce-handling")?.level).toBe("mandatory");
  });

  test("takes the levels of the page, from advisory to mandatory", async () => {
    const [advisory = "", some = "", own = ""] = blocks("json");
    const levels = async (text: string) => {
      const { all, ...named } = JSON.parse(text);
      const { policiesList } = await pack.info();
      // The CLI gives every policy that is not named the level of `all`.
      const config = Object.fromEntries(policiesList.map(({ name }) => [name, { level: named[name] ?? all }]));
      expect(Object.keys(config)).toEqual(expect.arrayContaining(Object.keys(named)));
      await pack.configure(config);
      const diagnostics = await pack.analyzeStack([identity("example.com")]);
      return Object.fromEntries(diagnostics.map(({ policy, level }) => [policy, level]));
    };
    expect(new Set(Object.values(await levels(advisory)))).toEqual(new Set(["advisory"]));
    expect(await levels(some)).toMatchObject({ "bounce-handling": "mandatory", "dkim-signing": "advisory" });
    expect(await levels(own)).toMatchObject({ "bounce-handling": "mandatory", "dkim-signing": "advisory" });
  });

  test.each([
    ["a configuration file", () => JSON.parse(blocks("json").at(-1) ?? "").settings],
    ["an ESC environment", () => parse(blocks("yaml")[0] ?? "").values.policyConfig["ses-guard:settings"]],
  ])("takes the exceptions that %s on the page has", async (_, settings) => {
    await pack.configure({ settings: { properties: settings() } });
    const diagnostics = await pack.analyzeStack([identity("a.receive-only.example.com"), identity("b.example.com")]);
    const refused = diagnostics.filter(({ policy }) => policy === "bounce-handling").map(({ urn }) => urn);
    expect(refused).toEqual([identity("b.example.com").urn]);
    expect(diagnostics.filter(({ policy }) => policy === "settings")).toEqual([]);
  });
});
