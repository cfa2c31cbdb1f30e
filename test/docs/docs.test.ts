import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { parse } from "yaml";
import { preview } from "../../linter/commands/preview";
import { parseConfig, parseOwnKeys, parseSettings } from "../../policies/config";
import { rules } from "../../policies/rules";
import { typeErrors } from "../support/compile";

const ROOT = join(__dirname, "../..");
const IDS = rules.map(({ meta }) => meta.id);

const pages = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    // docs/api is what typedoc writes.
    .filter((path) => path.endsWith(".md") && !path.startsWith("api"))
    .map((path) => join("docs", path)),
].map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

/** Code blocks whose first word is the language. */
function blocks(text: string, language: string): string[] {
  return Array.from(text.matchAll(/^```(\w+).*\n((?:.*\n)*?)```$/gm))
    .filter(([, name]) => name === language)
    .map(([, , code = ""]) => code);
}

function page(path: string): string {
  return pages.find((one) => one.path === path)!.text;
}

test("programs in the documentation compile, strictly", () => {
  const programs = pages.flatMap(({ path, text }) =>
    blocks(text, "ts").map((code, index) => [join(ROOT, `${path}-${index + 1}.ts`), code] as const),
  );
  expect(programs.length).toBeGreaterThan(2 * IDS.length);
  expect(typeErrors(new Map(programs))).toEqual([]);
  // The types of @pulumi/aws are large.
}, 180_000);

test.each(pages)("links of $path lead somewhere", ({ path, text }) => {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, "");
  const links = Array.from(prose.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g));
  const broken = links.filter(([, to, anchor]) => {
    const file = to === "" ? join(ROOT, path) : join(ROOT, dirname(path), to!);
    if (!existsSync(file)) return true;
    return anchor !== undefined && !anchors(readFileSync(file, "utf8")).includes(anchor);
  });
  expect(broken.map(([link]) => `${relative(ROOT, path)}: ${link}`)).toEqual([]);
});

function anchors(text: string): string[] {
  return Array.from(text.matchAll(/^#+ (.*)$/gm), ([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

describe("the README", () => {
  test("shows what the command prints", async () => {
    const [block = ""] = blocks(page("README.md"), "console");
    const [command = "", ...lines] = block.split("\n");
    const folder = /^\$ npx ses-guard preview (\S+)$/.exec(command)?.[1] ?? "";
    const scratch = mkdtempSync(join(tmpdir(), "ses-guard-readme-"));
    try {
      const output = join(scratch, "report.txt");
      // Paths in the report are relative to the working directory, which is the repository here.
      const { code } = await preview([folder], { format: "text", output: [output] }, "0");
      expect({ code, report: readFileSync(output, "utf8") }).toEqual({ code: 1, report: lines.join("\n") });
    } finally {
      rmSync(scratch, { recursive: true });
    }
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("shows a valid configuration", () => {
    const files = blocks(page("README.md"), "yaml").map((text) => parse(text));
    const configuration = files.find(({ rules }) => rules);
    expect(parseConfig(configuration, IDS).errors).toBeUndefined();
  });
});

test("the policy pack's example configuration is valid, and names policies that exist", () => {
  const [json = ""] = blocks(page("docs/policy-pack.md"), "json");
  const { settings, ...policies } = JSON.parse(json);
  expect(parseSettings(settings, IDS).errors).toBeUndefined();
  expect(IDS).toEqual(expect.arrayContaining(Object.keys(policies)));
  const { enforcementLevel, ...rest } = policies["default-configuration-set"];
  expect(enforcementLevel).toBe("remediate");
  expect(parseOwnKeys(rest, ["defaultConfigurationSet"]).errors).toBeUndefined();
});
