import { rules } from "../../policies/rules";
import { nearest } from "../../policies/text/nearest";
import { printable } from "../../policies/text/printable";
import { EXAMPLES } from "../generated/examples";
import { KnownError } from "../io/errors";
import { terminalWidth, wrap } from "../io/terminal";

/**
 * One rule's page for a terminal, from its metadata; with `example`, programs of its page in the documentation. Throws
 * `KnownError` for a rule that there is not.
 */
export function explainRule(id: string, { example = false }: { example?: boolean } = {}): string {
  const meta = rules.find((rule) => rule.meta.id === id)?.meta;
  if (meta === undefined) {
    const suggestions = suggest(id);
    const hint = suggestions.length > 0 ? `, did you mean ${suggestions.join(", ")}?` : "";
    throw new KnownError(`unknown rule ${printable(id.slice(0, 60))}${hint}; \`ses-guard rules\` lists them`);
  }
  if (example) return examplesOf(meta.id, meta.url);
  const width = Math.min(terminalWidth(), 100);
  const part = (title: string, text: string) => `${title}\n${wrap(text, width, "  ")}\n`;
  const instead = meta.level === "mandatory" ? "advisory" : "disabled";
  return [
    `${meta.id} (${meta.level}, ${meta.severity})\n`,
    part("What", meta.summary),
    part("Why", meta.why),
    part("Source", meta.source),
    part("Fix", meta.fix),
    part(
      "Allow",
      `Accept it with a reason under \`exceptions\` in ses-guard.yaml, or set its level: \`rules: { ${meta.id}: ${instead} }\`.`,
    ),
    `More\n  ${meta.url}\n  ${new URL("../ses.md", meta.url)} (${meta.facts.join(", ")})\n`,
  ].join("\n");
}

/** Rules of which the word is a part, else the one that is spelt nearly so. */
function suggest(word: string): string[] {
  const ids = rules.map((rule) => rule.meta.id);
  const parts = word === "" ? [] : ids.filter((id) => id.includes(word.toLowerCase()));
  if (parts.length > 0) return parts.slice(0, 5);
  const near = nearest(word, ids);
  return near === undefined ? [] : [near];
}

function examplesOf(id: string, url: string): string {
  const { fails, passes } = EXAMPLES[id] ?? { fails: null, passes: null };
  const part = (title: string, source: string | null) => (source === null ? "" : `// ${title}\n\n${source}\n`);
  return `${part(`${id} fails`, fails)}${part(`${id} passes`, passes)}// More: ${url}\n`;
}
