import { KnownError } from "../errors";

/**
 * `JSON.parse` that says where the text is broken, on every Node version, and never quotes the text (it may hold
 * secrets). Throws `KnownError`.
 */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const offset = errorOffset(text);
    const before = text.slice(0, offset);
    const position = `line ${before.split("\n").length}, column ${offset - before.lastIndexOf("\n")}`;
    throw new KnownError(
      offset === text.length
        ? `${name}: the JSON ends too early, at ${position}; the file is cut off, write it again`
        : `${name}: not valid JSON at ${position}`,
    );
  }
}

const SPACE = /[ \t\r\n]*/y;
const WORD = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const STRING_PART = /[^"\\\x00-\x1f]{0,4096}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))?/y;

/** Offset of the first character that can't belong to a JSON text; the text's length where it is only cut off. */
function errorOffset(text: string): number {
  const open: string[] = [];
  let position = 0;
  let wanted: "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma" = "value";

  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = position;
    if (!pattern.test(text)) return false;
    const moved = pattern.lastIndex > position;
    position = pattern.lastIndex;
    return moved;
  };
  const skipString = (): boolean => {
    position++;
    while (skip(STRING_PART)) {}
    if (text[position] !== '"') return false;
    position++;
    return true;
  };

  for (;;) {
    skip(SPACE);
    const character = text[position];
    if (character === undefined) return text.length;
    if (wanted === "comma") {
      const container = open.at(-1);
      if (container === undefined) return position;
      if (character === ",") {
        wanted = container === "{" ? "key" : "value";
        position++;
      } else if (character === (container === "{" ? "}" : "]")) {
        open.pop();
        position++;
      } else return position;
    } else if (wanted === "colon") {
      if (character !== ":") return position;
      wanted = "value";
      position++;
    } else if (wanted === "key" || wanted === "key-or-end") {
      if (character === "}" && wanted === "key-or-end") {
        open.pop();
        wanted = "comma";
        position++;
      } else if (character === '"' && skipString()) wanted = "colon";
      else return position;
    } else if (character === "]" && wanted === "value-or-end") {
      open.pop();
      wanted = "comma";
      position++;
    } else if (character === "{" || character === "[") {
      open.push(character);
      wanted = character === "{" ? "key-or-end" : "value-or-end";
      position++;
    } else if (character === '"' ? skipString() : skip(WORD)) wanted = "comma";
    else if (character !== '"' && skip(/[\w.+-]+$/y)) return text.length;
    else return position;
  }
}
