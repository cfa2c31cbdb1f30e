import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { DEFAULT_CONFIG } from "../../policies/config";
import { evaluate } from "../../policies/evaluate";
import type { Finding } from "../../policies/model/finding";
import { runCode } from "../components/child";
import type { Registration, RunOptions } from "../components/program";

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

function findingsOf(resources: Registration[]): Finding[] {
  const view = { resources, configRegion: "us-east-1", stacks: ["mail/test"] };
  return evaluate([view], DEFAULT_CONFIG, "2027-01-01").findings;
}

const describeFinding = ({ rule, identity, waived }: Finding) =>
  `${rule} ${identity}${waived === null ? "" : ` (${waived})`}`;

const FINDINGS: Record<string, string[]> = {
  refused: [
    "address-shadows-domain newsletter@example.com",
    "bounce-handling newsletter@example.com",
    "complaint-handling newsletter@example.com",
  ],
  "address-with-override": ["address-shadows-domain ceo@example.com (the executive office reads its own bounces)"],
};
// The default bus is named after the account, which follows from a set that does not exist yet.
const OPEN: Record<string, string[]> = {
  "configuration-set": ["bounce-handling example.com", "complaint-handling example.com"],
};
const CASES: [string, RunOptions, string[]][] = [
  ...programs.map((name): [string, RunOptions, string[]] => [name, {}, FINDINGS[name] ?? []]),
  ["migration", { config: { "mail:stage": "import" } }, []],
];

describe.each(CASES)("%s %j", (name, options, expected) => {
  test("the rules find exactly what they should in its state", async () => {
    const findings = findingsOf(await register(name, options));
    expect(findings.map(describeFinding).sort()).toEqual(expected);
    expect(findings.filter(({ verdict }) => verdict !== "violation")).toEqual([]);
  });

  test("and in its preview, where only what the deployment will decide is open", async () => {
    const findings = findingsOf(await register(name, { ...options, preview: true }));
    const violations = findings.filter(({ verdict }) => verdict === "violation");
    expect(violations.map(describeFinding).sort()).toEqual(expected);
    const open = findings.filter(({ verdict, pending }) => verdict === "unverified" && !pending);
    expect(open.map(describeFinding).sort()).toEqual(OPEN[name] ?? []);
  });
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
