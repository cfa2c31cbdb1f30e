import { all, any, asArray, asString, both, isObject, type Maybe, not, toValue, UNKNOWN, type Value } from "../value";
import { parseJson } from "./document";

/**
 * Whether an SNS data protection policy rejects a message that holds an email address, as every notification of SES
 * does (F24). What is denied on its way to subscribers, and by identifiers that may describe an address, is unknown.
 * Source: Amazon SNS Developer Guide, "Understanding data protection policies".
 */
export function rejectsAddresses(raw: unknown): Maybe {
  const value = toValue(raw);
  const document = typeof value === "string" ? parseJson(value) : value;
  if (!isObject(document)) return UNKNOWN;
  const statements = asArray(document.Statement);
  return statements === UNKNOWN || statements === undefined ? UNKNOWN : any(statements, rejects);
}

function rejects(raw: unknown): Maybe {
  const statement = toValue(raw);
  if (!isObject(statement)) return UNKNOWN;
  const operation = toValue(statement.Operation);
  return both(
    isObject(operation) ? operation.Deny !== undefined : UNKNOWN,
    one(statement.DataDirection, (direction) =>
      /^inbound$/i.test(direction) ? true : /^outbound$/i.test(direction) ? UNKNOWN : false,
    ),
    some(statement.Principal, (principal) => principal === "*" || principal === "ses.amazonaws.com"),
    some(statement.DataIdentifier, describesAddress),
  );
}

/** A notification also shows the sender's IP address and may show names: whether SNS finds them is not documented. */
function describesAddress(identifier: string): Maybe {
  const name = /^arn:[^:]*:dataprotection::aws:data-identifier\/(.+)$/.exec(identifier)?.[1];
  if (name === undefined) return UNKNOWN;
  return name === "EmailAddress" || (name === "IpAddress" || name === "Name" ? UNKNOWN : false);
}

function one(raw: unknown, test: (text: string) => Maybe): Maybe {
  const text: Value<string> = asString(raw);
  return typeof text === "string" ? test(text) : UNKNOWN;
}

function some(raw: unknown, test: (text: string) => Maybe): Maybe {
  const list = toValue(raw);
  const items = Array.isArray(list) ? list : [list];
  return not(all(items, (item) => not(one(item, test))));
}
