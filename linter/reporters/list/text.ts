import { withoutCommands } from "../../../policies/text/commands";
import { wrap } from "../../io/terminal";
import type { Report, ReportIdentity, ReportReception } from "../../report/shapes";
import { byWays, ENDINGS, LEGEND, PLURALS, relationOf, TYPES, typesInWords } from "../reception";
import type { RenderOptions } from "../reporter";
import { branch, type Leaf, type Plot, treesOf } from "../tree";
import { count, safe, unseen } from "../words";

const SGR = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36, blue: 34 };
type Style = keyof typeof SGR;
type Paint = (style: Style, text: string) => string;
const STYLES: Record<ReportReception["ending"], Style> = {
  received: "green",
  elsewhere: "blue",
  unknown: "cyan",
  nobody: "red",
  none: "dim",
};

const CELL = 13;
const CELLS = CELL * 2 + PLURALS.delivery.length + 1;

interface Layout {
  width: number;
  paint: Paint;
  /** Columns for the names. */
  names: number;
}

/** For people: identity × type with a word in each cell, as trees of names, and below each who receives. */
export function listText(report: Report, { color, width }: RenderOptions): string {
  const paint: Paint = (style, text) => (color ? `\u001b[${SGR[style]}m${text}\u001b[0m` : text);
  const plots = treesOf(safe(report.identities));
  const layout: Layout = { width, paint, names: nameColumns(plots, width) };
  const foot = footer(report, plots).map((sentence) => paint("dim", wrap(sentence, width)));
  const parts = [...plots.map((plot) => drawPlot(plot, layout)), [...foot, wrap(conclusion(report), width)].join("\n")];
  return withoutCommands(`${parts.join("\n\n")}\n`);
}

function nameColumns(plots: readonly Plot[], width: number): number {
  const most = Math.max(width - CELLS - 2, 10);
  const lengths = plots.flatMap(({ leaves }) => leaves.map((leaf) => label(leaf).length));
  return lengths.filter((length) => length <= most).reduce((widest, length) => Math.max(widest, length), 10) + 2;
}

function label(leaf: Leaf): string {
  return `${branch(leaf)}${leaf.identity.identity}`;
}

function drawPlot({ account, region, leaves }: Plot, layout: Layout): string {
  const { paint, names } = layout;
  const stacks = [...new Set(leaves.map(({ identity }) => identity.stack))];
  const about = [
    region ?? "Region unknown",
    ...(account === null ? [] : [`account ${account}`]),
    ...(stacks.length === 1 && stacks[0] ? [stacks[0]] : []),
  ];
  const heads = TYPES.map((type) => PLURALS[type].padEnd(CELL)).join("");
  const rows = leaves.flatMap((leaf, index) => {
    const hasBelow = (leaves[index + 1]?.last.length ?? 0) > leaf.last.length;
    return drawLeaf(leaf, hasBelow, stacks.length > 1, layout);
  });
  return [
    paint("bold", wrap(about.join(", "), layout.width)),
    paint("dim", `${" ".repeat(names)}${heads}`.trimEnd()),
    ...rows,
  ].join("\n");
}

function drawLeaf(leaf: Leaf, hasBelow: boolean, withStack: boolean, { width, paint, names }: Layout): string[] {
  const { identity, last } = leaf;
  const cells = TYPES.map((type) => {
    const { ending } = identity.reception[type];
    const word = paint(STYLES[ending], ENDINGS[ending]);
    return `${word}${type === "delivery" ? "" : " ".repeat(CELL - ENDINGS[ending].length)}`;
  }).join("");
  const drawn = branch(leaf);
  const name = `${paint("dim", drawn)}${paint("bold", identity.identity)}`;
  const length = drawn.length + identity.identity.length;
  const margin = `${last.map((isLast) => (isLast ? "   " : "│  ")).join("")}${hasBelow ? "│  " : "   "}`;
  const row =
    length + 2 <= names
      ? [`${name}${" ".repeat(names - length)}${cells}`]
      : [name, `${paint("dim", margin.padEnd(names))}${cells}`];
  const notes = details(identity, withStack).flatMap((text) => wrap(text, width - margin.length - 2).split("\n  "));
  return [...row, ...notes.flatMap((note) => note.split("\n")).map((note) => paint("dim", `${margin}${note}`))];
}

function details(identity: ReportIdentity, withStack: boolean): string[] {
  const about = [relationOf(identity), ...(withStack ? [`stack ${identity.stack}`] : [])].filter(Boolean).join("; ");
  const ways = byWays(identity).map(({ types, ways }) => `${typesInWords(types)}: ${ways.join("; ")}`);
  return [about, ...ways].filter(Boolean);
}

function footer(report: Report, plots: readonly Plot[]): string[] {
  const used = new Set(
    plots.flatMap(({ leaves }) =>
      leaves.flatMap(({ identity }) => TYPES.map((type) => identity.reception[type].ending)),
    ),
  );
  const words = (["received", "elsewhere", "unknown", "nobody"] as const).filter((ending) => used.has(ending));
  return [
    ...words.map((ending) => `${ENDINGS[ending]}: ${LEGEND[ending]}.`),
    plots.length > 0 ? INHERITANCE : "",
    unseen(report),
  ].filter(Boolean);
}

/** Source: F3. */
export const INHERITANCE =
  "What is set for a domain holds for its addresses and subdomains, except those that stand here with settings of their own.";

/** `Somebody receives the bounces and complaints of 2 of 3 identities.` */
export function conclusion({ identities }: Pick<Report, "identities">): string {
  if (identities.length === 0) return "No identity in view.";
  const good = identities.filter(({ reception: { bounce, complaint } }) =>
    [bounce, complaint].every(({ ending }) => ending === "received"),
  ).length;
  const all = count(identities.length, "identity");
  const isOne = identities.length === 1;
  if (good === 0) {
    return `Nobody is known to receive both bounces and complaints of ${isOne ? "the one identity" : `any of ${all}`}.`;
  }
  return good === identities.length
    ? `Somebody receives the bounces and complaints of ${isOne ? "the one identity" : `all ${all}`}.`
    : `Somebody receives the bounces and complaints of ${good} of ${all}.`;
}
