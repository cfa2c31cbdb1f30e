import { rules } from "../../policies/rules";
import { terminalWidth, wrap } from "./terminal";

/** The table of all rules: one line each, or as many as a narrow terminal needs. */
export function rulesTable(): string {
  const metas = rules.map((rule) => rule.meta);
  const widest = (key: "id" | "level" | "severity") => Math.max(...metas.map((meta) => meta[key].length));
  const [id, level, severity] = [widest("id"), widest("level"), widest("severity")];
  const indent = " ".repeat(id + level + severity + 6);
  const width = process.stdout.isTTY ? Math.max(terminalWidth(), indent.length + 30) : Number.POSITIVE_INFINITY;
  return metas
    .map((meta) => {
      const head = `${meta.id.padEnd(id)}  ${meta.level.padEnd(level)}  ${meta.severity.padEnd(severity)}  `;
      return `${head}${wrap(meta.summary, width, indent).slice(indent.length)}\n`;
    })
    .join("");
}
