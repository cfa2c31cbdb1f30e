import type { Reader, ReaderTable } from "../inventory/facts";

/** Types of `aws` that are called otherwise in Terraform, by what follows the service's name there. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ["sns/dataProtectionPolicy", "SnsTopicDataProtectionPolicy"],
  ["sqs/redrivePolicy", "SqsQueueRedrivePolicy"],
]);

/** Types whose properties are called otherwise in Terraform: as `aws-native` calls them. */
const AS_NATIVE: ReadonlyMap<string, string> = new Map([
  ["sns/topicSubscription", "aws-native:sns:Subscription"],
  ["lambda/function", "aws-native:lambda:Function"],
  ["lambda/permission", "aws-native:lambda:Permission"],
]);

/**
 * The resources of `aws` as `pulumi package add terraform-provider hashicorp/aws` calls them: all in one module, by the
 * name of their Terraform type (`aws_ses_domain_identity` is `aws:index/sesDomainIdentity:SesDomainIdentity`), with the
 * Terraform names of their properties in camel case. Blocks that may stand only once are objects, others are lists in the
 * plural, both as in `aws`. Source: pulumi-terraform-bridge, the dynamic provider's tokens and `TerraformToPulumiNameV2`.
 */
export function bridged(readers: ReadonlyMap<string, Reader>): ReaderTable {
  const found: Record<string, Reader> = {};
  for (const [type, reader] of readers) {
    const [, token] = /^aws:([a-z0-9]+\/[a-zA-Z]+):/.exec(type) ?? [];
    if (token === undefined) continue;
    const name = RENAMED.get(token) ?? token.split("/").map(capitalised).join("");
    const read = readers.get(AS_NATIVE.get(token) ?? type) ?? reader;
    found[`aws:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`] = read;
  }
  return found;
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
