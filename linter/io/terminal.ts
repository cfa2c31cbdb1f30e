/** Columns of the terminal; without one, what every terminal has. */
export function terminalWidth(): number {
  return process.stdout.columns || 80;
}

/** Colour only on a terminal, unless `NO_COLOR` or `FORCE_COLOR` say otherwise (https://no-color.org). */
export function wantsColor(): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return process.stdout.isTTY === true && TERM !== "dumb";
}

/** Links only where the terminal is known to show them, unless `FORCE_HYPERLINK` says otherwise. */
export function wantsLinks(): boolean {
  if (!process.stdout.isTTY && process.env.FORCE_HYPERLINK === undefined) return false;
  // Loaded on a terminal only.
  const { supportsHyperlink } = require("supports-hyperlinks") as typeof import("supports-hyperlinks");
  return supportsHyperlink(process.stdout);
}

/** Breaks text between words into lines of at most `width` characters, each after `indent`. */
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, indent + line].join("\n");
}
