import { Permission } from "@pulumi/aws/lambda/permission";
import type { Topic } from "@pulumi/aws/sns/topic";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription";
import * as pulumi from "@pulumi/pulumi";
import type { ChannelSettings, DeadLetters } from "./channel-settings";
import { SUBSCRIBERS, type SubscriberKind, withoutSpelling } from "./destination";
import { digest, KEPT_STATEMENT_PREFIX, physicalPrefix } from "./names";
import { onceKnown, optional } from "./once-known";
import { UniqueEndpoints } from "./unique-endpoints";

const PROTOCOLS = { emails: "email", webhooks: "https", queues: "sqs", functions: "lambda" } as const;

interface Subscribers {
  parent: pulumi.ComponentResource;
  /** First part of every name, such as `mail-bounce`. */
  base: string;
  kind: SubscriberKind;
  endpoints: Record<string, pulumi.Input<string>>;
  topic: Topic;
  after: pulumi.Resource[];
  settings: ChannelSettings;
  deadLetters: DeadLetters;
}

/**
 * One subscription for each endpoint. SNS answers a second `Subscribe` for one topic and endpoint with the first one's
 * ARN, so two resources for one subscription would unsubscribe each other. Therefore the resource is named after topic
 * and endpoint: whatever an edit calls the endpoint and wherever it puts it, its subscription is the same resource, and
 * another endpoint's is always another one.
 */
export function subscribe(subscribers: Subscribers): Promise<pulumi.Resource>[] {
  const { base, kind, endpoints, topic, settings } = subscribers;
  const unique = new UniqueEndpoints([settings.path, kind].filter(Boolean).join("."), settings.refuse);
  return Object.entries(endpoints).map(([key, endpoint]) =>
    onceKnown(pulumi.all([topic.arn, endpoint]), (known) => {
      const [topicArn, value] = known ?? [];
      const prefix = `${base}-${SUBSCRIBERS[kind]}`;
      if (topicArn === undefined || value === undefined) return subscription(subscribers, `${prefix}:${key}`, endpoint);
      const same = withoutSpelling(kind, value);
      unique.add(key, same);
      return subscription(subscribers, `${prefix}-${digest(topicArn, same)}`, endpoint);
    }),
  );
}

function subscription(subscribers: Subscribers, name: string, endpoint: pulumi.Input<string>): TopicSubscription {
  const { parent, base, kind, topic, after, settings, deadLetters } = subscribers;
  const { region } = settings;
  const permission = kind === "functions" ? [permit({ parent, base, topic, after, settings }, name, endpoint)] : [];
  const takesDeadLetters = kind === "queues" || kind === "webhooks";
  // Not raw: SES documents its notifications inside the SNS envelope, which also names the topic.
  return new TopicSubscription(
    name,
    {
      topic: topic.arn,
      protocol: PROTOCOLS[kind],
      endpoint,
      redrivePolicy:
        takesDeadLetters && deadLetters.queueArn !== undefined
          ? pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.queueArn })
          : undefined,
      region,
    },
    {
      parent,
      dependsOn: [...after, ...permission],
      // Replaced only where somebody asks for it: then the new one must not be answered with the old one's ARN.
      deleteBeforeReplace: true,
      // Of a mailbox only the case can be otherwise: no reason to unsubscribe it and to wait for another confirmation.
      ignoreChanges: kind === "emails" ? ["endpoint"] : [],
    },
  );
}

function permit(
  { parent, base, topic, after, settings }: Pick<Subscribers, "parent" | "base" | "topic" | "after" | "settings">,
  name: string,
  functionArn: pulumi.Input<string>,
): Permission {
  return new Permission(
    name,
    {
      ...invocationOf(functionArn),
      principal: "sns.amazonaws.com",
      sourceArn: topic.arn,
      statementIdPrefix: physicalPrefix(base, 74),
      region: settings.region,
    },
    { parent, dependsOn: after, ...KEPT_STATEMENT_PREFIX },
  );
}

/** The function of an ARN, and the version or alias that is called, where the ARN names one. */
export function invocationOf(functionArn: pulumi.Input<string>) {
  const parts = pulumi.output(functionArn).apply((arn) => arn.split(":"));
  return {
    action: "lambda:InvokeFunction",
    function: parts.apply((all) => all.slice(0, 7).join(":")),
    qualifier: optional(parts.apply((all) => all[7])),
  };
}
