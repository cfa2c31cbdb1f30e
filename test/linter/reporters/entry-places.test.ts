import { placesIn } from "../../../linter/io/yaml";
import { buildReport } from "../../../linter/report/build";
import { type Format, renderReport } from "../../../linter/reporters";
import { type Config, DEFAULT_CONFIG } from "../../../policies/config";
import type { Position } from "../../../policies/model/record";
import { Stack } from "../../support/records";

const TEXT = `intendedOverrides:
  - { identity: ceo@a.example, reason: gone }
exceptions:
  - rule: bounce-handling
    identity: b.example
    reason: expired
    expires: 2025-12-31
  - { rule: complaint-handling, identity: b.example, reason: matches nothing }
`;
const config: Config = {
  ...DEFAULT_CONFIG,
  intendedOverrides: [{ identity: "ceo@a.example", reason: "gone" }],
  exceptions: [
    { rule: "bounce-handling", identity: "b.example", reason: "expired", expires: "2025-12-31" },
    { rule: "complaint-handling", identity: "b.example", reason: "matches nothing" },
  ],
};

function reportOf(placed: boolean) {
  const stack = new Stack();
  stack.domain("a.example");
  const find = placesIn(TEXT);
  const report = buildReport([stack.records("preview")], config, {
    today: "2026-01-01",
    version: "test",
    ...(placed && {
      placeOf: (entry) => {
        const place = find(entry);
        return place && { path: "mail/ses-guard.yaml", ...place };
      },
    }),
  });
  return { ...report, findings: report.findings.filter(({ rule }) => rule === "stale-override") };
}
const render = (format: Format) => renderReport(reportOf(true), format, { color: false, width: 80 });

describe("a stale entry of the configuration stands in its file, at its line", () => {
  test("in JSON", () => {
    const { findings } = JSON.parse(render("json"));
    const places: Position[] = findings.map(({ location }: { location: Position }) => location);
    expect(places.sort((a, b) => a.line - b.line)).toEqual(
      [2, 4, 8].map((line) => ({ path: "mail/ses-guard.yaml", line, column: 5 })),
    );
    expect(render("json")).not.toContain('"entry"');
  });

  test.each<[Format, RegExp]>([
    ["text", /mail\/ses-guard\.yaml:4:5/],
    ["markdown", /mail\/ses-guard\.yaml:4/],
    ["github", /file=mail\/ses-guard\.yaml,line=4,col=5/],
    ["gitlab", /"path": ?"mail\/ses-guard\.yaml",\s*"lines": ?\{\s*"begin": ?4/],
    ["sarif", /"uri": "mail\/ses-guard\.yaml"[^}]*\},\s*"region": \{\s*"startLine": 4,\s*"startColumn": 5/],
    ["junit", /file="mail\/ses-guard\.yaml"/],
    ["html", /mail\/ses-guard\.yaml/],
  ])("in %s", (format, place) => {
    expect(render(format)).toMatch(place);
  });

  test("and nowhere where the configuration has no file", () => {
    expect(reportOf(false).findings.map(({ location }) => location)).toEqual([null, null, null]);
  });

  test("each is an alert of its own", () => {
    const [{ results }] = JSON.parse(render("sarif")).runs;
    const hashes = results.map(
      (one: { partialFingerprints: { primaryLocationLineHash: string } }) =>
        one.partialFingerprints.primaryLocationLineHash,
    );
    expect(new Set(hashes).size).toBe(3);
  });
});
