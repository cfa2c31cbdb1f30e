import { accountNumber } from "../model/account";
import { push } from "../model/collections";
import { sameHome } from "../model/home";
import {
  FEEDBACK_TYPES,
  type FeedbackType,
  type ForwardingSetting,
  type Inventory,
  type NotificationSetting,
} from "../model/inventory/types";
import { nameOf } from "../model/record";
import { regionName } from "../model/region";
import type { Setting } from "../model/shadows";
import { isOneTopic } from "../model/topic";
import { equal, isKnown, type Maybe, UNKNOWN } from "../model/value";
import { createRule, type Reporter } from "./shared/rule";
import { plural, withRegion } from "./shared/words";

const messages = {
  differ: (one: string, other: string, what: Setting, identity: string) =>
    `${one} and ${other} both set ${setting(what)} of ${identity}, differently.`,
  differUnknown: (one: string, other: string, what: Setting, identity: string) =>
    `${one} and ${other} both set ${setting(what)} of ${identity}; whether they agree is not known.`,
  regionUnknown: (one: string, other: string, what: Setting, identity: string) =>
    `${one} and ${other} may both set ${setting(what)} of ${identity}: whether they are in one Region and account is not known.`,
};

function setting(what: FeedbackType | "forwarding"): string {
  return what === "forwarding" ? "feedback forwarding" : `the topic for ${plural(what)}`;
}

export const conflictingNotification = createRule({
  id: "conflicting-notification",
  level: "mandatory",
  severity: "high",
  summary: "Two resources set different topics, or forwarding, for one identity and type.",
  why: "SES keeps one topic per identity and type and one forwarding flag per identity. The last writer wins, and the order of a deployment is not yours to choose.",
  facts: ["F2"],
  source: "Amazon SES API Reference, SetIdentityNotificationTopic",
  fix: "Keep one resource per identity and type; to reach several receivers, subscribe them to one topic.",
  messages,
  check({ inventory }, report) {
    for (const type of FEEDBACK_TYPES) {
      const settings = inventory.notifications.filter((one) => one.type === type || one.type === UNKNOWN);
      for (const group of groups(inventory, settings)) {
        if (group.some((one) => one.type === type)) compare(group, report, type, isSameTopic);
      }
      compareAcrossRegions(settings, report, type, isSameTopic);
    }
    for (const group of groups(inventory, inventory.forwardingSettings)) {
      compare(group, report, "forwarding", isSameFlag);
    }
    compareAcrossRegions(inventory.forwardingSettings, report, "forwarding", isSameFlag);
  },
});

type IdentitySetting = NotificationSetting | ForwardingSetting;

/** Settings of one identity, where there are several, whether the identity is in view or only named. */
function groups<T extends IdentitySetting>(inventory: Inventory, settings: readonly T[]): T[][] {
  const found = new Map<unknown, T[]>();
  for (const setting of settings) {
    const { identity, identityName, region, account } = setting;
    if (identity.kind !== "found" && !isKnown(identityName)) continue;
    const target =
      identity.kind === "found" ? identity.target : inventory.findIdentity(String(identityName), region, account);
    const key = target ?? `${String(identityName)}\n${region}\n${account}`;
    push(found, key, setting);
  }
  return [...found.values()].filter((group) => group.length > 1);
}

function compare<T extends IdentitySetting>(
  settings: readonly T[],
  report: Reporter,
  what: Setting,
  isSame: (a: T, b: T) => Maybe,
): void {
  // Those that are known agree with each other, or differ from the first of them.
  const first = settings.find((one) => isSame(one, one) === true) ?? settings[0];
  if (!first) return;
  const others = settings.filter((one) => one !== first);
  const other =
    others.find((one) => isSame(first, one) === false) ?? others.find((one) => isSame(first, one) === UNKNOWN);
  if (!other) return;
  const { identity, identityName, region, resource } = other;
  const label =
    identity.kind === "found" ? identity.target.label : isKnown(identityName) ? identityName : "an identity";
  const about = { identity: identity.kind === "found" ? identity.target : label, region, resource };
  const words = [nameOf(first.resource.urn), nameOf(resource.urn), what, withRegion(label, region)] as const;
  if (isSame(first, other) === false) report.violation(about, messages.differ(...words));
  else report.unverified(about, messages.differUnknown(...words));
}

/** Settings for one name, where it is not known whether they are in one Region. */
function compareAcrossRegions<T extends IdentitySetting>(
  settings: readonly T[],
  report: Reporter,
  what: Setting,
  isSame: (a: T, b: T) => Maybe,
): void {
  const byName = new Map<string, T[]>();
  for (const setting of settings) {
    if (isKnown(setting.identityName)) push(byName, setting.identityName, setting);
  }
  for (const [label, group] of byName) {
    // One place is the usual case, and there the settings are compared already.
    const homes = [...new Map(group.map((one) => [`${one.region}\n${one.account}`, one])).values()];
    for (const one of homes.length > 1 ? group.filter(isPlaceUnknown) : []) {
      const elsewhere = homes.filter((home) => isPerhapsHere(one, home));
      const other = elsewhere.find((two) => isSame(one, two) !== true);
      if (!other) continue;
      const { identity, resource, region } = one;
      const about = { identity: identity.kind === "found" ? identity.target : label, region, resource };
      const words = [nameOf(resource.urn), nameOf(other.resource.urn), what, withRegion(label, region)] as const;
      report.unverified(about, messages.regionUnknown(...words));
    }
  }
}

function isPlaceUnknown({ region, account }: IdentitySetting): boolean {
  return regionName(region) === null || accountNumber(account) === null;
}

/** Whether it is not known if two settings are in one Region and account. */
function isPerhapsHere(a: IdentitySetting, b: IdentitySetting): boolean {
  return sameHome(a, b) === UNKNOWN;
}

function isSameTopic(a: NotificationSetting, b: NotificationSetting): Maybe {
  if (a.type === UNKNOWN || b.type === UNKNOWN || a.topic.kind === "unknown" || b.topic.kind === "unknown")
    return UNKNOWN;
  // One that names no topic shows the other's, once that is deployed.
  if (namesTopic(a) !== namesTopic(b)) return false;
  if (a.topic.kind === "found" && b.topic.kind === "found") return isOneTopic(a.topic.target, b.topic.target);
  if (a.topic.kind === "outside" && b.topic.kind === "outside") return a.topic.value === b.topic.value;
  return a.topic.kind === b.topic.kind;
}

function namesTopic({ topic, declaresTopic }: NotificationSetting): boolean {
  return declaresTopic && topic.kind !== "absent";
}

/** As they are declared, whatever a deletion makes of both. */
function isSameFlag(a: ForwardingSetting, b: ForwardingSetting): Maybe {
  return equal<boolean>(a.enabled.value ?? false, b.enabled.value ?? false);
}
