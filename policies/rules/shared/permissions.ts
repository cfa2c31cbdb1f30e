import type { AccessAnswer } from "../../model/access";
import type { Link } from "../../model/inventory/links";
import type { Key } from "../../model/inventory/types";

/** The key, where its policy is in view. */
export function keyInView(link: Link<Key>): Key | undefined {
  if (link.kind !== "found") return undefined;
  const { policies, resource } = link.target;
  return policies.length > 0 || (resource && !resource.external) ? link.target : undefined;
}

/** Why a policy refuses: the end of a sentence. */
export function sayRefusal({ result }: AccessAnswer): string {
  if (result?.reason === "explicit-deny") return "a Deny statement forbids it";
  if (result?.reason === "condition") return `the condition on ${result.what ?? "the request"} excludes it`;
  return "no statement allows it";
}

/** What a policy's answer depends on: ` until it is deployed`, or what follows a colon. */
export function sayDoubt({ result, pending }: AccessAnswer): string {
  if (pending) return " until it is deployed";
  const what = result?.what;
  if (what === undefined || what === "value" || what === "policy") return ": part of the policy is not known";
  return `: it depends on ${what}`;
}
