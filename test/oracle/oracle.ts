import { busRules } from "./buses";
import { Channels } from "./channels";
import { identityRules } from "./identities";
import { urnOf } from "./properties";
import { shadowRules } from "./shadows";
import { topicRules } from "./topics";
import { type Allowed, NONE, together, union, VIOLATION } from "./verdicts";
import { normal, type Owner, View } from "./view";
import type { Form, Identity, World } from "./world";

/** Written from the contract alone (DESIGN, sections 2 and 3): it shares no code with the rules. */

export const RULES = [
  "bounce-handling",
  "complaint-handling",
  "feedback-forwarding-off",
  "address-shadows-domain",
  "subdomain-shadows-domain",
  "duplicate-identity",
  "conflicting-notification",
  "topic-dropped",
  "missing-configuration-set",
  "unmonitored-topic",
  "topic-region",
  "topic-fifo",
  "topic-publish-permission",
  "subscription-filter",
  "subscription-pending",
  "event-bus-default",
  "unmonitored-event-bus",
] as const;
export type RuleId = (typeof RULES)[number];

/** Owners without a setting of their own, and settings for one of them each. */
export interface Group {
  rule: RuleId;
  subjects: string[];
  /** Whom each of the settings may serve. */
  settings: string[][];
  /** More owners than settings: some of them go without for certain, but nobody knows which. */
  required: boolean;
}

export class Expected {
  readonly allowed = new Map<string, Allowed>();
  readonly groups: Group[] = [];

  add(rule: RuleId, subject: string, allowed: Allowed): void {
    const key = `${rule} ${subject}`;
    const before = this.allowed.get(key);
    this.allowed.set(key, before === undefined ? allowed : together(before, allowed));
  }

  of(key: string): Allowed {
    return this.allowed.get(key) ?? NONE;
  }
}

/** `name@region`, or the URN of one whose name is not known. */
export function subjectOf(view: View, owner: Owner): string {
  return owner.name === null ? urnOf(view.world, owner.members[0] as Identity) : `${owner.name}@${owner.region}`;
}

export function expect_(world: World, form: Form): Expected {
  const view = new View(world, form);
  const channels = new Channels(view);
  const expected = new Expected();
  identityRules(view, channels, expected);
  shadowRules(view, channels, expected);
  topicRules(view, channels, expected);
  busRules(view, channels, expected);
  except(world, expected);
  return expected;
}

function except(world: World, { allowed, groups }: Expected): void {
  for (const [key, verdicts] of allowed) {
    const [rule, subject] = key.split(" ") as [RuleId, string];
    const excepted = world.exceptions.some(
      (one) => one.rule === rule && subject.startsWith(`${normal(one.identity)}@`),
    );
    if (!excepted || verdicts === NONE) continue;
    const waived = verdicts.map((one) => (one === "violation" ? "waived" : one));
    allowed.set(key, union(waived, verdicts === VIOLATION ? [] : ["waived"]));
    for (const group of groups.filter((one) => one.rule === rule && one.subjects.includes(subject)))
      group.required = false;
  }
}
