import { push } from "../collections";
import type { ResourceRecord } from "../record";
import { isKnown, type Maybe, UNKNOWN } from "../value";
import type { Entities } from "./entities";
import type { EventRuleFact, EventSourceFact, EventTargetFact, QueueFact, RedriveFact, Reference } from "./facts";
import { type Entity, type Link, NO_LINK } from "./links";
import { ruleOf } from "./rules";
import type { Step } from "./steps";

/** Where notifications go on from a queue or a rule of EventBridge: to whom, and what cannot be worked off. */
export class Onward {
  private readonly steps = new Map<Entity, Step[]>();
  private readonly deadLetters = new Map<Entity, Link<Entity>>();

  constructor(private readonly entities: Entities) {}

  addQueue(resource: ResourceRecord, { deadLetterTarget }: QueueFact): void {
    const queue = this.entities.queues.ofResource(resource);
    if (queue) this.deadLetters.set(queue, this.entities.queues.resolve(deadLetterTarget));
  }

  addRedrive({ queue, deadLetterTarget }: RedriveFact): void {
    const link = this.entities.queues.resolve(queue);
    if (link.kind === "found") this.deadLetters.set(link.target, this.entities.queues.resolve(deadLetterTarget));
  }

  addEventSource({ source, lambda, enabled }: EventSourceFact): void {
    if (enabled === false) return;
    const to = this.entities.functionLink(lambda).link;
    if (isGone(to)) return;
    const queue = this.entities.queues.resolve(source);
    for (const [one, isCertain] of owners(queue))
      push(this.steps, one, { kind: "function", to, isCertain: isCertain ? enabled : UNKNOWN });
  }

  addRule(resource: ResourceRecord, { targets }: EventRuleFact): void {
    const rule = this.entities.eventRules.ofResource(resource);
    if (rule) for (const target of targets) this.addStep(rule, target, true);
  }

  addEventTarget(fact: EventTargetFact): void {
    for (const [one, isCertain] of owners(ruleOf(fact, this.entities))) this.addStep(one, fact.target, isCertain);
  }

  from(entity: Entity): readonly Step[] {
    return this.steps.get(entity) ?? [];
  }

  deadLettersOf(queue: Entity): Link<Entity> {
    return this.deadLetters.get(queue) ?? NO_LINK;
  }

  /** A target tells what it is by its ARN, else by what it is made of. */
  private addStep(rule: Entity, target: Reference, isCertain: Maybe): void {
    const queue = this.entities.queues.resolve(target);
    const lambda = this.entities.functionLink(target).link;
    if (isGone(queue) || isGone(lambda)) return;
    const service = isKnown(target.value) ? target.value.split(":")[2] : undefined;
    const isQueue = queue.kind === "found" || service === "sqs";
    const isFunction = lambda.kind === "found" || service === "lambda";
    const kind = isQueue ? "queue" : isFunction ? "function" : "target";
    push(this.steps, rule, { kind, to: isQueue ? queue : lambda, isCertain });
  }
}

function owners(link: Link<Entity>): [owner: Entity, isCertain: boolean][] {
  if (link.kind === "found") return [[link.target, true]];
  return link.kind === "unknown" ? (link.candidates ?? []).map((one) => [one, false]) : [];
}

function isGone(link: Link<Entity>): boolean {
  return link.kind === "found" && link.target.gone === true;
}
