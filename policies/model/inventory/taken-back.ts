import { push } from "../collections";
import type { ResourceRecord } from "../record";
import { isKnown } from "../value";
import type { Draft } from "./drafts";
import type { Link } from "./links";
import type { ForwardingSetting, Identity, NotificationSetting, Subscription, Topic } from "./types";

type Type = NotificationSetting["type"];

/**
 * Settings whose resource the preview deletes, known before those that stay. Deletions come last, and each takes back
 * what AWS knows by the same key, although another resource has just set it, or keeps it: a resource that is renamed
 * without an alias does that.
 * Source: terraform-provider-aws, how it deletes these resources; Pulumi documentation, "How Pulumi works".
 */
export class TakenBack {
  private readonly topics = new Map<Draft<Identity>, Map<Type, ResourceRecord>>();
  private readonly forwarding = new Map<Draft<Identity>, ForwardingSetting>();
  private readonly subscriptions = new Map<Draft<Topic>, Subscription[]>();

  addNotification(by: ResourceRecord, identity: Link<Draft<Identity>>, type: Type): void {
    if (identity.kind !== "found" || !comesLast(by)) return;
    const types = this.topics.get(identity.target) ?? new Map<Type, ResourceRecord>();
    this.topics.set(identity.target, types.set(type, by));
  }

  addForwarding(setting: ForwardingSetting, identity: Link<Draft<Identity>>): void {
    if (identity.kind !== "found" || !comesLast(setting.resource) || this.forwarding.has(identity.target)) return;
    this.forwarding.set(identity.target, { ...setting, on: false });
  }

  addSubscription(lost: Subscription, topic: Link<Draft<Topic>>): void {
    if (topic.kind !== "found" || !comesLast(lost.resource)) return;
    push(this.subscriptions, topic.target, lost);
    topic.target.possibleSubscriptions.exclude((one) => isOne(one, lost));
  }

  /** Whose deletion takes away the topic that another resource sets. */
  topicOf(identity: Link<Draft<Identity>>, type: Type): ResourceRecord | undefined {
    return identity.kind === "found" ? this.topics.get(identity.target)?.get(type) : undefined;
  }

  /** Deleting the attributes of feedback leaves forwarding off. */
  switchesOff(identity: Link<Draft<Identity>>): boolean {
    return identity.kind === "found" && this.forwarding.has(identity.target);
  }

  /** Identities whose forwarding nothing sets any more: it is off. */
  leaveOff(): void {
    for (const [{ forwarding }, off] of this.forwarding) if (forwarding.length === 0) forwarding.push(off);
  }

  /** SNS knows a subscription by its topic, protocol and endpoint. */
  unsubscribes(topic: Link<Draft<Topic>>, subscription: Subscription): boolean {
    const lost = topic.kind === "found" ? (this.subscriptions.get(topic.target) ?? []) : [];
    return lost.some((one) => isOne(subscription, one));
  }
}

/** Whether two subscriptions of one topic are one. */
function isOne({ protocol, endpoint }: Subscription, other: Subscription): boolean {
  return protocol === other.protocol && isKnown(endpoint.value) && endpoint.value === other.endpoint.value;
}

/** Whether the resource is deleted after all that the preview makes. */
function comesLast({ gone, superseded }: ResourceRecord): boolean {
  return gone === true && superseded !== "before";
}
