import { all, any, type Maybe, not, UNKNOWN, type Unknown, type Value } from "../value";
import type { Condition, Leaf, PolicyDocument, Statement } from "./document";
import { ANY_PART, glob, ONE, STAR } from "./glob";

/** Text with `ANY_PART` where something is not known, or UNKNOWN. */
export type PartialText = string | Unknown;

/** A context key is known (one or several texts, `ANY_PART` inside), absent (undefined) or UNKNOWN. */
export type ContextValue = Value<string | readonly string[]>;

/** What a service asks the resource for. A context key that the map does not have is unknown. */
export interface PolicyRequest {
  /** `ses.amazonaws.com`. */
  service: string;
  /** `sns:Publish`. */
  action: string;
  /** ARN. */
  resource: PartialText;
  /** By key in lower case. */
  context: ReadonlyMap<string, ContextValue>;
}

export interface PolicyResult {
  /** Denied whether by a Deny or because no Allow matches. */
  decision: "allowed" | "denied" | "unknown";
  /**
   * `no-allow`: no Allow names principal, action and resource. `condition`: one does, and its condition excludes
   * the request.
   */
  reason: "allow" | "explicit-deny" | "no-allow" | "condition" | "unknown";
  /**
   * `condition`: the key, in lower case. `unknown`: the condition key, else the operator as written, that can't be
   * judged, else `value` (part of the document or of the request is not known) or `policy` (all of the document).
   */
  what?: string;
  /** For `allowed`: the condition keys, in lower case, of each Allow that surely matches. */
  allowedBy: readonly ReadonlySet<string>[];
}

/**
 * What the policy answers to a service, as AWS decides: a Deny that matches wins, then an Allow is needed. A decision
 * other than `unknown` holds whatever the unknown values turn out to be.
 * Source: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy element reference".
 */
export function evaluatePolicy(document: PolicyDocument | Unknown, request: PolicyRequest): PolicyResult {
  if (document === UNKNOWN) return { decision: "unknown", reason: "unknown", what: "policy", allowedBy: [] };
  const scope: Scope = { ...request, action: request.action.toLowerCase(), variables: document.variables };
  const allowedBy: ReadonlySet<string>[] = [];
  let denyDoubt: string | undefined;
  let allowDoubt: string | undefined;
  let excludedBy: string | undefined;
  for (const statement of document.statements) {
    const named = names(statement, scope);
    if (named === false) continue;
    const { met, key, doubt } = meets(statement.conditions, scope);
    if (met === false) {
      if (statement.effect !== "Deny") excludedBy ??= key;
      continue;
    }
    const surely = named === true && met === true && statement.effect !== UNKNOWN;
    if (surely && statement.effect === "Deny") return { decision: "denied", reason: "explicit-deny", allowedBy: [] };
    if (surely) allowedBy.push(keysUsed(statement));
    else if (statement.effect !== "Allow") denyDoubt ??= doubt ?? "value";
    if (!surely && statement.effect !== "Deny") allowDoubt ??= doubt ?? "value";
  }
  if (allowedBy.length === 0 && allowDoubt === undefined) {
    if (excludedBy === undefined) return { decision: "denied", reason: "no-allow", allowedBy };
    return { decision: "denied", reason: "condition", what: excludedBy, allowedBy };
  }
  if (denyDoubt === undefined && allowedBy.length > 0) return { decision: "allowed", reason: "allow", allowedBy };
  return { decision: "unknown", reason: "unknown", what: denyDoubt ?? allowDoubt ?? "value", allowedBy: [] };
}

/** The request, its action in lower case, and how the document writes. */
type Scope = PolicyRequest & { variables: Maybe };

function keysUsed(statement: Statement): ReadonlySet<string> {
  const conditions = statement.conditions === UNKNOWN ? [] : statement.conditions;
  return new Set(conditions.map(({ key }) => key).filter((key) => key !== UNKNOWN));
}

/** Whether the statement is about the request's principal, action and resource. */
function names({ principal, action, resource }: Statement, scope: Scope): Maybe {
  return all(
    [
      () => member(principal, ({ type, value }) => isPrincipal(type, value, scope.service)),
      () => member(action, (value) => known(value, (text) => match(wildcards(text.toLowerCase()), scope.action))),
      () => member(resource, (value) => known(value, (text) => match(expand(text, true, scope), scope.resource))),
    ],
    (test) => test(),
  );
}

function member<T>(element: { negated: boolean; values: readonly T[] | Unknown }, test: (value: T) => Maybe): Maybe {
  if (element.values === UNKNOWN) return UNKNOWN;
  const found = any(element.values, test);
  return element.negated ? not(found) : found;
}

function known(value: Leaf, test: (text: string) => Maybe): Maybe {
  return value === UNKNOWN ? UNKNOWN : test(value);
}

/** A resource policy that names everyone names services too. No other account, user or role is a service. */
function isPrincipal(type: string, value: Leaf, service: string): Maybe {
  if (type === "CanonicalUser" || type === "Federated") return false;
  if (value === UNKNOWN || (type !== "AWS" && type !== "Service")) return UNKNOWN;
  if (type === "AWS") return value === "*";
  if (value === service) return true;
  // Not documented: a wildcard for all services, and whether case matters.
  return value === "*" || value.toLowerCase() === service.toLowerCase() ? UNKNOWN : false;
}

