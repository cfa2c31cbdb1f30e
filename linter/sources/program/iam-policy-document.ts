import { asArray, isKnown, isObject, type Json } from "../../../policies/model/value";
import { tryParseObject } from "../../io/json";

/**
 * `aws:iam/getPolicyDocument:getPolicyDocument`: a pure function from statements to a JSON policy. Unknown parts of
 * arguments are texts that contain the sentinel, and stay that in the result. Undefined where an argument has another
 * shape than documented, or another document can't be read.
 * Source: Terraform AWS provider, `aws_iam_policy_document` (values are sorted backwards, one value is no list).
 */
export function iamPolicyDocument(args: Json): Json | undefined {
  const sources = documents(args.sourcePolicyDocuments, args.sourceJson);
  const overrides = documents(args.overridePolicyDocuments, args.overrideJson);
  const statements = list(args.statements);
  if (sources === undefined || overrides === undefined || !statements.every(isObject)) return undefined;
  const version = typeof args.version === "string" ? args.version : "2012-10-17";

  let merged: Json[] = [];
  for (const source of sources) merged = override(merged, list(source.Statement).filter(isObject));
  merged = override(
    merged,
    statements.map((statement) => toStatement(statement, version)),
  );
  for (const source of overrides) merged = override(merged, list(source.Statement).filter(isObject));

  const document: Json = { Version: version, ...(args.policyId ? { Id: args.policyId } : {}), Statement: merged };
  const json = JSON.stringify(document, undefined, 2);
  return {
    id: json,
    json,
    minifiedJson: JSON.stringify(document),
    statements,
    version,
    policyId: args.policyId ?? null,
  };
}

function toStatement(statement: Json, version: string): Json {
  const variables = (value: unknown) =>
    typeof value === "string" && version === "2012-10-17" ? value.replaceAll("&{", "${") : value;
  const values = (value: unknown) => single(list(value).map(variables));
  const conditions: Record<string, Json> = {};
  for (const condition of list(statement.conditions).filter(isObject)) {
    const test = String(condition.test);
    conditions[test] = { ...conditions[test], [String(variables(condition.variable))]: values(condition.values) };
  }
  const result: Json = {
    Sid: statement.sid || undefined,
    Effect: statement.effect ?? "Allow",
    Action: values(statement.actions),
    NotAction: values(statement.notActions),
    Resource: values(statement.resources),
    NotResource: values(statement.notResources),
    Principal: principals(statement.principals, values),
    NotPrincipal: principals(statement.notPrincipals, values),
    Condition: Object.keys(conditions).length > 0 ? conditions : undefined,
  };
  return result;
}

function principals(raw: unknown, values: (value: unknown) => unknown): unknown {
  const all = list(raw).filter(isObject);
  if (all.length === 0) return undefined;
  const result: Record<string, unknown[]> = {};
  for (const { type, identifiers } of all) {
    const key = String(type);
    result[key] = [...(result[key] ?? []), ...list(identifiers)];
  }
  if (all.length === 1 && result["*"]?.join() === "*") return "*";
  return Object.fromEntries(Object.entries(result).map(([type, identifiers]) => [type, values(identifiers)]));
}

/** A statement with the `Sid` of an earlier one replaces it. */
function override(statements: readonly Json[], more: readonly Json[]): Json[] {
  const result = [...statements];
  for (const statement of more) {
    const twin = result.findIndex(
      (other) => other.Sid !== undefined && other.Sid !== "" && other.Sid === statement.Sid,
    );
    if (twin < 0) result.push(statement);
    else result[twin] = statement;
  }
  return result;
}

function documents(many: unknown, one: unknown): Json[] | undefined {
  const texts = [...list(one), ...list(many)].filter((text) => text !== "");
  const parsed = texts.map((text) => tryParseObject(String(text)));
  return parsed.every((document) => document !== undefined) ? parsed : undefined;
}

function single(values: readonly unknown[]): unknown {
  if (values.length <= 1) return values[0];
  return [...values].sort((a, b) => (String(a) < String(b) ? 1 : -1));
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  const array = asArray(value);
  return isKnown(array) ? array : [value];
}
