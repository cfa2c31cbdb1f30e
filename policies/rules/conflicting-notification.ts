import { push } from "../model/collections";
import { placed } from "../model/flow";
import {
  FEEDBACK_TYPES,
  type FeedbackType,
  type ForwardingSetting,
  type Inventory,
  type NotificationSetting,
} from "../model/inventory";
import { regionName, sameRegion } from "../model/links";
import { nameOf } from "../model/resource";
import { isKnown, UNKNOWN, type Unknown } from "../model/value";
import { createRule, type Reporter } from "./rule";
import { plural } from "./words";

export const conflictingNotification = createRule({
  id: "conflicting-notification",
  level: "mandatory",
  severity: "high",
  summary: "Two resources set different topics, or forwarding, for one identity and type.",
  why: "SES keeps one topic per identity and type and one forwarding flag per identity. The last writer wins, and the order of a deployment is not yours to choose.",
  source: "F2: Amazon SES API Reference, SetIdentityNotificationTopic",
  fix: "Keep one resource per identity and type; to reach several receivers, subscribe them to one topic.",
  check({ inventory }, report) {
    for (const type of FEEDBACK_TYPES) {
      const settings = inventory.notifications.filter((one) => one.type === type || one.type === UNKNOWN);
      for (const group of groups(inventory, settings)) {
        if (group.some((one) => one.type === type)) compare(group, report, topicFor(type), sameTopic);
      }
      perhaps(settings, report, topicFor(type), sameTopic);
    }
    for (const group of groups(inventory, inventory.forwardingSettings))
      compare(group, report, "feedback forwarding", sameFlag);
    perhaps(inventory.forwardingSettings, report, "feedback forwarding", sameFlag);
  },
});

function topicFor(type: FeedbackType): string {
  return `the topic for ${plural(type)}`;
}

type Setting = NotificationSetting | ForwardingSetting;

/** Settings of one identity, where there are several, whether the identity is in view or only named. */
function groups<T extends Setting>(inventory: Inventory, settings: readonly T[]): T[][] {
  const found = new Map<unknown, T[]>();
  for (const setting of settings) {
    const { identity, identityName, region } = setting;
    if (identity.kind !== "found" && !isKnown(identityName)) continue;
    const target = identity.kind === "found" ? identity.target : inventory.findIdentity(String(identityName), region);
    const key = target ?? `${String(identityName)}\n${region}`;
    push(found, key, setting);
  }
  return [...found.values()].filter((group) => group.length > 1);
}

function compare<T extends Setting>(
  group: readonly T[],
  report: Reporter,
  what: string,
  same: (a: T, b: T) => boolean | Unknown,
): void {
  const [first, ...others] = group as [T, ...T[]];
  const answers = others.map((other) => same(first, other));
  const at = answers.includes(false) ? answers.indexOf(false) : answers.indexOf(UNKNOWN);
  if (at < 0) return;
  const other = others[at] as T;
  const { identity, identityName, region, resource } = other;
  const label =
    identity.kind === "found" ? identity.target.label : isKnown(identityName) ? identityName : "an identity";
  const about = { identity: identity.kind === "found" ? identity.target : label, region, resource };
  const names = `${nameOf(first.resource.urn)} and ${nameOf(resource.urn)}`;
  if (answers[at] === false)
    report.violation(about, `${names} both set ${what} of ${placed(label, region)}, differently.`);
  else
    report.unverified(about, `${names} both set ${what} of ${placed(label, region)}; whether they agree is not known.`);
}

/** Settings for one name, where it is not known whether they are in one Region. */
function perhaps<T extends Setting>(
  settings: readonly T[],
  report: Reporter,
  what: string,
  same: (a: T, b: T) => boolean | Unknown,
): void {
  const byName = new Map<string, T[]>();
  for (const setting of settings) {
    if (!isKnown(setting.identityName)) continue;
    push(byName, setting.identityName, setting);
  }
  for (const [label, group] of byName) {
    for (const one of group) {
      if (regionName(one.region) !== null) continue;
      const other = group.find((two) => sameRegion(one.region, two.region) === UNKNOWN && same(one, two) !== true);
      if (!other) continue;
      const names = `${nameOf(one.resource.urn)} and ${nameOf(other.resource.urn)}`;
      const about = { identity: one.identity.kind === "found" ? one.identity.target : label, resource: one.resource };
      report.unverified(
        about,
        `${names} may both set ${what} of ${label}: whether they are in one Region is not known.`,
      );
    }
  }
}

function sameTopic(a: NotificationSetting, b: NotificationSetting): boolean | Unknown {
  if (a.type === UNKNOWN || b.type === UNKNOWN || a.topic.kind === "unknown" || b.topic.kind === "unknown")
    return UNKNOWN;
  if (a.topic.kind !== b.topic.kind) return false;
  if (a.topic.kind === "found" && b.topic.kind === "found") return a.topic.target === b.topic.target;
  return a.topic.kind === "outside" && b.topic.kind === "outside" ? a.topic.value === b.topic.value : true;
}

function sameFlag(a: ForwardingSetting, b: ForwardingSetting): boolean | Unknown {
  return a.enabled === UNKNOWN || b.enabled === UNKNOWN ? UNKNOWN : a.enabled === b.enabled;
}