/** All conditions must be met; one that surely is not decides, whatever is unknown about the others. */
function meets(conditions: Statement["conditions"], scope: Scope): { met: Maybe; key?: string; doubt?: string } {
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

function lookUp(key: string, { context }: Scope): ContextValue {
  return context.has(key) ? context.get(key) : UNKNOWN;
}

function meetsOne({ base, qualifier, ifExists, key, values }: Condition, scope: Scope): Maybe {
  const value = key === UNKNOWN ? UNKNOWN : lookUp(key, scope);
  if (value === UNKNOWN) return UNKNOWN;
  let texts = value === undefined ? [] : typeof value === "string" ? [value] : value;
  if (base === "null") {
    // Neither qualifiers nor IfExists have a meaning here.
    if (qualifier || ifExists || values === UNKNOWN) return UNKNOWN;
    return any(values, (wanted) => known(wanted, (text) => isSame(text, String(texts.length === 0))));
  }
  const operator = OPERATORS.get(base);
  if (operator === undefined) return UNKNOWN;
  // To the set qualifiers an empty text is an empty set.
  if (qualifier) texts = texts.filter((text) => text !== "");
  if (texts.length === 0) return ifExists || qualifier === "all" || (operator.negated && qualifier !== "any");
  const test = (text: string): Maybe => {
    const found =
      values === UNKNOWN ? UNKNOWN : any(values, (one) => known(one, (v) => operator.compare(v, text, scope)));
    return operator.negated ? not(found) : found;
  };
  if (qualifier) return qualifier === "all" ? all(texts, test) : any(texts, test);
  // Several values without a qualifier are not documented: certain only where all of them agree.
  const every = all(texts, test);
  return every === any(texts, test) ? every : UNKNOWN;
}

type Compare = (value: string, text: string, scope: Scope) => Maybe;

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

/** By name in lower case. Negated: none of the values may match, and a key that is absent does. */
const OPERATORS: ReadonlyMap<string, { compare: Compare; negated: boolean }> = new Map(
  (
    [
      ["stringequals", "stringnotequals", exact],
      ["stringequalsignorecase", "stringnotequalsignorecase", ignoringCase],
      ["stringlike", "stringnotlike", like],
      ["arnequals", "arnnotequals", arn],
      ["arnlike", "arnnotlike", arn],
      ["bool", "", bool],
      ["ipaddress", "notipaddress", undecided],
      ["binaryequals", "", undecided],
      ...["numeric", "date"].flatMap((kind): [string, string, Compare][] => [
        [`${kind}equals`, `${kind}notequals`, undecided],
        ...["lessthan", "lessthanequals", "greaterthan", "greaterthanequals"].map(
          (order): [string, string, Compare] => [kind + order, "", undecided],
        ),
      ]),
    ] as [string, string, Compare][]
  ).flatMap(([positive, negative, compare]) =>
    [positive, negative].filter(Boolean).map((name) => [name, { compare, negated: name === negative }] as const),
  ),
);

/** Two booleans, in any case; anything else is not one. */
function isSame(wanted: string, text: string): Maybe {
  const [left, right] = [wanted.toLowerCase(), text.toLowerCase()];
  const isBoolean = (value: string) => value === "true" || value === "false";
  return isBoolean(left) && isBoolean(right) ? left === right : UNKNOWN;
}

const ONLY_STARS = new RegExp(`^${STAR}+$`);

function match(pattern: PartialText, text: PartialText): Maybe {
  if (pattern === UNKNOWN) return UNKNOWN;
  if (ONLY_STARS.test(pattern)) return true;
  return text === UNKNOWN || text === ANY_PART ? UNKNOWN : glob(pattern, text);
}

/**
 * Compares the six parts of two ARNs one by one, with wildcards under ArnEquals as under ArnLike: no wildcard reaches
 * past a colon of the first five. What IAM does with shorter patterns is not documented.
 * Source: IAM User Guide, "Amazon Resource Name (ARN) condition operators".
 */
function matchArn(pattern: PartialText, text: string): Maybe {
  if (pattern === UNKNOWN || text === ANY_PART) return UNKNOWN;
  const wanted = arnParts(pattern);
  const given = arnParts(text);
  if (wanted.length < 6 || given.length < 6) return glob(pattern, text) === false ? false : UNKNOWN;
  return all(wanted, (part, index) => glob(part, given[index] as string));
}

function arnParts(text: string): string[] {
  const parts = text.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function wildcards(text: string): string {
  if (!text.includes("*") && !text.includes("?")) return text;
  return text.replaceAll("*", STAR).replaceAll("?", ONE);
}

/**
 * Puts in the variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the characters themselves. What
 * a variable brings is literal, wildcards included. Unknown where a variable is, or where its key is absent without
 * a default.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
function expand(value: string, withWildcards: boolean, scope: Scope): PartialText {
  const mark = (text: string) => (withWildcards ? wildcards(text) : text);
  if (!value.includes("${") || scope.variables === false) return mark(value);
  if (scope.variables === UNKNOWN) return UNKNOWN;
  let pattern = "";
  let end = 0;
  for (const variable of value.matchAll(/\$\{([^}]*)\}/g)) {
    const replacement = substitute(variable[1] as string, scope);
    if (replacement === UNKNOWN) return UNKNOWN;
    pattern += mark(value.slice(end, variable.index)) + replacement;
    end = variable.index + variable[0].length;
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

/**
 * The context of a request that an AWS service makes for one of the account's resources (SES publishing for an
 * identity, SNS sending to a queue). Keys of DESIGN section 2; every other key is unknown.
 */
export function serviceContext(
  service: string,
  source: { account: PartialText; arn: PartialText },
): ReadonlyMap<string, ContextValue> {
  const present = (value: PartialText) => (value === UNKNOWN ? ANY_PART : value);
  const account = present(source.account);
  return new Map<string, ContextValue>([
    ["aws:sourceaccount", account],
    ["aws:sourceowner", account],
    ["aws:sourcearn", present(source.arn)],
    ["aws:securetransport", "true"],
    ["aws:principalisawsservice", "true"],
    ["aws:principalservicename", service],
    ["aws:principalorgid", undefined],
  ]);
}
