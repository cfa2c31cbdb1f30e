import type { AccessAnswer } from "../../model/access";
import type { Link } from "../../model/inventory/links";
import type { Key } from "../../model/inventory/types";
import { type Region, sameRegion } from "../../model/region";
import { isKnown, UNKNOWN, type Value } from "../../model/value";

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

/** What makes a key unfit to encrypt for something of the Region, whatever its policy says; UNKNOWN where something may. */
export function keyDefect(key: Key, region: Region): Value<string> {
  const { enabled, usage, spec } = key;
  if (key.gone) return "is deleted";
  if (enabled === false) return "is disabled";
  if (isKnown(usage) && usage !== "ENCRYPT_DECRYPT") return `is for ${usage}`;
  if (isKnown(spec) && spec !== "SYMMETRIC_DEFAULT") return `is asymmetric (${spec})`;
  const same = sameRegion(key.region, region);
  if (same === false) return "is of another Region";
  return [enabled, usage, spec, same].includes(UNKNOWN) ? UNKNOWN : undefined;
}
