import { isObject, type Json, type Maybe, toValue, UNKNOWN, type Unknown, type Value } from "../value";
import { MARK } from "./glob";

export type Leaf = string | Unknown;
/** One string or a list of them in the document; UNKNOWN where not even their number is known. */
type Leaves = readonly Leaf[] | Unknown;

/** What a test says of a value, if it is known. */
export function ifKnown(value: Leaf, test: (text: string) => Maybe): Maybe {
  return value === UNKNOWN ? UNKNOWN : test(value);
}

export interface Element {
  /** `NotAction`, `NotResource`, `NotPrincipal`. */
  negated: boolean;
  values: Leaves;
}

export interface Principals {
  negated: boolean;
  values: readonly { type: string; value: Leaf }[] | Unknown;
}

export interface Condition {
  /** As written, for messages. */
  operator: string;
  /** Lower case, without qualifier and `IfExists`. */
  base: string;
  qualifier: "all" | "any" | undefined;
  ifExists: boolean;
  /** Lower case. */
  key: Leaf;
  values: Leaves;
}

export interface Statement {
  effect: "Allow" | "Deny" | Unknown;
  principal: Principals;
  action: Element;
  resource: Element;
  conditions: readonly Condition[] | Unknown;
}

/** A resource policy, as `parsePolicy` makes it. */
export interface PolicyDocument {
  /** Whether `${…}` is a variable: since version 2012-10-17; before, and without a version, it is plain text. */
  variables: Maybe;
  statements: readonly Statement[];
}

const ELEMENTS = new Set(
  "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(" "),
);
const NEVER_KNOWN: Element & Principals = { negated: false, values: UNKNOWN };
/** Of a policy that is about what it is attached to. */
export const EVERYTHING: Element = { negated: false, values: ["*"] };
const UNKNOWN_STATEMENT: Statement = {
  effect: UNKNOWN,
  principal: NEVER_KNOWN,
  action: NEVER_KNOWN,
  resource: NEVER_KNOWN,
  conditions: UNKNOWN,
};

/**
 * Reads a policy as it stands in a property: JSON text or object, with unknown values anywhere. Absent (also the empty
 * text that providers answer for "none") stays absent; what AWS would refuse is UNKNOWN. Never throws.
 * Source: IAM User Guide, "Grammar of the IAM JSON policy language".
 */
export function parsePolicy(raw: unknown): Value<PolicyDocument> {
  const value = toValue(raw);
  if (typeof value !== "string") return value === undefined || value === UNKNOWN ? value : readDocument(value);
  if (value.trim() === "") return undefined;
  return readDocument(parseJson(value));
}

/** Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readDocument(raw: unknown): PolicyDocument | Unknown {
  if (!isObject(raw)) return UNKNOWN;
  const names = keysOf(raw);
  if (names.some((name) => name !== "Version" && name !== "Id" && name !== "Statement")) return UNKNOWN;
  const version = toValue(raw.Version) ?? "2008-10-17";
  if (version !== UNKNOWN && version !== "2012-10-17" && version !== "2008-10-17") return UNKNOWN;
  const list = toValue(raw.Statement);
  if (list === undefined) return UNKNOWN;
  const statements: Statement[] = [];
  for (const item of Array.isArray(list) ? list : [list]) {
    const statement = readStatement(toValue(item));
    if (statement === undefined) return UNKNOWN;
    statements.push(statement);
  }
  return { variables: version === UNKNOWN ? UNKNOWN : version === "2012-10-17", statements };
}

/** Undefined, here and below: not the shape of a policy. */
function readStatement(raw: Value<unknown>): Statement | undefined {
  if (raw === UNKNOWN) return UNKNOWN_STATEMENT;
  if (!isObject(raw) || !keysOf(raw).every((name) => ELEMENTS.has(name))) return undefined;
  const effect = toValue(raw.Effect);
  if (effect !== "Allow" && effect !== "Deny" && effect !== UNKNOWN) return undefined;
  const principal = readElement(raw, "Principal", readPrincipals);
  const action = readElement(raw, "Action", readLeaves);
  // Some services take a statement without Resource and mean the resource that the policy is attached to.
  const resource = readElement(raw, "Resource", (value) => (value === undefined ? UNKNOWN : readLeaves(value)));
  const conditions = readConditions(toValue(raw.Condition));
  if (!principal || !action || !resource || !conditions) return undefined;
  return { effect, principal, action, resource, conditions };
}

function readElement<T>(raw: Json, name: string, readValues: (value: Value<unknown>) => T | undefined) {
  const positive = toValue(raw[name]);
  const negative = toValue(raw[`Not${name}`]);
  if (positive !== undefined && negative !== undefined) return undefined;
  const values = readValues(positive ?? negative);
  return values === undefined ? undefined : { negated: negative !== undefined, values };
}

