import { agreed, all, any, type Maybe, not, UNKNOWN } from "../value";
import { type Condition, ifKnown, type Statement } from "./document";
import { lookUp, type Scope } from "./request";
import { expand, match, matchArn } from "./text";

/** All conditions must be met; one that surely is not decides, whatever is unknown about the others. */
export function meets(conditions: Statement["conditions"], scope: Scope): { met: Maybe; key?: string; doubt?: string } {
  if (conditions === UNKNOWN) return { met: UNKNOWN };
  let doubt: string | undefined;
  for (const condition of conditions) {
    const met = meetsOne(condition, scope);
    if (met === false) return { met, key: String(condition.key) };
    if (met === UNKNOWN) doubt ??= doubtAbout(condition, scope);
  }
  return doubt === undefined ? { met: true } : { met: UNKNOWN, doubt };
}

function doubtAbout({ base, operator, key }: Condition, scope: Scope): string {
  if (key === UNKNOWN) return "value";
  if (lookUp(key, scope) === UNKNOWN) return key;
  return base !== "null" && (OPERATORS.get(base)?.compare ?? undecided) === undecided ? operator : "value";
}

function meetsOne(condition: Condition, scope: Scope): Maybe {
  const { base, qualifier, ifExists, key } = condition;
  const value = key === UNKNOWN ? UNKNOWN : lookUp(key, scope);
  if (value === UNKNOWN) return UNKNOWN;
  const given = value === undefined ? [] : typeof value === "string" ? [value] : value;
  if (base === "null") return meetsNull(condition, given.length === 0);
  const operator = OPERATORS.get(base);
  if (operator === undefined) return UNKNOWN;
  // To the set qualifiers an empty text is an empty set.
  const texts = qualifier ? given.filter((text) => text !== "") : given;
  if (texts.length === 0) return ifExists || qualifier === "all" || (operator.negated && qualifier !== "any");
  return compareAll(condition, operator, texts, scope);
}

/** `Null: true` asks for a key that is absent. Neither qualifiers nor IfExists have a meaning here. */
function meetsNull({ qualifier, ifExists, values }: Condition, isAbsent: boolean): Maybe {
  if (qualifier || ifExists || values === UNKNOWN) return UNKNOWN;
  return any(values, (wanted) => ifKnown(wanted, (text) => isSame(text, String(isAbsent))));
}

function compareAll(
  { qualifier, values }: Condition,
  { compare, negated }: Operator,
  texts: readonly string[],
  scope: Scope,
): Maybe {
  const test = (text: string): Maybe => {
    const found = values === UNKNOWN ? UNKNOWN : any(values, (one) => ifKnown(one, (v) => compare(v, text, scope)));
    return negated ? not(found) : found;
  };
  if (qualifier) return qualifier === "all" ? all(texts, test) : any(texts, test);
  // Several values without a qualifier are not documented: certain only where all of them agree.
  return agreed(all(texts, test), any(texts, test));
}

type Compare = (value: string, text: string, scope: Scope) => Maybe;

interface Operator {
  compare: Compare;
  /** None of the values may match, and a key that is absent does. */
  negated: boolean;
}

const exact: Compare = (value, text, scope) => match(expand(value, false, scope), text);
const like: Compare = (value, text, scope) => match(expand(value, true, scope), text);
const arn: Compare = (value, text, scope) => matchArn(expand(value, true, scope), text);
const bool: Compare = (value, text) => isSame(value, text);
/** Numbers, dates, addresses and bytes: no context key that is known here has such a value. */
const undecided: Compare = () => UNKNOWN;
const ignoringCase: Compare = (value, text, scope) => {
  const pattern = expand(value, false, scope);
  return match(pattern === UNKNOWN ? pattern : pattern.toLowerCase(), text.toLowerCase());
};

/** The operator, the one that says its opposite, and how both compare. */
const PAIRS: readonly (readonly [string, string | undefined, Compare])[] = [
  ["stringequals", "stringnotequals", exact],
  ["stringequalsignorecase", "stringnotequalsignorecase", ignoringCase],
  ["stringlike", "stringnotlike", like],
  ["arnequals", "arnnotequals", arn],
  ["arnlike", "arnnotlike", arn],
  ["bool", undefined, bool],
  ["ipaddress", "notipaddress", undecided],
  ["binaryequals", undefined, undecided],
  ["numericequals", "numericnotequals", undecided],
  ["numericlessthan", undefined, undecided],
  ["numericlessthanequals", undefined, undecided],
  ["numericgreaterthan", undefined, undecided],
  ["numericgreaterthanequals", undefined, undecided],
  ["dateequals", "datenotequals", undecided],
  ["datelessthan", undefined, undecided],
  ["datelessthanequals", undefined, undecided],
  ["dategreaterthan", undefined, undecided],
  ["dategreaterthanequals", undefined, undecided],
];

/** By name in lower case. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  PAIRS.flatMap(([positive, negative, compare]): [string, Operator][] => [
    [positive, { compare, negated: false }],
    ...(negative === undefined ? [] : [[negative, { compare, negated: true }] satisfies [string, Operator]]),
  ]),
);

/** Two booleans, in any case; anything else is not one. */
function isSame(wanted: string, text: string): Maybe {
  const [left, right] = [wanted.toLowerCase(), text.toLowerCase()];
  const isBoolean = (value: string) => value === "true" || value === "false";
  return isBoolean(left) && isBoolean(right) ? left === right : UNKNOWN;
}
