import { withoutCommands, withoutMarkers } from "../../../policies/text/commands";
import type { Report, ReportIdentity } from "../../report/shapes";
import { plain } from "../plain";
import { ENDINGS, PLURALS, relationOf, TYPES, type Type, waysOf } from "../reception";
import { type Leaf, type Plot, treesOf } from "../tree";
import { safe, unseen } from "../words";
import { conclusion, INHERITANCE } from "./text";

/** For a page or a comment: a table for each account and Region. */
export function listMarkdown(report: Report): string {
  const plots = treesOf(safe(report.identities)).map(table);
  const foot = [...(plots.length > 0 ? [INHERITANCE] : []), unseen(report)].filter(Boolean);
  return withoutMarkers(withoutCommands(`${[conclusion(report), ...plots, ...foot].join("\n\n")}\n`));
}

function table({ account, region, leaves }: Plot): string {
  const about = [region ?? "Region unknown", ...(account === null ? [] : [`account ${account}`])].join(", ");
  const heads = ["identity", ...TYPES.map((type) => PLURALS[type])];
  return [`### ${plain(about)}`, "", line(heads), line(heads.map(() => "---")), ...leaves.map(row)].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function row({ identity, last }: Leaf): string {
  const relation = relationOf(identity);
  const name = `${"&emsp;".repeat(last.length)}${plain(identity.identity)}`;
  const about = [identity.stack, relation].filter(Boolean).map(plain).join("; ");
  return line([`${name}<br>${about}`, ...TYPES.map((type) => cell(identity, type))]);
}

function cell({ reception }: ReportIdentity, type: Type): string {
  const { ending } = reception[type];
  return [`**${ENDINGS[ending]}**`, ...waysOf(reception[type]).map(plain)].join("<br>");
}
