import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const docs = fileURLToPath(new URL("../../docs/rules", import.meta.url));

/** The first program that fails and the first that passes, of each rule's page: what `explain --example` shows. */
export function generate() {
  const pages = readdirSync(docs).filter((name) => name.endsWith(".md"));
  const examples = pages.sort().map((name) => {
    const text = readFileSync(join(docs, name), "utf8");
    return [name.slice(0, -3), { fails: program(text, "fails"), passes: program(text, "passes") }];
  });
  const content = JSON.stringify(Object.fromEntries(examples), null, 2);
  return new Map([
    [
      "linter/generated/examples.ts",
      `// Generated from docs/rules by scripts/generate/examples.mjs.\n\n/** Programs of the rules' pages; null where a page has none. */\nexport const EXAMPLES: Readonly<Record<string, { fails: string | null; passes: string | null }>> = ${content};\n`,
    ],
  ]);
}

function program(text, mark) {
  return new RegExp(`^\`\`\`ts ${mark}\\b.*\\n((?:.*\\n)*?)\`\`\`$`, "m").exec(text)?.[1] ?? null;
}
