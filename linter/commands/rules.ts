import { rules } from "../../policies/rules";
import { terminalWidth, wrap } from "../io/terminal";

/** All rules, a line each; on a terminal too narrow for that, two lines each. */
export function rulesTable(): string {
  const metas = rules.map((rule) => rule.meta);
  const widest = (key: "id" | "level" | "severity") => Math.max(...metas.map((meta) => meta[key].length));
  const [id, level, severity] = [widest("id"), widest("level"), widest("severity")];
  const rows = metas.map((meta) => ({
    head: `${meta.id.padEnd(id)}  ${meta.level.padEnd(level)}  ${meta.severity.padEnd(severity)}`,
    summary: meta.summary,
  }));
  const width = process.stdout.isTTY ? terminalWidth() : Number.POSITIVE_INFINITY;
  const fits = rows.every(({ head, summary }) => head.length + 2 + summary.length <= width);
  return rows
    .map(({ head, summary }) => (fits ? `${head}  ${summary}\n` : `${head.trimEnd()}\n${wrap(summary, width, "  ")}\n`))
    .join("");
}

/** The ids of all rules, in the order of the documentation. */
export function ruleIds(): string[] {
  return rules.map((rule) => rule.meta.id);
}
