import { ANY_PART, all, type Maybe, UNKNOWN } from "../value";
import { glob, ONE, STAR } from "./glob";
import { lookUp, type PartialText, type Scope } from "./request";

const ONLY_STARS = new RegExp(`^${STAR}+$`);

/** Whether a pattern, as `wildcards` or `expand` makes it, takes a text. */
export function match(pattern: PartialText, text: PartialText): Maybe {
  if (pattern === UNKNOWN) return UNKNOWN;
  if (ONLY_STARS.test(pattern)) return true;
  return text === UNKNOWN || text === ANY_PART ? UNKNOWN : glob(pattern, text);
}

/**
 * Compares the six parts of two ARNs one by one, with wildcards under ArnEquals as under ArnLike: no wildcard reaches
 * past a colon of the first five. What IAM does with shorter patterns is not documented.
 * Source: IAM User Guide, "Amazon Resource Name (ARN) condition operators".
 */
export function matchArn(pattern: PartialText, text: string): Maybe {
  if (pattern === UNKNOWN || text === ANY_PART) return UNKNOWN;
  const wanted = arnParts(pattern);
  const given = arnParts(text);
  if (wanted.length < 6 || given.length < 6) return glob(pattern, text) === false ? false : UNKNOWN;
  return all(wanted, (part, index) => glob(part, given[index] ?? ""));
}

function arnParts(text: string): string[] {
  const parts = text.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** `*` and `?` as the wildcards that they are where nothing says otherwise. */
export function wildcards(text: string): string {
  if (!text.includes("*") && !text.includes("?")) return text;
  return text.replaceAll("*", STAR).replaceAll("?", ONE);
}

/**
 * Puts in the variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the characters themselves. What
 * a variable brings is literal, wildcards included. Unknown where a variable is, or where its key is absent without
 * a default.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function expand(value: string, withWildcards: boolean, scope: Scope): PartialText {
  const mark = (text: string) => (withWildcards ? wildcards(text) : text);
  if (!value.includes("${") || scope.variables === false) return mark(value);
  if (scope.variables === UNKNOWN) return UNKNOWN;
  let pattern = "";
  let end = 0;
  // By hand: an expression would look for the brace again from every `${`.
  for (let start = value.indexOf("${"); start >= 0; start = value.indexOf("${", end)) {
    const close = value.indexOf("}", start);
    if (close < 0) break;
    const replacement = substitute(value.slice(start + 2, close), scope);
    if (replacement === UNKNOWN) return UNKNOWN;
    pattern += mark(value.slice(end, start)) + replacement;
    end = close + 1;
  }
  return pattern + mark(value.slice(end));
}

function substitute(variable: string, scope: Scope): PartialText {
  if (variable === "*" || variable === "?" || variable === "$") return variable;
  const [, key = "", fallback] = /^([^,]*)(?:,\s*'(.*)'\s*)?$/s.exec(variable) ?? [];
  const value = lookUp(key.trim().toLowerCase(), scope);
  // An unknown text that may contain colons is more than a pattern can hold.
  if (typeof value === "string") return value === ANY_PART ? UNKNOWN : value;
  return value === undefined && fallback !== undefined ? fallback : UNKNOWN;
}
