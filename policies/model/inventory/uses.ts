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
  constructor(
    private readonly graph: Graph,
    private readonly drafts: Drafts,
  ) {}

  fromNotification({ topic, type, region, identity, identityName, resource }: Publishing<NotificationSetting>): void {
    const target = identity.kind === "found" ? identity.target : undefined;
    const account = target?.account ?? this.graph.locate(resource).account;
    const sure = topic.kind === "found" && type !== UNKNOWN;
    const source = identityName;
    for (const one of type === UNKNOWN ? FEEDBACK_TYPES : [type])
      this.add({ type: one, via: "topic", region, account, source, identity: target, resource, sure }, topic);
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
      const sure = topic.kind === "found" && kind === "sns" && enabled !== UNKNOWN && match === true;
      if (match !== false) this.add({ type, via, region, account, source, identity: undefined, resource, sure }, topic);
    }
  }

  /** What goes nobody knows where may go to a topic that nothing else uses; the others are looked at anyway. */
  lend(topic: TopicDraft): void {
    if (topic.uses.length > 0 || !topic.resource || topic.resource.external) return;
    for (const type of FEEDBACK_TYPES) {
      const use = topic.possibleUses.matching(type, (one) => one.type === type)[0];
      if (use) topic.uses.push(use);
    }
  }

  private add(use: TopicUse, topic: Link<TopicDraft>): void {
    attach(
      use,
      use,
      topic,
      (one) => one.uses,
      (one) => one.possibleUses,
      this.drafts.uses,
    );
  }
}
