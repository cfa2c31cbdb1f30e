import type * as pulumi from "@pulumi/pulumi";

/** The arguments that say who subscribes, with the word that names their resources. */
export const SUBSCRIBERS = { emails: "email", webhooks: "webhook", queues: "queue", functions: "function" } as const;
export type SubscriberKind = keyof typeof SUBSCRIBERS;
export const SUBSCRIBER_KINDS = Object.keys(SUBSCRIBERS) as SubscriberKind[];

/** What all kinds of destination have in common. */
export interface Destination extends Partial<Record<SubscriberKind, Record<string, pulumi.Input<string>>>> {
  topicArn?: pulumi.Input<string>;
  deadLetterQueueArn?: pulumi.Input<string>;
}

export function hasSubscribers(destination: Destination): boolean {
  return SUBSCRIBER_KINDS.some((kind) => Object.keys(destination[kind] ?? {}).length > 0);
}

/** What is equal where SNS may take two endpoints for one: addresses have no case that matters to anybody. */
export function withoutSpelling(kind: SubscriberKind, endpoint: string): string {
  return kind === "emails" ? endpoint.toLowerCase() : endpoint;
}
