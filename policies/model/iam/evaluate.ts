import { all, any, both, equal, isKnown, type Maybe, not, UNKNOWN, type Unknown } from "../value";
import { meets } from "./conditions";
import { ifKnown, type Leaf, type PolicyDocument, type Statement } from "./document";
import { glob } from "./glob";
import { limits } from "./limits";
import type { PolicyRequest, Scope } from "./request";
import { expand, match, wildcards } from "./text";

export { type ContextValue, type PartialText, type PolicyRequest, serviceContext } from "./request";

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
  /**
   * For `allowed`: of each Allow that surely matches, the condition keys, in lower case, by which it is tied to an
   * owner or may be; keys whose values name everybody are none of them.
   */
  allowedBy: readonly ReadonlySet<string>[];
}

/**
 * What the policy answers to a service, as AWS decides: a Deny that matches wins, then an Allow is needed. A decision
 * other than `unknown` holds whatever the unknown values turn out to be.
 * Source: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy element reference".
 */
export function evaluatePolicy(document: PolicyDocument | Unknown, request: PolicyRequest): PolicyResult {
  if (document === UNKNOWN) return { decision: "unknown", reason: "unknown", what: "policy", allowedBy: [] };
  const { service, action, resource, context } = request;
  const scope: Scope = { service, action: action.toLowerCase(), resource, context, variables: document.variables };
  const answers = document.statements.map((statement) => answerOf(statement, scope));
  const possible = answers.filter(({ applies }) => applies !== false);
  const denies = possible.filter(({ statement }) => equal(statement.effect, "Deny") !== false);
  if (denies.some(isSure)) return { decision: "denied", reason: "explicit-deny", allowedBy: [] };
  const allows = possible.filter(({ statement }) => equal(statement.effect, "Allow") !== false);
  if (allows.length === 0) return denied(answers);
  const isCertain = allows.filter(isSure);
  if (denies.length === 0 && isCertain.length > 0) {
    return { decision: "allowed", reason: "allow", allowedBy: isCertain.map(({ statement }) => keysUsed(statement)) };
  }
  const [doubtful] = [...denies, ...allows.filter((answer) => !isSure(answer))];
  return { decision: "unknown", reason: "unknown", what: doubtful?.doubt ?? "value", allowedBy: [] };
}

/** What one statement says about the request. */
interface Answer {
  statement: Statement;
  applies: Maybe;
  /** The condition key because of which it does not apply, though it names the request. */
  excludedBy?: string;
  /** What its conditions depend on that is not known. */
  doubt?: string;
}

function answerOf(statement: Statement, scope: Scope): Answer {
  const named = concerns(statement, scope);
  if (named === false) return { statement, applies: false };
  const { met, key, doubt } = meets(statement.conditions, scope);
  return { statement, applies: both(named, met), excludedBy: met === false ? key : undefined, doubt };
}

function isSure({ statement, applies }: Answer): boolean {
  return applies === true && isKnown(statement.effect);
}

function denied(answers: readonly Answer[]): PolicyResult {
  const excluded = answers.find(({ statement, excludedBy }) => statement.effect !== "Deny" && excludedBy !== undefined);
  if (!excluded) return { decision: "denied", reason: "no-allow", allowedBy: [] };
  return { decision: "denied", reason: "condition", what: excluded.excludedBy, allowedBy: [] };
}

function keysUsed(statement: Statement): ReadonlySet<string> {
  const conditions = statement.conditions === UNKNOWN ? [] : statement.conditions;
  const tying = conditions.filter((condition) => limits(condition, "service") !== false);
  return new Set(tying.map(({ key }) => key).filter((key) => key !== UNKNOWN));
}

/** Whether the statement is about the request's principal, action and resource. */
function concerns({ principal, action, resource }: Statement, scope: Scope): Maybe {
  return all(
    [
      () => member(principal, ({ type, value }) => isPrincipal(type, value, scope.service)),
      () => member(action, (value) => ifKnown(value, (text) => match(wildcards(text.toLowerCase()), scope.action))),
      () => member(resource, (value) => ifKnown(value, (text) => match(expand(text, true, scope), scope.resource))),
    ],
    (test) => test(),
  );
}

function member<T>(element: { negated: boolean; values: readonly T[] | Unknown }, test: (value: T) => Maybe): Maybe {
  if (element.values === UNKNOWN) return UNKNOWN;
  const found = any(element.values, test);
  return element.negated ? not(found) : found;
}

/** A resource policy that names everyone names services too. No other account, user or role is a service. */
function isPrincipal(type: string, value: Leaf, service: string): Maybe {
  if (type === "CanonicalUser" || type === "Federated") return false;
  if (value === UNKNOWN || (type !== "AWS" && type !== "Service")) return UNKNOWN;
  if (type === "AWS") return value === "*";
  if (value === service) return true;
  // Not documented: a wildcard for all services, and whether case matters.
  return value === "*" || glob(value.toLowerCase(), service.toLowerCase()) !== false ? UNKNOWN : false;
}
