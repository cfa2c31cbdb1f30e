import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../checks/problem";
import type { TopicSources } from "./policies";

export interface ChannelSettings {
  /** Where it stands among the arguments, such as `bounces`; empty where the arguments are the destination. */
  path: string;
  kmsKeyId?: pulumi.Input<string>;
  region?: pulumi.Input<string>;
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  sources?: pulumi.Input<TopicSources>;
  /** Settles once the arguments are known to fit the Region; rejects where they do not. */
  gate: Promise<void>;
  /** The error that names a wrong argument of the component. */
  refuse: (problem: Problem) => Error;
}

/** Where SNS puts what it can't deliver. */
export interface DeadLetters {
  queueArn: pulumi.Input<string> | undefined;
  ready: pulumi.Resource[];
}
