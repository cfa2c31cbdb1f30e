import { parseJson } from "../iam/document";
import type { PolicyFact, Reader, Reference } from "../inventory/facts";
import type { Reading, ResourceReader } from "../reading";
import { asString, isObject, UNKNOWN } from "../value";

/** A resource policy that stands in a resource of its own. */
export function attachedPolicy(fact: PolicyFact["fact"], at: { owner: string; policy: string }): Reader {
  return (reader) => ({ fact, owners: references(reader, at.owner), policy: reader.raw(at.policy) });
}

/** The empty text that providers answer for "none" is none. */
export function declared(policy: Reading<unknown>): Reading<unknown> {
  return policy.value === "" ? policy.as<unknown>(undefined) : policy;
}

/** The references of a property that holds one or a list. */
function references(at: ResourceReader, property: string): Reference[] {
  const all = at.raw(property);
  const list = Array.isArray(all.value) ? all.value : [all.value];
  return list.map((one) => all.as(asString(one) ?? UNKNOWN));
}

/**
 * The queue of a redrive policy, which is JSON text or an object. Source: SNS API reference, Subscribe; SQS API
 * reference, SetQueueAttributes.
 */
export function deadLetterTarget(policy: Reading<unknown>): Reference {
  const { value } = policy;
  if (value === undefined || value === "") return policy.as<string>(undefined);
  const document = typeof value === "string" ? parseJson(value) : value;
  const target = isObject(document) ? asString(document.deadLetterTargetArn) : UNKNOWN;
  return policy.as<string>(target ?? UNKNOWN);
}