function readLeaf(raw: unknown): Leaf | undefined {
  const value = toValue(raw);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return MARK.test(value) ? UNKNOWN : value;
  return value === UNKNOWN ? UNKNOWN : undefined;
}

function readLeaves(raw: Value<unknown>): Leaves | undefined {
  if (raw === UNKNOWN) return UNKNOWN;
  const leaves: Leaf[] = [];
  for (const item of Array.isArray(raw) ? raw : [raw]) {
    const leaf = readLeaf(item);
    if (leaf === undefined) return undefined;
    leaves.push(leaf);
  }
  return leaves;
}

function readPrincipals(raw: Value<unknown>): Principals["values"] | undefined {
  if (raw === UNKNOWN) return UNKNOWN;
  if (raw === "*") return [{ type: "AWS", value: "*" }];
  if (!isObject(raw)) return undefined;
  const principals: { type: string; value: Leaf }[] = [];
  for (const type of keysOf(raw)) {
    const values = readLeaves(toValue(raw[type]));
    if (values === undefined) return undefined;
    const leaves: readonly Leaf[] = values === UNKNOWN ? [UNKNOWN] : values;
    for (const value of leaves) principals.push({ type, value });
  }
  return principals;
}

function readConditions(raw: Value<unknown>): readonly Condition[] | Unknown | undefined {
  if (raw === undefined) return [];
  if (raw === UNKNOWN) return UNKNOWN;
  if (!isObject(raw)) return undefined;
  const conditions: Condition[] = [];
  for (const operator of keysOf(raw)) {
    const { base, qualifier, ifExists } = readOperator(operator);
    const keys = toValue(raw[operator]);
    if (keys === UNKNOWN) {
      conditions.push({ operator, base, qualifier, ifExists, key: UNKNOWN, values: UNKNOWN });
      continue;
    }
    if (!isObject(keys)) return undefined;
    for (const key of keysOf(keys)) {
      const values = readLeaves(toValue(keys[key]));
      if (values === undefined) return undefined;
      conditions.push({ operator, base, qualifier, ifExists, key: key.toLowerCase(), values });
    }
  }
  return conditions;
}

function readOperator(operator: string): Pick<Condition, "base" | "qualifier" | "ifExists"> {
  const name = operator.toLowerCase();
  const colon = name.indexOf(":") + 1;
  const set = name.slice(0, colon);
  const qualifier = set === "forallvalues:" ? "all" : set === "foranyvalue:" ? "any" : undefined;
  const ifExists = name.endsWith("ifexists");
  return { base: name.slice(qualifier ? colon : 0, ifExists ? -"ifexists".length : undefined), qualifier, ifExists };
}

/** Names of an object without the engine's own marks (`__defaults`) and without what is null. */
function keysOf(raw: Json): string[] {
  return Object.keys(raw).filter((name) => !name.startsWith("__") && toValue(raw[name]) !== undefined);
}

const DEFAULT_ACTIONS =
  "gettopicattributes settopicattributes addpermission removepermission deletetopic subscribe listsubscriptionsbytopic publish"
    .split(" ")
    .map((action) => `sns:${action}`);

/**
 * True for the policy that SNS gives a new topic: everyone, the topic's own actions, StringEquals AWS:SourceOwner.
 * Recognised by what it says; Id and Sid are free to choose, so they prove nothing. Older topics also list SNS:Receive.
 * Source: Amazon SNS Developer Guide, "Amazon SNS access policy use cases"; `GetTopicAttributes` of a new topic.
 */
export function isDefaultTopicPolicy(document: PolicyDocument): boolean {
  const [statement, ...others] = document.statements;
  if (!statement || others.length > 0 || statement.effect !== "Allow") return false;
  const { principal, action, resource, conditions } = statement;
  if (principal.negated || action.negated || resource.negated || conditions === UNKNOWN) return false;
  if (principal.values === UNKNOWN || action.values === UNKNOWN || resource.values === UNKNOWN) return false;
  const [everyone] = principal.values;
  if (principal.values.length !== 1 || everyone?.type !== "AWS" || everyone.value !== "*") return false;
  const actions = new Set(action.values.map((value) => (value === UNKNOWN ? "" : value.toLowerCase())));
  actions.delete("sns:receive");
  if (actions.size !== DEFAULT_ACTIONS.length || !DEFAULT_ACTIONS.every((name) => actions.has(name))) return false;
  const [condition] = conditions;
  if (conditions.length !== 1 || condition?.operator.toLowerCase() !== "stringequals") return false;
  const owner = condition.values === UNKNOWN ? [] : condition.values;
  return (
    condition.key === "aws:sourceowner" &&
    owner.length === 1 &&
    /^\d{12}$/.test(String(owner[0])) &&
    resource.values.length === 1
  );
}
