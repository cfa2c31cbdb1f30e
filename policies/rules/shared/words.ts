import type { ConfigurationSet, FeedbackType, Identity } from "../../model/inventory/types";
import { nameOf } from "../../model/record";
import { regionName } from "../../model/region";
import type { Setting } from "../../model/shadows";
import { isKnown } from "../../model/value";

/** `bounces`, `complaints`, `deliveries`. */
export function plural(type: FeedbackType): string {
  return type === "delivery" ? "deliveries" : `${type}s`;
}

/** `bounces`, …, `feedback forwarding`. */
export function settingName(setting: Setting): string {
  return setting === "forwarding" ? "feedback forwarding" : plural(setting);
}

/** `a, b and c`. */
export function list(words: readonly string[], none = "nothing"): string {
  return words.length < 2 ? (words[0] ?? none) : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** `bounces and complaints`. */
export function plurals(types: readonly FeedbackType[]): string {
  return types.map(plural).join(" and ");
}

/** `example.com (us-east-1)`. */
export function withRegion(name: string, region: string): string {
  const known = regionName(region);
  return known === null ? name : `${name} (${known})`;
}

/** An identity by its name, else by its resource's, and its Region. */
export function describeIdentity({ label, nameKnown, region }: Identity): string {
  return withRegion(nameKnown ? label : nameOf(label), region);
}

/** A configuration set by its name, else by its resource's. */
export function setNameOf({ name, resource }: ConfigurationSet): string {
  return isKnown(name) ? name : nameOf(resource?.urn ?? "of unknown name");
}
