import * as pulumi from "@pulumi/pulumi";
import { type Problem, show } from "./arguments";

/** The Region as far as the program itself tells it; a provider's own is known later, from the identity's ARN. */
export function knownRegion(
  region: pulumi.Input<string> | undefined,
  opts: pulumi.ComponentResourceOptions | undefined,
): string | undefined {
  if (region !== undefined) return typeof region === "string" ? region : undefined;
  if (opts?.provider || opts?.parent || Object.keys(opts?.providers ?? {}).length > 0) return undefined;
  return new pulumi.Config("aws").get("region") ?? process.env.AWS_REGION;
}

/** SES publishes to topics of its own Region only (F11). */
export function otherRegion(path: string, topicArn: string, region: string): Problem {
  return {
    path: `${path}.topicArn`,
    given: `${show(topicArn)} for an identity in ${region}`,
    allowed: "a topic in the identity's Region",
  };
}
