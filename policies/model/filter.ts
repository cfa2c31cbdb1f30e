import { parseJson } from "./iam/document";
import { glob, STAR } from "./iam/glob";
import {
  agreed,
  all,
  any,
  isObject,
  type Json,
  type Maybe,
  not,
  toValue,
  UNKNOWN,
  type Unknown,
  type Value,
} from "./value";

/** One notification of SES: which key tells its type, and the type. */
export interface FilterEvent {
  /** `notificationType` in identity notifications, `eventType` in those of event destinations. */
  key: "notificationType" | "eventType";
  value: "Bounce" | "Complaint" | "Delivery";
}

/** Deeper than any filter that SNS accepts, and shallow enough for the stack. */
const MAX_DEPTH = 32;

/**
 * Whether a subscription's filter lets a notification of SES through. No filter, the empty text that providers answer
 * for "none", and `{}` pass all; a broken filter is unknown. Never throws.
 * @param filterPolicy the property as it stands: JSON text or object, with unknown values anywhere
 * @param scope `MessageAttributes` (the default) or `MessageBody`
 * Source: Amazon SNS Developer Guide, "Amazon SNS message filtering"; Amazon SES Developer Guide, "Notification
 * contents".
 */
export function filterPasses(
  filterPolicy: unknown,
  scope: Value<string>,
  event: FilterEvent,
): "passes" | "blocks" | "unknown" {
  const raw = toValue(filterPolicy);
  if (raw === undefined || (typeof raw === "string" && raw.trim() === "")) return "passes";
  const filter = typeof raw === "string" ? parseJson(raw) : raw;
  if (!isObject(filter)) return "unknown";
  // SES sets no attributes, so only `exists: false` can match; but the SNS Developer Guide ("Key matching") says that
  // even this does not match a message that has no attributes at all. Whether SNS adds some is not documented.
  const inAttributes = () => {
    const passes = matchesAll(filter, () => ABSENT, 0, false);
    return passes === true && conditionsOf(filter).length > 0 ? UNKNOWN : passes;
  };
  const inBody = () => matchesAll(filter, (key) => bodyProperty(key, event), 0, true);
  let passes: Maybe = UNKNOWN;
  if (scope === undefined || scope === "" || scope === "MessageAttributes") passes = inAttributes();
  else if (scope === "MessageBody") passes = inBody();
  else if (scope === UNKNOWN) passes = agreed(inAttributes(), inBody());
  return passes === UNKNOWN ? "unknown" : passes ? "passes" : "blocks";
}

/** What a message has under a key: a text, nothing, an object, or content that nobody knows beforehand. */
export type Property = string | typeof ABSENT | Unknown | Lookup;
export type Lookup = (key: string) => Property;
export const ABSENT = undefined;

/** Whether an object lets a message through, by the operators that SNS filters and EventBridge patterns share. */
export function passesPattern(pattern: Json, find: Lookup): Maybe {
  return matchesAll(pattern, find, 0, true);
}

/** The top of an SES message: its type, and an object of that name; the other types' names are never there. */
function bodyProperty(key: string, event: FilterEvent): Property {
  if (key === event.key) return event.value;
  if (key === "notificationType" || key === "eventType") return ABSENT;
  const isOtherType = key === "bounce" || key === "complaint" || key === "delivery";
  return isOtherType && key !== event.value.toLowerCase() ? ABSENT : UNKNOWN;
}

/** Keys of a filter without the engine's own marks (`__defaults`). */
function conditionsOf(filter: Json): string[] {
  return Object.keys(filter).filter((key) => !key.startsWith("__"));
}

/** All keys must match; one that surely does not decides. */
function matchesAll(filter: Json, find: Lookup, depth: number, nested: boolean): Maybe {
  if (depth > MAX_DEPTH) return UNKNOWN;
  return all(conditionsOf(filter), (key) => {
    const rule = toValue(filter[key]);
    if (key === "$or") return matchesOr(rule, find, depth, nested);
    const property = find(key);
    if (Array.isArray(rule) && rule.length > 0) return any(rule, (condition) => matches(toValue(condition), property));
    if (!nested || !isObject(rule) || Object.keys(rule).length === 0) return UNKNOWN;
    // A text has no properties of its own.
    const inside = typeof property === "function" ? property : () => (property === UNKNOWN ? UNKNOWN : ABSENT);
    return matchesAll(rule, inside, depth + 1, nested);
  });
}

/** SNS takes `$or` as an operator where it lists at least two filters. */
function matchesOr(rule: unknown, find: Lookup, depth: number, nested: boolean): Maybe {
  if (!Array.isArray(rule) || rule.length < 2) return UNKNOWN;
  return any(rule, (item) => {
    const filter = toValue(item);
    if (!isObject(filter) || Object.keys(filter).length === 0) return UNKNOWN;
    return matchesAll(filter, find, depth + 1, nested);
  });
}

/** One condition of a key's list against what the message has there. */
function matches(condition: Value<unknown>, property: Property): Maybe {
  if (condition === UNKNOWN || property === UNKNOWN || typeof property === "function") return UNKNOWN;
  if (isObject(condition)) return matchesOperator(condition, property);
  const isScalar = condition === undefined || ["string", "number", "boolean"].includes(typeof condition);
  return isScalar ? property !== ABSENT && condition === property : UNKNOWN;
}

function matchesOperator(condition: Json, property: string | typeof ABSENT): Maybe {
  const [operator, ...others] = Object.keys(condition);
  if (operator === undefined || others.length > 0) return UNKNOWN;
  const operand = toValue(condition[operator]);
  if (operand === UNKNOWN) return UNKNOWN;
  if (operator === "exists") return typeof operand === "boolean" ? operand === (property !== ABSENT) : UNKNOWN;
  const compare = OPERATORS.get(operator);
  if (compare === undefined) return UNKNOWN;
  return property === ABSENT ? false : compare(operand, property);
}

type Operator = (operand: unknown, text: string) => Maybe;

const onText =
  (test: (wanted: string, text: string) => Maybe): Operator =>
  (operand, text) =>
    typeof operand === "string" ? test(operand, text) : UNKNOWN;

const TEXT_OPERATORS: [string, Operator][] = [
  ["prefix", onText((wanted, text) => text.startsWith(wanted))],
  ["suffix", onText((wanted, text) => text.endsWith(wanted))],
  ["equals-ignore-case", onText((wanted, text) => text.toLowerCase() === wanted.toLowerCase())],
  // A backslash takes a wildcard's meaning; no type of SES notification contains either.
  ["wildcard", onText((wanted, text) => (wanted.includes("\\") ? UNKNOWN : glob(wanted.replaceAll("*", STAR), text)))],
];

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...TEXT_OPERATORS,
  [
    "anything-but",
    (operand, text) => not(any(Array.isArray(operand) ? operand : [operand], (one) => excluded(one, text))),
  ],
  // For numbers and addresses; a type is neither.
  ["numeric", () => false],
  ["cidr", () => false],
]);

/** What `anything-but` leaves out: a text, a number, or one operator with one operand or several. */
function excluded(raw: unknown, text: string): Maybe {
  const wanted = toValue(raw);
  if (typeof wanted === "number") return false;
  if (!isObject(wanted)) return typeof wanted === "string" ? wanted === text : UNKNOWN;
  const [name = "", ...others] = Object.keys(wanted);
  const operator = new Map(TEXT_OPERATORS).get(name);
  const operand = toValue(wanted[name]);
  if (!operator || others.length > 0 || operand === UNKNOWN) return UNKNOWN;
  return any(Array.isArray(operand) ? operand : [operand], (one) => operator(toValue(one), text));
}
