import { all, any, both, type Maybe, not, UNKNOWN, type Unknown } from "../value";
import type { Condition, PolicyDocument, Principals, Statement } from "./document";
import { glob, ONE, STAR } from "./glob";

/** What a value must say to name one owner rather than everybody, by context key in lower case. */
const NARROW = new Map<string, (value: string) => boolean>([
  ...["aws:sourceaccount", "aws:sourceowner", "aws:principalaccount"].map((key) => [key, isPlain] as const),
  ...["aws:sourcearn", "aws:principalarn"].map((key) => [key, namesAccount] as const),
  ...["aws:principalorgid", "aws:sourceorgid", "aws:principalorgpaths", "aws:sourceorgpaths"].map(
    (key) => [key, (value: string) => isPlain(value.split("/", 1)[0] ?? "")] as const,
  ),
  ...["aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn"].map((key) => [key, isPlain] as const),
  ["aws:sourceip", (value) => !/^(0\.0\.0\.0|::)\/0$/.test(value)],
]);

/** Keys that say how, when or about what somebody asks, and nothing about who. */
const INDIFFERENT = /^(aws:(securetransport|currenttime|epochtime|useragent|referer|requestedregion)|sns:.*|ses:.*)$/;

const POSITIVE = new Set(["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress"]);
const NEGATIVE = new Set([...POSITIVE].map((name) => name.replace(/^(string|arn)/, "$1not").replace(/^ip/, "notip")));

function isPlain(value: string): boolean {
  return value !== "" && !/[*?]/.test(value);
}

/** The account in the ARN, or where it has none (a bucket's) the whole of it. */
function namesAccount(value: string): boolean {
  const parts = value.split(":");
  return parts[4] === undefined || parts[4] === "" ? isPlain(value) : isPlain(parts[4]);
}

/**
 * Whether a condition of an Allow ties the request to an owner: by its key, and by values that name one. With
 * `IfExists`, and of no value at all, also requests without the key pass: those of `anybody`, not those of a service,
 * which always says for whom it asks.
 */
export function limits(condition: Condition, asker: "anybody" | "service"): Maybe {
  const { base, key, ifExists, qualifier } = condition;
  const found = namesOwner(condition);
  if (found === false || key === UNKNOWN) return found;
  if (NEGATIVE.has(base) || base === "null") return false;
  if (!POSITIVE.has(base)) return UNKNOWN;
  return asker === "anybody" && (ifExists || qualifier === "all") ? false : found;
}

function namesOwner({ key, values }: Condition): Maybe {
  if (key === UNKNOWN) return UNKNOWN;
  const isNarrow = NARROW.get(key);
  if (!isNarrow) return INDIFFERENT.test(key) ? false : UNKNOWN;
  if (values === UNKNOWN) return UNKNOWN;
  return all(values, (value) => (value === UNKNOWN || value.includes("${") ? UNKNOWN : isNarrow(value)));
}

/** Whether a Deny with this condition keeps everybody but an owner out. */
function keepsOut(condition: Condition): Maybe {
  if (condition.key !== UNKNOWN && INDIFFERENT.test(condition.key)) return false;
  const found = namesOwner(condition);
  return found === true && !NEGATIVE.has(condition.base) ? UNKNOWN : found;
}

/** Whether the policy lets everybody in the world do one of these. */
export function allowsAnybody(document: PolicyDocument | Unknown, actions: readonly string[]): Maybe {
  if (document === UNKNOWN) return UNKNOWN;
  return any(actions, (action) =>
    both(
      any(document.statements, (statement) => opens(statement, action)),
      not(any(document.statements, (statement) => closes(statement, action))),
    ),
  );
}

function opens({ effect, principal, action, conditions }: Statement, wanted: string): Maybe {
  if (effect === "Deny") return false;
  const limited = conditions === UNKNOWN ? UNKNOWN : any(conditions, (condition) => limits(condition, "anybody"));
  return both(effect === UNKNOWN ? UNKNOWN : true, isEveryone(principal), covers(action, wanted), not(limited));
}

function closes({ effect, principal, action, conditions }: Statement, wanted: string): Maybe {
  if (effect === "Allow") return false;
  const outsiders = conditions === UNKNOWN ? UNKNOWN : all(conditions, keepsOut);
  return both(effect === UNKNOWN ? UNKNOWN : true, isEveryone(principal), covers(action, wanted), outsiders);
}

/** A NotPrincipal is everybody else. */
function isEveryone({ negated, values }: Principals): Maybe {
  if (negated) return true;
  if (values === UNKNOWN) return UNKNOWN;
  return any(values, ({ type, value }) => {
    if (value === UNKNOWN) return UNKNOWN;
    // Whether a wildcard stands for all services is not documented.
    return value === "*" && (type === "AWS" || UNKNOWN);
  });
}

function covers({ negated, values }: Statement["action"], wanted: string): Maybe {
  if (values === UNKNOWN) return UNKNOWN;
  const found = any(values, (value) =>
    value === UNKNOWN ? UNKNOWN : glob(pattern(value.toLowerCase()), wanted.toLowerCase()),
  );
  return negated ? not(found) : found;
}

function pattern(text: string): string {
  return text.replaceAll("*", STAR).replaceAll("?", ONE);
}
