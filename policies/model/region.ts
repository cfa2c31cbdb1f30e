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
 * Regions that are on in every account; all others of the partition `aws`, those to come included, have to be opted
 * in to. The list is closed: it ends with the Regions of March 2019. Osaka is older, but SNS counts it among the others.
 * Source: AWS Account Management, "Enable or disable AWS Regions"; Amazon SNS Developer Guide, "Sending Amazon SNS
 * messages to an Amazon SQS queue or AWS Lambda function in a different Region".
 */
const DEFAULT_REGIONS = new Set([
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1"],
  ...["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3"],
  ...["ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
]);

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
