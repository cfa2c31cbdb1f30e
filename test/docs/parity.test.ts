import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sesGuardPolicies } from "../../policies/pack/policies";
import { rules } from "../../policies/rules";

const ROOT = join(__dirname, "../..");
const IDS = rules.map(({ meta }) => meta.id);
const SORTED = [...IDS].sort();

function names(folder: string, ending: string): string[] {
  const files = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(ending));
  return files.map((name) => name.slice(0, -ending.length)).sort();
}

function text(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

test("every rule has a file of its name, and every such file is in the index", () => {
  const files = names("policies/rules", ".ts").filter((name) =>
    text(`policies/rules/${name}.ts`).includes("= createRule("),
  );
  expect(files).toEqual(SORTED);
  for (const id of IDS) expect(text(`policies/rules/${id}.ts`)).toContain(`id: "${id}"`);
});

test("every rule has a test, and every test a rule", () => {
  const files = names("test/policies/rules", ".test.ts").filter((name) =>
    text(`test/policies/rules/${name}.test.ts`).includes("testRule("),
  );
  expect(files).toEqual(SORTED);
});

test("every rule has a page, and every page a rule", () => {
  expect(names("docs/rules", ".md")).toEqual(SORTED);
});

test("the rule table has every rule, in the order of the index", () => {
  const rows = Array.from(text("docs/rules.md").matchAll(/^\| \[`(.+?)`\]\(rules\/(.+?)\.md\) \|/gm));
  expect(rows.map(([, id]) => id)).toEqual(IDS);
  expect(rows.map(([, , page]) => page)).toEqual(IDS);
});

test("the pack has one policy per rule, in the order of the index, behind its settings", () => {
  expect(sesGuardPolicies().map(({ name }) => name)).toEqual(["settings", ...IDS]);
});

test("rules that look at what others found come last", () => {
  expect(IDS.slice(-2)).toEqual(["stale-override", "unverified"]);
});

test.each(rules)("$meta.id is written out: metadata, page and how to set its level in the pack", ({ meta }) => {
  const page = text(`docs/rules/${meta.id}.md`);
  for (const [key, value] of Object.entries(meta)) expect(`${key}: ${value}`).toMatch(/^\w+: [^\s<>][^<>]*$/);
  // `<blanks>` as `npm run new-rule` leaves them; not comments, and not the code.
  expect(page.replace(/^```ts[\s\S]*?^```$/gm, "").replace(/<!-- .* -->/g, "")).not.toMatch(/<[a-z][^>]*>/);
  expect(page).toMatch(new RegExp(`"${meta.id}":\\s"(mandatory|advisory|disabled)"`));
  expect(meta.url.endsWith(`/docs/rules/${meta.id}.md`)).toBe(true);
});
