import * as pulumi from "@pulumi/pulumi";
import type { FeedbackTopicArgs } from "./args/feedback-topic";
import { argumentError, checkedOutputs, validated } from "./checks/arguments";
import { destinationProblems, destinationRegionProblems, keyElsewhere } from "./checks/destination";
import type { Problem } from "./checks/problem";
import { knownRegion, placed, regionOf } from "./checks/region";
import { createChannel } from "./parts/channel";
import { SUBSCRIBER_KINDS } from "./parts/destination";
import { withFormerNames } from "./parts/former-names";
import { afterAll } from "./parts/once-known";
import { sesKeyPolicyStatement, type TopicSources } from "./parts/policies";

/**
 * One topic for the feedback of many identities: its policy, its subscribers, one permission for each function. Fifty
 * identities give its ARN and cost four resources each.
 */
export class FeedbackTopic extends pulumi.ComponentResource {
  /** ARN of the topic, once SES may publish to it and everybody has subscribed: what identities take as `topicArn`. */
  readonly topicArn: pulumi.Output<string>;
  /** Statement that the policy of `kmsKeyId` needs, as an object. */
  // biome-ignore lint/suspicious/noExplicitAny: the one map type whose keys stay as they are in every language
  readonly kmsKeyPolicyStatement: pulumi.Output<Record<string, any>>;

  /**
   * @throws {pulumi.RunError} names every wrong argument with path, value and what is allowed, before anything is
   *   registered. Values that other resources supply are checked as soon as they are known, before they reach a resource.
   */
  constructor(name: string, args: FeedbackTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    const check = (given: Partial<FeedbackTopicArgs>) => {
      const region = knownRegion(given.region, opts);
      return [...topicProblems(given), ...(region === undefined ? [] : topicRegionProblems(given, region))];
    };
    super(TYPE, name, validated("FeedbackTopic", name, args, check), withFormerNames(name, opts));
    const valid = checkedOutputs("FeedbackTopic", name, args, check);
    const where = regionOf(this, valid.region);
    const { checked, gate } = placed("FeedbackTopic", name, valid, where, topicRegionProblems);
    const { kmsKeyId, region, tags } = checked;
    const channel = createChannel(this, `${name}-topic`, checked, {
      path: "",
      kmsKeyId,
      region,
      tags,
      sources: sourcesOf(checked),
      gate,
      refuse: (problem) => argumentError("FeedbackTopic", name, [problem]),
    });
    if (channel === undefined) throw argumentError("FeedbackTopic", name, topicProblems({}));
    this.topicArn = afterAll(channel.topicArn, channel.ready, opts);
    this.kmsKeyPolicyStatement = pulumi.output(sesKeyPolicyStatement());
    this.registerOutputs({ topicArn: this.topicArn, kmsKeyPolicyStatement: this.kmsKeyPolicyStatement });
  }
}

const TYPE = "ses-guard:index:FeedbackTopic";

function topicProblems(args: Partial<FeedbackTopicArgs>): Problem[] {
  return destinationProblems("", args, SUBSCRIBER_KINDS);
}

function topicRegionProblems(args: Partial<FeedbackTopicArgs>, region: string): Problem[] {
  return [...destinationRegionProblems("", args, region), ...keyElsewhere(args.kmsKeyId, region)];
}

function sourcesOf({ identities, configurationSetNames }: FeedbackTopicArgs): pulumi.Input<TopicSources> {
  return pulumi.output({ identities, configurationSetNames });
}
