import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mergeDocuments, readDocument } from "../../../linter/sources/documents";
import { DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import type { Finding } from "../../../policies/model/finding";
import { rules } from "../../../policies/rules";

const FIXTURES = join(__dirname, "../../fixtures");
const folders = ["corpus", "recordings"].flatMap((kind) =>
  readdirSync(join(FIXTURES, kind)).map((name) => `${kind}/${name}`),
);
const MANDATORY = new Set(rules.filter(({ meta }) => meta.level === "mandatory").map(({ meta }) => meta.id));

function findingsIn(folder: string, documents: readonly string[]): Finding[] {
  const views = documents.map((name) => readDocument(readFileSync(join(FIXTURES, folder, name), "utf8"), name));
  return evaluate(mergeDocuments(views), DEFAULT_CONFIG, "2026-11-23").findings;
}

function documentsOf(folder: string, kind: string): string[] {
  return readdirSync(join(FIXTURES, folder)).filter((name) => name.startsWith(kind) && name.endsWith(".json"));
}

function violations(findings: readonly Finding[], mandatory = true): Finding[] {
  return findings.filter((one) => one.verdict === "violation" && MANDATORY.has(one.rule) === mandatory);
}

/** As `expected.json` writes a finding: the rule, with identity, with identity and Region. */
function spellings({ rule, identity, region }: Finding): string[] {
  return [rule, `${rule}@${identity}`, `${rule}@${identity}@${region}`];
}

describe.each(folders)("%s", (folder) => {
  const { mandatory: expected } = JSON.parse(readFileSync(join(FIXTURES, folder, "expected.json"), "utf8")) as {
    mandatory: string[];
  };
  const kinds = ["state", "preview"].filter((kind) => documentsOf(folder, kind).length > 0);

  test.each(kinds)("%s has exactly the mandatory violations", (kind) => {
    const found = violations(findingsIn(folder, documentsOf(folder, kind)));
    const unexpected = found.filter((one) => !spellings(one).some((text) => expected.includes(text)));
    const missing = expected.filter((text) => !found.some((one) => spellings(one).includes(text)));
    expect({ unexpected: unexpected.map((one) => spellings(one)[2]), missing }).toEqual({
      unexpected: [],
      missing: [],
    });
  });

  if (kinds.length < 2) return;
  test("state and preview agree, and what only one of them says is a doubt in the other", () => {
    const key = (one: Finding) => `${one.rule} ${one.identity} ${one.region} ${one.urn}`;
    const [state, preview] = kinds.map((kind) => findingsIn(folder, documentsOf(folder, kind))) as [
      Finding[],
      Finding[],
    ];
    for (const mandatory of [true, false]) {
      const certain = (one: Finding[], other: Finding[]) =>
        violations(one, mandatory)
          // Only a state knows who has confirmed.
          .filter(({ rule }) => rule !== "subscription-pending")
          .map(key)
          .filter((text) => !other.some((finding) => key(finding) === text));
      expect(certain(state, preview)).toEqual([]);
      expect(certain(preview, state)).toEqual([]);
    }
  });
});

test("the fixtures are there", () => {
  expect(folders.length).toBeGreaterThanOrEqual(15);
  for (const folder of folders) expect(existsSync(join(FIXTURES, folder, "expected.json"))).toBe(true);
});
