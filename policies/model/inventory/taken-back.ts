import type { ResourceRecord } from "../record";
import { isKnown } from "../value";
import type { Draft } from "./drafts";
import type { Link } from "./links";
import type { ForwardingSetting, Identity, NotificationSetting, Subscription, Topic } from "./types";

/**
 * Settings whose resource the preview deletes. Deletions come last, and each takes back what AWS knows by the same key,
 * although another resource has just set it, or keeps it: a resource that is renamed without an alias does that.
 * Source: terraform-provider-aws, how it deletes these resources; Pulumi documentation, "How Pulumi works".
 */
export class TakenBack {
  private readonly topics: [by: ResourceRecord, identity: Draft<Identity>, type: NotificationSetting["type"]][] = [];
  private readonly forwarding: [identity: Draft<Identity>, setting: ForwardingSetting][] = [];
  private readonly subscriptions: [topic: Draft<Topic>, lost: Subscription][] = [];

  addNotification(by: ResourceRecord, identity: Link<Draft<Identity>>, type: NotificationSetting["type"]): void {
    if (identity.kind === "found" && comesLast(by)) this.topics.push([by, identity.target, type]);
  }

  addForwarding(setting: ForwardingSetting, identity: Link<Draft<Identity>>): void {
    if (identity.kind === "found" && comesLast(setting.resource)) this.forwarding.push([identity.target, setting]);
  }

  addSubscription(lost: Subscription, topic: Link<Draft<Topic>>): void {
    if (topic.kind === "found" && comesLast(lost.resource)) this.subscriptions.push([topic.target, lost]);
  }

  /** Once all settings have their owners. */
  apply(): void {
    for (const [by, identity, type] of this.topics) {
      identity.notifications = identity.notifications.map((setting) =>
        setting.type === type ? { ...setting, takenBackBy: by } : setting,
      );
    }
    // Deleting the attributes of feedback leaves forwarding off.
    for (const [identity, setting] of this.forwarding) {
      const settings = identity.forwarding.length > 0 ? identity.forwarding : [setting];
      identity.forwarding = settings.map((one) => ({ ...one, on: false }));
    }
    for (const [topic, lost] of this.subscriptions) {
      topic.subscriptions = topic.subscriptions.filter((one) => !isSame(one, lost));
    }
  }
}

/** Whether the resource is deleted after all that the preview makes. */
function comesLast({ gone, superseded }: ResourceRecord): boolean {
  return gone === true && superseded !== "before";
}

/** SNS knows a subscription by its topic, protocol and endpoint. */
function isSame(a: Subscription, b: Subscription): boolean {
  return a.protocol === b.protocol && isKnown(a.endpoint.value) && a.endpoint.value === b.endpoint.value;
}
