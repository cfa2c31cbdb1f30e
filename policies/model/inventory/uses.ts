import { push } from "../collections";
import { UNKNOWN } from "../value";
import type { Draft, Drafts } from "./drafts";
import type { Graph } from "./graph";
import type { Link } from "./links";
import { attach } from "./ownership";
import type { Publishing } from "./settings";
import { type EventDestination, FEEDBACK_TYPES, type NotificationSetting, type Topic, type TopicUse } from "./types";

type TopicDraft = Draft<Topic>;

/** Tells every topic what SES sends to it. */
export class TopicUses {
  /** Uses of an ARN that may be a topic's. */
  private readonly ofTwins = new Map<Topic, TopicUse[]>();

  constructor(
    private readonly graph: Graph,
    private readonly drafts: Drafts,
  ) {}

  fromNotification(setting: Publishing<NotificationSetting>): void {
    const { topic, type, region, identity, identityName, resource } = setting;
    const target = identity.kind === "found" ? identity.target : undefined;
    const account = target?.account ?? setting.account;
    const isCertain = topic.kind === "found" && type !== UNKNOWN;
    const source = identityName;
    for (const one of type === UNKNOWN ? FEEDBACK_TYPES : [type])
      this.add({ type: one, via: "topic", region, account, source, identity: target, resource, isCertain }, topic);
  }

  /** One that somebody switched off uses nothing; one that is off by omission was meant to. */
  fromDestination({
    topic,
    kind,
    enabled,
    parked,
    matches,
    region,
    set,
    resource,
  }: Publishing<EventDestination>): void {
    if (parked) return;
    const source = set.kind === "found" ? set.target.name : UNKNOWN;
    const { account } = this.graph.locate(resource);
    const via = "event-destination";
    for (const type of FEEDBACK_TYPES) {
      const match = matches(type);
      const isCertain = topic.kind === "found" && kind === "sns" && enabled !== UNKNOWN && match === true;
      if (match !== false)
        this.add({ type, via, region, account, source, identity: undefined, resource, isCertain }, topic);
    }
  }

  /** What goes nobody knows where may go to a topic that nothing else uses; the others are looked at anyway. */
  lend(topic: TopicDraft): void {
    topic.uses.push(...(this.ofTwins.get(topic) ?? []));
    if (topic.uses.length > 0 || !topic.resource || topic.resource.external) return;
    for (const type of FEEDBACK_TYPES) {
      const use = topic.possibleUses.matching(type, (one) => one.type === type)[0];
      if (use) topic.uses.push(use);
    }
  }

  private add(use: TopicUse, topic: Link<TopicDraft>): void {
    if (topic.kind === "found") this.addToTwins({ ...use, isCertain: false }, topic.target.twins);
    attach(
      use,
      use,
      topic,
      (one) => one.uses,
      (one) => one.possibleUses,
      this.drafts.uses,
    );
  }
  private addToTwins(use: TopicUse, twins: Link<Topic>): void {
    if (twins.kind !== "unknown") return;
    if (twins.candidates === undefined) this.drafts.uses.add(use, use);
    // Each publisher is let through, or not, for itself: what a topic gets from others says nothing about this one.
    for (const twin of twins.candidates ?? []) push(this.ofTwins, twin, use);
  }
}
