import { FORMATS, renderReport } from "../../../linter/reporters";
import { identity, OPTIONS, report } from "./sample";

const COMMANDS = ["::stop-commands::x", "\u3000::error::x", "##[error]x", "##vso[task.complete]x", "##teamcity[a]x"];

/** A report that says the text wherever a text can stand. */
function saying(text: string) {
  const finding = { identity: text, message: `${text} a  ${text}`, remediation: text, rule: text, stack: text };
  const location = { path: text, line: 1, column: 1 };
  return report(
    [identity({ identity: text, stack: text })],
    [
      { ...finding, location },
      { ...finding, waived: text },
    ],
  );
}

describe.each(COMMANDS)("%j", (command) => {
  test.each([true, false])("starts nothing from the text format, coloured: %s", (color) => {
    for (const width of [20, 1_000]) {
      const lines = renderReport(saying(command), "text", { ...OPTIONS, color, width }).split("\n");
      expect(lines.join("\n")).toContain("x");
      for (const line of lines) {
        expect(line.replace(/\u001b\[\d+m/g, "").trimStart()).not.toMatch(/^::/);
        expect(line).not.toMatch(/##\w*\[/);
      }
    }
  });

  test("starts nothing from the github format but its own annotation", () => {
    const lines = renderReport(saying(command), "github", OPTIONS).split("\n");
    expect(lines.filter((line) => /^\s*::/.test(line))).toHaveLength(1);
    expect(lines[0]).toMatch(/^::error file=/);
    expect(lines.join("\n")).not.toMatch(/##\w*\[/);
    // What GitHub shows of the annotation is printed again, a line at a time.
    for (const line of (lines[0] ?? "").split("%0A").slice(1)) expect(line.trimStart()).not.toMatch(/^::/);
  });

  test.each(FORMATS)("starts nothing from the %s format, linked or not", (format) => {
    for (const links of [false, true]) {
      const output = renderReport(saying(command), format, { ...OPTIONS, links });
      expect(output).not.toMatch(/##\w*\[/);
      const own = output.split("\n").filter((line) => /^\s*::/.test(line));
      expect(own).toHaveLength(format === "github" ? 1 : 0);
    }
  });
});

test.each(["text", "github", "html", "json", "sarif", "junit"])(
  "%s names the configuration and what it lowers",
  (format) => {
    const lowering = {
      ...report([identity({})], []),
      configuration: { path: "ops/ses-guard.yaml", lowered: ["topic-fifo"] },
    };
    const shown = renderReport(lowering, format, { ...OPTIONS, width: 200 });
    expect(shown).toContain("ops/ses-guard.yaml");
    if (format === "json") expect(JSON.parse(shown).configuration).toEqual(lowering.configuration);
    else expect(shown.replace(/<\/?code>/g, "")).toMatch(/ops\/ses-guard\.yaml(?:, which)? lowers topic-fifo\./);
  },
);
