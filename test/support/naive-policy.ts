/**
 * A second, naive reading of the IAM User Guide for documents and requests in which everything is known. Written
 * apart from policies/model/policy.ts and sharing nothing with it, so that the two can check each other.
 */
export interface NaiveRequest {
  service: string;
  action: string;
  resource: string;
  /** Lower-case keys; a key that is missing is absent from the request. */
  context: Record<string, string | string[]>;
}

interface NaiveStatement {
  Effect: string;
  Principal?: unknown;
  NotPrincipal?: unknown;
  Action?: unknown;
  NotAction?: unknown;
  Resource?: unknown;
  NotResource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

export interface NaiveDocument {
  Version?: string;
  Id?: string;
  Statement: NaiveStatement | NaiveStatement[];
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);

export function naiveAllows(document: NaiveDocument, request: NaiveRequest): boolean {
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  const applying = statements.filter((statement) => applies(statement, document.Version === "2012-10-17", request));
  return applying.length > 0 && applying.every((statement) => statement.Effect === "Allow");
}

function applies(statement: NaiveStatement, variables: boolean, request: NaiveRequest): boolean {
  const principal = (raw: unknown): boolean => {
    if (raw === "*") return true;
    const { AWS = [], Service = [] } = raw as { AWS?: unknown; Service?: unknown };
    return list(AWS).includes("*") || list(Service).includes(request.service);
  };
  const action = (raw: unknown) => list(raw).some((one) => regex(one, false, request, "i").test(request.action));
  const resource = (raw: unknown) => list(raw).some((one) => regex(one, variables, request).test(request.resource));
  if (statement.Principal !== undefined ? !principal(statement.Principal) : principal(statement.NotPrincipal))
    return false;
  if (statement.Action !== undefined ? !action(statement.Action) : action(statement.NotAction)) return false;
  if (statement.Resource !== undefined ? !resource(statement.Resource) : resource(statement.NotResource)) return false;
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => condition(operator, key, list(values), variables, request)),
  );
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

function regex(pattern: string, variables: boolean, request: NaiveRequest, flags = ""): RegExp {
  const pieces = pattern.split(variables ? /(\$\{[^}]*\}|\*|\?)/ : /(\*|\?)/);
  const source = pieces.map((piece) => {
    if (piece === "*") return ".*";
    if (piece === "?") return ".";
    if (variables && piece.startsWith("${") && piece.endsWith("}"))
      return quoted(variable(piece.slice(2, -1), request));
    return quoted(piece);
  });
  return new RegExp(`^${source.join("")}$`, `s${flags}`);
}

function variable(name: string, request: NaiveRequest): string {
  if (["*", "?", "$"].includes(name)) return name;
  const value = request.context[name.toLowerCase()];
  if (typeof value !== "string") throw new Error(`the generator must not use the variable ${name}`);
  return value;
}

function substituted(text: string, variables: boolean, request: NaiveRequest): string {
  return variables ? text.replace(/\$\{([^}]*)\}/g, (_, name: string) => variable(name, request)) : text;
}

function condition(full: string, key: string, wanted: string[], variables: boolean, request: NaiveRequest): boolean {
  let operator = full.toLowerCase();
  const set = operator.startsWith("forallvalues:") ? "all" : operator.startsWith("foranyvalue:") ? "any" : "";
  if (set !== "") operator = operator.slice(operator.indexOf(":") + 1);
  const ifExists = operator.endsWith("ifexists");
  if (ifExists) operator = operator.slice(0, -"ifexists".length);
  const raw = request.context[key.toLowerCase()];
  const given = raw === undefined ? [] : Array.isArray(raw) ? raw : [raw];

  if (operator === "null") return wanted.some((value) => (value.toLowerCase() === "true") === (given.length === 0));
  const negated = operator.includes("not");
  if (given.length === 0) {
    if (ifExists || set === "all") return true;
    return set === "any" ? false : negated;
  }
  const equal = (value: string, text: string): boolean => {
    switch (operator.replace("not", "")) {
      case "stringequals":
        return substituted(value, variables, request) === text;
      case "stringequalsignorecase":
        return substituted(value, variables, request).toUpperCase() === text.toUpperCase();
      case "stringlike":
        return regex(value, variables, request).test(text);
      case "arnequals":
      case "arnlike":
        return arnLike(value, text, variables, request);
      case "bool":
        return value.toLowerCase() === text.toLowerCase();
      default:
        throw new Error(`the generator must not use ${full}`);
    }
  };
  const passes = (text: string) => wanted.some((value) => equal(value, text)) !== negated;
  return set === "any" ? given.some(passes) : given.every(passes);
}

function arnLike(pattern: string, text: string, variables: boolean, request: NaiveRequest): boolean {
  const cut = (arn: string): string[] => {
    const parts: string[] = [];
    let rest = arn;
    while (parts.length < 5) {
      const colon = rest.indexOf(":");
      parts.push(rest.slice(0, colon));
      rest = rest.slice(colon + 1);
    }
    return [...parts, rest];
  };
  // Variables first: in these tests what they bring contains colons only where the whole value is the variable.
  const whole = /^\$\{([^}]+)\}$/.exec(pattern);
  if (variables && whole && whole[1] !== "*") return variable(whole[1] as string, request) === text;
  // A colon inside ${…} is not one of the ARN's.
  const safe = variables ? pattern.replace(/\$\{[^}]*\}/g, (name) => name.replaceAll(":", "\u0001")) : pattern;
  const texts = cut(text);
  return cut(safe).every((part, i) =>
    regex(part.replaceAll("\u0001", ":"), variables, request).test(texts[i] as string),
  );
}
