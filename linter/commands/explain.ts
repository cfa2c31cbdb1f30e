import { rules } from "../../policies/rules";
import { nearest } from "../../policies/text/nearest";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { terminalWidth, wrap } from "../io/terminal";

/** One rule's page for a terminal, from its metadata. Throws `KnownError` for a rule that there is not. */
export function explainRule(id: string): string {
  const meta = rules.find((rule) => rule.meta.id === id)?.meta;
  if (meta === undefined) {
    const suggestion = nearest(
      id,
      rules.map((rule) => rule.meta.id),
    );
    throw new KnownError(
      `unknown rule ${printable(id.slice(0, 60))}${suggestion ? `, did you mean ${suggestion}?` : ""}; \`ses-guard rules\` lists them`,
    );
  }
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
