import { type Maybe, UNKNOWN } from "./value";

/** A Region's name, or `?` and the URN it hangs on: an unknown Region equals only that of the same provider. */
export type Region = string;

/** The name, or null where it is not known. */
export function regionName(region: Region): string | null {
  return region.startsWith("?") ? null : region;
}

export function sameRegion(a: Region, b: Region): Maybe {
  if (a === b) return true;
  return a.startsWith("?") || b.startsWith("?") ? UNKNOWN : false;
}

/** The partition a Region belongs to. Source: AWS General Reference, "Amazon Resource Names". */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("us-iso-")) return "aws-iso";
  if (region.startsWith("us-isob-")) return "aws-iso-b";
  return "aws";
}
