import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlinePreview } from "../../../../linter";
import { toValue, UNKNOWN } from "../../../../policies/model/value";
import { named, PROGRAMS, tags } from "./support";

const SDKS = join(__dirname, "../../../fixtures/sdk");

// The oldest supported SDK with @pulumi/aws 6, and the newest with 7. They are not part of the project's own
// installation; where they are missing, the tests are skipped and their title says how to install them.
for (const version of ["oldest", "newest"]) {
  const folder = join(SDKS, version);
  const installed = existsSync(join(folder, "node_modules/@pulumi/pulumi"));
  const command = `npm i --no-package-lock --ignore-scripts --prefix test/fixtures/sdk/${version}`;
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const sdk = `@pulumi/pulumi ${dependencies["@pulumi/pulumi"]}, @pulumi/aws ${dependencies["@pulumi/aws"]}`;

  (installed ? describe : describe.skip)(`${sdk}${installed ? "" : ` (not installed: ${command})`}`, () => {
    let root: string;
    beforeAll(() => {
      root = mkdtempSync(join(tmpdir(), "sdk-"));
      cpSync(PROGRAMS, root, { recursive: true });
      symlinkSync(join(folder, "node_modules"), join(root, "node_modules"));
    });
    afterAll(() => rmSync(root, { recursive: true }));
    const run = (program: string) => offlinePreview(join(root, program));

    test.each(["typescript", "javascript", "modules", "function"])("%s", async (form) => {
      const view = await run(form);
      const name = `default_${dependencies["@pulumi/aws"].replaceAll(".", "_")}`;
      expect(named(view, "example")).toMatchObject({
        inputs: { domain: "example.com" },
        provider: `urn:pulumi:dev::${form}::pulumi:providers:aws::${name}`,
      });
    });

    test("what is not known is unknown in every form", async () => {
      const view = await run("functions");
      const unknown = ["promise-form", "output-form", "unknown-arguments", "stack-reference"];
      for (const name of unknown) {
        const values = Object.values(named(view, name).inputs?.tags as object);
        expect(values.map(toValue)).toEqual(values.map(() => UNKNOWN));
      }
      expect(tags(view, "answered")).toMatchObject({ region: "eu-west-1", regionOutput: "eu-west-1", account: "???" });
      const config = named(view, "config").inputs?.tags as Record<string, unknown>;
      const known = Object.keys(config).filter((key) => toValue(config[key]) !== UNKNOWN);
      expect(known.sort()).toEqual(["nestedKnown", "plain"]);
      expect(JSON.stringify(view)).not.toContain("not-to-be-seen");
    });

    test("callbacks that wait for answers run, those that wait for resources are remembered", async () => {
      const view = await run("callbacks");
      expect(named(view, "of-answer")).toBeDefined();
      expect(named(view, "nested-0")).toBeDefined();
      const missing = view.mayBeMissing?.map(({ position, types }) => [position?.line, types?.[0]?.split(":")[2]]);
      expect(missing).toEqual([
        [59, "DomainIdentity"],
        [63, "EmailIdentity"],
        [72, "TopicSubscription"],
        [73, "TopicSubscription"],
        [74, "DomainIdentity"],
        [77, "EmailIdentity"],
        [85, "BucketObject"],
      ]);
    });

    test("nested and plain answers are unknown", async () => {
      const view = await run("answers");
      expect(tags(view, "nested")).toMatchObject({ token: "???", lifted: "???", set: "RSA_2048_BIT" });
      expect(tags(view, "plain")).toEqual({ id: "???", member: "???", text: "???" });
      expect(tags(view, "shapes").bus).toBe("arn:aws:events:us-east-1:???:event-bus/default");
    });

    test.each([
      ["thrown", /TypeError: no domain given \(index\.ts:6:9\)/],
      ["exit-zero", /called process\.exit\(0\) at index\.ts:4:9/],
      ["exit-later", /called process\.exit\(0\) at index\.ts:4:26/],
      ["rejection", /Error: too late/],
      ["required-config", /Missing required configuration variable 'mail:domain'/],
      ["same-name-twice", /Duplicate resource URN/],
    ])("broken: %s", async (program, message) => {
      await expect(run(`broken/${program}`)).rejects.toThrow(message);
    });
  });
}
