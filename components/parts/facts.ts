import { DEFAULT_REGIONS } from "../generated/facts";
import { PARTITIONS } from "../generated/partitions";

/** Keys that AWS manages, whose policies nobody can change: SES and SNS can never use them (F13). */
export function isUnusableAlias(alias: string): boolean {
  return /^alias\/aws\//.test(alias);
}

/**
 * Who delivers from topics in a Region to a queue in another one: from a Region that an account has to opt into, SNS
 * speaks in that Region's own name (F23).
 */
export function snsPrincipal(topicRegion: string, queueRegion: string): string {
  const partition = PARTITIONS.find(({ regions }) => regions.test(topicRegion));
  const hasOwn = partition?.id === "aws" && !DEFAULT_REGIONS.has(topicRegion);
  return topicRegion !== queueRegion && hasOwn ? `sns.${topicRegion}.amazonaws.com` : "sns.amazonaws.com";
}
