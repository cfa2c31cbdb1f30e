import { nameInReference } from "../../policies/model/arn";
import type { Channel, Flow } from "../../policies/model/flow";
import { FEEDBACK_TYPES, type FeedbackType, type Identity } from "../../policies/model/inventory/types";
import { entityName, type Receiver, Receptions, type Way } from "../../policies/model/receivers";
import { nameOf } from "../../policies/model/record";
import { nearestAncestor, type Shadow } from "../../policies/model/shadows";
import { isKnown, type Maybe, UNKNOWN, type Unknown } from "../../policies/model/value";
import type { Context } from "../../policies/rules/shared/rule";
import { printable } from "../../policies/text/printable";
import type { ReportAncestor, ReportReceiver, ReportReception, ReportWay } from "./shapes";

/** Tells for each identity of a view where its feedback ends, and what stands above it in the names. */
export class Whereabouts {
  private readonly receptions: Receptions;
  private readonly shadows: ReadonlyMap<Identity, Shadow>;

  constructor(private readonly context: Context) {
    const { inventory, config, shadows } = context;
    this.receptions = new Receptions(inventory, config.emailForwarding);
    this.shadows = new Map(shadows.map((one) => [one.identity, one]));
  }

  receptionOf(identity: Identity, flow: Flow): Record<FeedbackType, ReportReception> {
    const [bounce, complaint, delivery] = FEEDBACK_TYPES.map((type) => this.reception(identity, flow, type));
    return { bounce: bounce ?? NOTHING, complaint: complaint ?? NOTHING, delivery: delivery ?? NOTHING };
  }

  private reception(identity: Identity, flow: Flow, type: FeedbackType): ReportReception {
    const { ending, ways } = this.receptions.of(identity, flow, type);
    return { ending, ways: ways.map((way) => wayOf(way, flow)) };
  }

  ancestorOf(identity: Identity): ReportAncestor | null {
    const ancestor = identity.nameKnown ? nearestAncestor(this.context.inventory, identity) : undefined;
    if (!ancestor) return null;
    const shadow = this.shadows.get(identity);
    const name = printable(ancestor.label);
    if (!shadow) return { identity: name, differs: false, settings: [], intended: false };
    const { settings, overrides } = shadow;
    return { identity: name, differs: known(shadow.differs), settings, intended: overrides.length > 0 };
  }
}

const NOTHING: ReportReception = { ending: "none", ways: [] };

function wayOf({ channel, receivers }: Way, { forwarding }: Flow): ReportWay {
  if (!channel) {
    const { declared } = forwarding;
    return { channel: "forwarding", target: null, declared, destination: null, to: null, receivers: [] };
  }
  const { via, target, resource } = channel;
  const destination = via === "event-destination" && resource ? printable(nameOf(resource.urn)) : null;
  return {
    ...{ channel: via, target: text(target), destination, to: destinationOf(channel) },
    receivers: receivers.map(receiverOf),
  };
}

function destinationOf({ kind, topic, target }: Channel): ReportWay["to"] {
  if (kind === "eventbridge")
    return { kind: "event bus", name: isKnown(target) ? text(nameInReference(target)) : null };
  if (topic) return { kind: "topic", name: text(entityName(topic)) };
  if (kind !== "sns") return null;
  return { kind: "topic", name: isKnown(target) ? text(nameInReference(target)) : null };
}

function receiverOf({ kind, name, receives, hindrance, deadLetters, next }: Receiver): ReportReceiver {
  return {
    kind,
    name: text(name),
    receives: known(receives),
    hindrance: hindrance ?? null,
    deadLetters: deadLetters === undefined ? null : (text(deadLetters) ?? ""),
    next: next.map(receiverOf),
  };
}

function text(value: string | Unknown): string | null {
  return isKnown(value) ? printable(value) : null;
}

function known(value: Maybe): boolean | null {
  return value === UNKNOWN ? null : value;
}
