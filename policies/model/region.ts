import { DEFAULT_REGIONS } from "../generated/facts";
import { PARTITIONS } from "../generated/partitions";
import { ANY_PART, type Maybe, UNKNOWN } from "./value";

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

export interface Partition {
  /** `aws`, `aws-cn`, … */
  readonly id: string;
  /** `amazonaws.com`, … */
  readonly dnsSuffix: string;
}

/** The partition a Region belongs to; undefined for one that the AWS SDK has not heard of. */
export function findPartition(region: string): Partition | undefined {
  return PARTITIONS.find(({ regions }) => regions.test(region));
}

/** The partition's name as ARNs have it; `ANY_PART` where nobody knows it, which is any partition. */
export function partitionOf(region: string): string {
  return findPartition(region)?.id ?? ANY_PART;
}

/**
 * The service principals that SNS may call queues and functions as, for a topic of the Region (F23): in an opt-in
 * Region, or one that is not known, also the Region's own, under which it delivers to other Regions.
 */
export function snsPrincipals(region: Region): readonly string[] {
  const name = regionName(region);
  const partition = name === null ? undefined : findPartition(name);
  const hasNoOwn = partition !== undefined && (partition.id !== "aws" || DEFAULT_REGIONS.has(name ?? ""));
  return hasNoOwn ? ["sns.amazonaws.com"] : ["sns.amazonaws.com", `sns.${name ?? ANY_PART}.amazonaws.com`];
}
