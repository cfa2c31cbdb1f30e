// What rule pages say twice: the header from the rule's metadata, the linter's output from the failing program; and
// the table of all rules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { importTypeScript, root } from "./lib/import-typescript.mjs";

/** Against which overrides and exceptions of the examples expire. */
const TODAY = "2026-07-01";
const COMMANDS = {
  preview: "pulumi preview --json --show-sames | ses-guard lint -",
  state: "pulumi stack export | ses-guard lint -",
  account: "ses-guard audit --region all",
};

const require = createRequire(import.meta.url);

export async function generate() {
  const { rules } = await importTypeScript("policies/rules/index.ts");
  const metas = rules.map(({ meta }) => meta);
  for (const rule of rules) refuseBlanks(rule);
  const facts = readFacts();
  const pages = new Map([["docs/rules.md", table(metas)]]);
  const lint = await linter(metas);
  for (const meta of metas) {
    const path = `docs/rules/${meta.id}.md`;
    const page = readFileSync(join(root, path), "utf8");
    const withHeader = replaceSection(page, path, "header", header(meta, facts));
    pages.set(path, replaceSection(withHeader, path, "output", await lint(page, path)));
  }
  return pages;
}

/** @returns {(page: string, path: string) => Promise<string>} output of the linter for a page's first failing program */
async function linter(metas) {
  const { readPage, viewOf } = await importTypeScript("test/support/rule-page.ts");
  const { buildReport, renderReport, ruleInfos } = await importTypeScript("linter/index.ts");
  const { parseConfig } = await importTypeScript("policies/config/index.ts");
  const ids = metas.map(({ id }) => id);
  return async (page, path) => {
    const example = readPage(page).examples.find(({ verdict }) => verdict === "fails");
    if (!example) throw new Error(`${path} has no failing example (\`\`\`ts fails)`);
    const { config, errors } = parseConfig(example.config, ids);
    if (errors) throw new Error(`${path}: ${errors.join("; ")}`);
    const view = await viewOf(example, example.form, loadPackage);
    const input = buildReport([view], config, { today: TODAY, version: "0" });
    const text = renderReport(input, "text", { color: false, width: 80, rules: ruleInfos(config) });
    return `\`\`\`console\n$ ${COMMANDS[example.form]}\n${text}\`\`\``;
  };
}

/** A rule must be written before its pages are: blanks are what `npm run new-rule` leaves in angle brackets. */
function refuseBlanks({ meta, messages }) {
  const page = `docs/rules/${meta.id}.md`;
  const prose = readFileSync(join(root, page), "utf8").replace(/^```ts[\s\S]*?^```$|<!--.*?-->/gm, "");
  const texts = [...Object.values(meta), ...Object.values(messages)].map((text) => [
    `policies/rules/${meta.id}.ts`,
    text,
  ]);
  for (const [path, text] of [...texts, [page, prose]]) {
    const blank = /<[a-z][^<>]*>/.exec(String(text))?.[0];
    if (blank !== undefined) throw new Error(`${path}: fill in ${blank} first`);
  }
}

function loadPackage(name) {
  if (name === "pulumi-ses-guard") throw new Error("failing examples do without the component");
  return require(name);
}

function header({ id, level, severity, summary, why, facts: numbers, source, fix }, facts) {
  const known = numbers.map((number) => {
    const fact = facts.get(number);
    if (fact === undefined) throw new Error(`${id}: docs/ses.md has no fact ${number}`);
    return `- ${fact} (${number})`;
  });
  return `# ${id}

**${summary}** Level: ${level}; severity: ${severity}.

${why}

What SES does ([all facts](../ses.md)):

${known.join("\n")}

Source: ${source}.

Fix: ${fix}`;
}

function table(metas) {
  const rows = metas.map(
    ({ id, level, severity, summary }) => `| [\`${id}\`](rules/${id}.md) | ${level} | ${severity} | ${summary} |\n`,
  );
  return `<!-- Generated from the rules' metadata by \`npm run generate\`. -->
# Rules

${metas.length} rules. The level is the default: the [configuration](configuration.md) changes it per rule. A mandatory
violation makes \`ses-guard\` exit with 1 and a deployment fail.

| rule | level | severity | finds |
| --- | --- | --- | --- |
${rows.join("")}`;
}

/** Number and text of every fact in docs/ses.md. */
function readFacts() {
  const rows = readFileSync(join(root, "docs/ses.md"), "utf8").matchAll(/^\| (F\d+) \| (.+?) \| .* \|$/gm);
  return new Map(Array.from(rows, ([, number, fact]) => [number, fact]));
}

function replaceSection(page, path, name, content) {
  const [begin, end] = [`<!-- begin ${name} -->\n`, `<!-- end ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path}: the lines ${begin.trim()} and ${end} are missing`);
  return `${page.slice(0, from)}${begin}${content}\n${page.slice(to)}`;
}
