/**
 * What AWS says and both the components and the rules know. Neither imports the other: `test/components/shared-knowledge`
 * shows that they agree.
 */

/** Keys that AWS manages, whose policies nobody can change: SES and SNS can never use them (F13). */
export function isUnusableAlias(alias: string): boolean {
  return /^alias\/aws\//.test(alias);
}

/**
 * Regions that an account has to opt into: SNS delivers from there to other Regions in the Region's own name (F23).
 * Source: AWS Account Management, "Enable or disable AWS Regions".
 */
const OPT_IN_REGIONS = new Set([
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
]);

/** Who delivers from topics in a Region to a queue in another one (F23). */
export function snsPrincipal(topicRegion: string, queueRegion: string): string {
  const own = topicRegion !== queueRegion && OPT_IN_REGIONS.has(topicRegion);
  return own ? `sns.${topicRegion}.amazonaws.com` : "sns.amazonaws.com";
}
