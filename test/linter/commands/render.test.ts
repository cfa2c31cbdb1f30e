import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildCli, type Cli } from "../../support/cli";
import { PROGRAMS } from "../sources/program/support";

const MODULES = join(__dirname, "../../../node_modules");

describe("ses-guard render", () => {
  let cli: Cli;
  let folder: string;
  beforeAll(() => {
    cli = buildCli();
    symlinkSync(MODULES, join(dirname(cli.path), "node_modules"));
    folder = mkdtempSync(join(tmpdir(), "render-"));
    symlinkSync(MODULES, join(folder, "node_modules"));
    for (const name of ["structure", "functions", "broken"]) {
      cpSync(join(PROGRAMS, name), join(folder, name), { recursive: true });
    }
  });
  afterAll(() => {
    cli.remove();
    rmSync(folder, { recursive: true });
  });
  const run = (...args: string[]) => cli.run(args, { cwd: folder });

  test.each(["structure", "functions"])("%s: lint finds in what it writes what preview finds", (program) => {
    const rendered = run("render", program);
    expect([rendered.code, rendered.stderr]).toEqual([0, ""]);
    writeFileSync(join(folder, "rendered.json"), rendered.stdout);
    const linted = run("lint", "rendered.json", "--format=json", `--source-root=${program}=${program}`);
    const previewed = run("preview", program, "--format=json");
    expect(previewed.stderr).toBe("");
    expect(JSON.parse(linted.stdout)).toEqual(JSON.parse(previewed.stdout));
    expect(linted.code).toBe(previewed.code);
  });

  test("writes as the engine does", () => {
    const { steps, changeSummary } = JSON.parse(run("render", "functions").stdout);
    const existing = steps.find(({ urn }: { urn: string }) => urn.endsWith("::existing"));
    expect(existing).toMatchObject({
      op: "read",
      newState: {
        external: true,
        custom: true,
        sourcePosition: expect.stringMatching(/^project:\/\/\/index\.ts#\d+,\d+$/),
      },
    });
    expect(changeSummary.create + changeSummary.read).toBe(steps.length);
    expect(JSON.stringify(steps)).not.toContain("not-to-be-seen");
  });

  test("to a file, or not at all", () => {
    expect(run("render", "structure", "--output=out.json")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8")).steps.length).toBeGreaterThan(5);
    expect(run("render", "broken/thrown")).toMatchObject({ code: 2, stdout: "" });
  });
  test("over an earlier rendering only, by whatever name, and to standard output as -", () => {
    expect(run("render", "structure", "--output=again.json").code).toBe(0);
    expect(run("render", "structure", "--output=again.json")).toEqual({ code: 0, stdout: "", stderr: "" });
    const [steps] = [run("render", "structure").stdout];
    expect(run("render", "structure", "--output=-").stdout).toBe(steps);
    writeFileSync(join(folder, "answers.yaml"), "functions: {}\n");
    const foreign = {
      "structure/Pulumi.yaml": readFileSync(join(folder, "structure/Pulumi.yaml"), "utf8"),
      "answers.yaml": "functions: {}\n",
      "engine.json": JSON.stringify({ ...JSON.parse(steps), duration: 1 }),
      "state.json": '{"version": 3, "deployment": {"resources": []}}',
    };
    for (const [name, text] of Object.entries(foreign)) {
      writeFileSync(join(folder, name), text);
      const result = run("render", "structure", "--mocks=answers.yaml", `--output=${name}`);
      expect(result).toMatchObject({ code: 2, stdout: "" });
      const reason = name === "answers.yaml" ? "which is read" : "no earlier output of render";
      expect(result.stderr).toContain(reason);
      expect(readFileSync(join(folder, name), "utf8")).toBe(text);
    }
  });
});
