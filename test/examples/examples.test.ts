import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { runCode } from "../components/child";
import type { Registration, RunOptions } from "../components/program";
import { expectedOf, findingsIn, findingsOf } from "./expected";

const root = join(__dirname, "..", "..");
const examples = join(root, "examples");
const names = readdirSync(examples, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);
const programs = names.filter((name) => existsSync(join(examples, name, "index.ts")));

/** What an example registers, in a process of its own. */
async function register(name: string, options: RunOptions): Promise<Registration[]> {
  const { resources, error } = (await runCode(`
    import { run } from "./program";
    async function main() {
      const { resources, error } = await run(
        () => require(${JSON.stringify(join(examples, name, "index.ts"))}),
        ${JSON.stringify(options)},
      );
      process.stdout.write(JSON.stringify({ resources, error: error?.message }), () => process.exit());
    }
    main();
  `)) as { resources: Registration[]; error?: string };
  if (error !== undefined) throw new Error(error);
  return resources;
}

const CASES: [string, RunOptions, string[]][] = [
  ...programs.map((name): [string, RunOptions, string[]] => [name, {}, expectedOf(name)]),
  ["migration", { config: { "mail:stage": "import" } }, []],
];

describe.each(CASES)("%s %j", (name, options, expected) => {
  const view = (resources: Registration[]) => ({ resources, configRegion: "us-east-1", stacks: ["mail/test"] });

  test("the rules find exactly what they should in its state", async () => {
    expect(findingsOf([view(await register(name, options))], true)).toEqual(expected);
  });

  test("and in its preview, where only what the deployment will decide is open", async () => {
    expect(findingsOf([view(await register(name, { ...options, preview: true }))], false)).toEqual(expected);
  });
});

test.each(programs)("%s: and in the preview that the engine gave", (name) => {
  const file = join(root, "test", "fixtures", "examples", name, "preview.json");
  expect(findingsIn(readFileSync(file, "utf8"), name, false)).toEqual(expectedOf(name));
});

test("the examples name their identities", async () => {
  const resources = await register("two-regions", {});
  expect(
    resources
      .filter(({ type }) => type === "aws:sesv2/emailIdentity:EmailIdentity")
      .map(({ inputs }) => `${inputs.emailIdentity} ${inputs.region}`)
      .sort(),
  ).toEqual(["example.com eu-west-1", "example.com us-east-1"]);
});

describe("every example", () => {
  test.each(names)("%s has a README and a project", (name) => {
    expect(readFileSync(join(examples, name, "README.md"), "utf8")).toMatch(/^# \S/);
    const project = name === "quick-start" ? join(root, "Pulumi.yaml") : join(examples, name, "Pulumi.yaml");
    expect(parse(readFileSync(project, "utf8"))).toMatchObject({ name: `ses-guard-${name}` });
  });

  test.each(programs.filter((name) => name !== "quick-start"))("%s declares what it imports", (name) => {
    const manifest = JSON.parse(readFileSync(join(examples, name, "package.json"), "utf8"));
    const code = readFileSync(join(examples, name, "index.ts"), "utf8");
    const imported = [...code.matchAll(/from "([^"]+)"/g)].map(([, module]) => module);
    expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(imported));
  });
});
