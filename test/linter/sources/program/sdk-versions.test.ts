import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { offlinePreview } from "../../../../linter";
import { toValue, UNKNOWN } from "../../../../policies/model/value";
import { buildCli } from "../../../support/cli";
import { CAUSES } from "./causes";
import { named, PROGRAMS, SDKS, tags } from "./support";

/** Of programs with transforms that the oldest SDK does not know and leaves out. */
const TRANSFORMS = new Set(["bad-transform"]);

for (const { version, modules, aws, isInstalled, title } of SDKS) {
  (isInstalled ? describe : describe.skip)(title, () => {
    let root: string;
    beforeAll(() => {
      root = mkdtempSync(join(tmpdir(), "sdk-"));
      cpSync(PROGRAMS, root, { recursive: true });
      symlinkSync(modules, join(root, "node_modules"));
    });
    afterAll(() => rmSync(root, { recursive: true }));
    const run = (program: string) => offlinePreview(join(root, program));

    test.each(["typescript", "javascript", "modules", "function"])("%s", async (form) => {
      const view = await run(form);
      const name = `default_${aws.replaceAll(".", "_")}`;
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

    // The oldest is older than what the package asks for.
    if (version === "newest") {
      test("with it as the command's own, function calls are answered", () => {
        const cli = buildCli();
        symlinkSync(modules, join(dirname(cli.path), "node_modules"));
        const { code, stdout, stderr } = cli.run(["render", join(root, "functions")]);
        cli.remove();
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        expect(stdout).toContain('"regionOutput": "eu-west-1"');
      });
    }

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

    test.each(CAUSES.filter(([program]) => version === "newest" || !TRANSFORMS.has(program)))(
      "broken: %s",
      async (program, message) => {
        const error = await run(`broken/${program}`).then(
          () => new Error("it did not fail"),
          (reason: Error) => reason,
        );
        expect(error.message.replace(/^.*?broken\//, "")).toMatch(message);
      },
    );
  });
}
