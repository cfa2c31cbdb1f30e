import { push } from "../../policies/model/collections";
import { FEEDBACK_TYPES, type FeedbackType } from "../../policies/model/inventory/types";
import { nameOf, type ResourceRecord, type StackRecords } from "../../policies/model/record";
import { isObject, type Json } from "../../policies/model/value";
import type { Report, ReportChannel, ReportDrift, ReportIdentity } from "./shapes";

/** A Region of an account whose identities were listed, or should have been. */
export interface Audited {
  account: string;
  region: string;
  /** False where the list could not be read to its end: what is missing in it may be there. */
  isWhole: boolean;
}

const LIST = /^urn:pulumi:(\d{12})::account::ses-guard:account:Call::([^/]+)\/ListEmailIdentities/;
const PROVIDER = "pulumi:providers:aws";

/** The Regions that an audit read, from the records of its accounts and its findings. */
export function auditedIn(stacks: readonly StackRecords[], { findings }: Pick<Report, "findings">): Audited[] {
  const broken = new Set(
    findings.map(({ urn }) =>
      LIST.exec(urn ?? "")
        ?.slice(1, 3)
        .join(" "),
    ),
  );
  return stacks.flatMap(({ resources }) => {
    const read = new Set(
      resources.filter(({ type }) => type === "ses-guard:account:Account").map(({ provider }) => provider),
    );
    return resources.flatMap(({ type, urn, inputs }) => {
      if (type !== PROVIDER || !read.has(urn)) return [];
      const { account, region } = whereabouts(inputs);
      if (region === null || account === null) return [];
      return [{ account, region, isWhole: !broken.has(`${account} ${region}`) }];
    });
  });
}

/** What accounts have that no stack declares, what stacks declare that the accounts lost, and what differs. */
export function driftBetween(
  declared: readonly ReportIdentity[],
  live: readonly ReportIdentity[],
  audited: readonly Audited[],
): ReportDrift {
  const drift: ReportDrift = { identities: [], notCompared: [] };
  const found = new Set<ReportIdentity>();
  const named = byName(live);
  for (const one of declared) {
    const matches = (named.get(one.identity) ?? []).filter((other) => fits(one, other.account, other.region));
    for (const match of matches) found.add(match);
    const [match] = matches;
    const hindrance = match === undefined ? whyNotLost(one, audited) : whyNotThis(matches);
    if (hindrance !== undefined) drift.notCompared.push(`${nameWithPlace(one)}: ${hindrance}`);
    else if (match !== undefined) addChange(drift, one, match);
    else drift.identities.push(rowOf("lost", one, one, undefined));
  }
  for (const one of live) if (!found.has(one)) drift.identities.push(rowOf("undeclared", one, undefined, one));
  drift.identities.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  drift.notCompared.sort();
  return drift;
}

function byName(identities: readonly ReportIdentity[]): Map<string, ReportIdentity[]> {
  const named = new Map<string, ReportIdentity[]>();
  for (const one of identities) push(named, one.identity, one);
  return named;
}

function whyNotThis({ length }: readonly ReportIdentity[]): string | undefined {
  return length > 1 ? `the accounts have ${length} of that name` : undefined;
}

/** Why nobody can say that what is declared was lost. */
function whyNotLost(one: ReportIdentity, audited: readonly Audited[]): string | undefined {
  const places = audited.filter(({ account, region }) => fits(one, account, region));
  if (places.length === 0) return "its account and Region were not audited";
  if (places.some(({ isWhole }) => !isWhole)) return "the list of identities could not be read";
  return places.length > 1 ? "which of the audited Regions it is of is not known" : undefined;
}

function fits({ account, region }: ReportIdentity, otherAccount: string | null, otherRegion: string | null): boolean {
  return (account === null || account === otherAccount) && (region === null || region === otherRegion);
}

function nameWithPlace({ identity, account, region }: Pick<ReportIdentity, "identity" | "account" | "region">): string {
  return `${identity} (${[region, account].filter((part) => part !== null).join(", ") || "place not known"})`;
}

function addChange(drift: ReportDrift, declared: ReportIdentity, live: ReportIdentity): void {
  const row = rowOf("changed", live, declared, live);
  const known = row.feedback.filter((one) => !one.live.some(isUnread));
  if (known.length < row.feedback.length) {
    drift.notCompared.push(`${nameWithPlace(live)}: where all of its feedback goes could not be read`);
  }
  if (known.length > 0) drift.identities.push({ ...row, feedback: known });
}

function isUnread({ channel, target }: ReportChannel): boolean {
  return channel !== "forwarding" && target === null;
}

function rowOf(
  change: ReportDrift["identities"][number]["change"],
  { identity, account, region }: ReportIdentity,
  declared: ReportIdentity | undefined,
  live: ReportIdentity | undefined,
): ReportDrift["identities"][number] {
  const feedback = FEEDBACK_TYPES.flatMap((type) => {
    const sides = { declared: declared?.[type] ?? [], live: live?.[type] ?? [] };
    const isSame = declared !== undefined && live !== undefined && same(sides.declared, sides.live);
    return isSame || sides.declared.length + sides.live.length === 0 ? [] : [{ type, ...sides }];
  });
  return { change, identity, account, region, stack: declared?.stack ?? null, feedback };
}

/** A target that nobody knows may be any of its channel. */
function same(declared: readonly ReportChannel[], live: readonly ReportChannel[]): boolean {
  const covers = (all: readonly ReportChannel[], one: ReportChannel) =>
    all.some(
      (other) =>
        other.channel === one.channel && (other.target === one.target || other.target === null || one.target === null),
    );
  return declared.every((one) => covers(live, one)) && live.every((one) => covers(declared, one));
}

function keyOf({ identity, region, account, change }: ReportDrift["identities"][number]): string {
  return JSON.stringify([identity, region, account, change]);
}

const NOTIFICATION = "aws:ses/identityNotificationTopic:IdentityNotificationTopic";
const NAMES: Readonly<Record<FeedbackType, string>> = {
  bounce: "Bounce",
  complaint: "Complaint",
  delivery: "Delivery",
};

/**
 * Adds to the records of accounts the topics that stacks declare and identities do not have any more, as a refreshed
 * state shows them: settings without a topic (F14).
 */
export function addLostTopics(stacks: readonly StackRecords[], declared: readonly ReportIdentity[]): void {
  const named = byName(declared);
  for (const { resources } of stacks) {
    const placeOf = new Map(resources.filter(({ type }) => type === PROVIDER).map(({ urn, inputs }) => [urn, inputs]));
    const settings = new Set(
      resources.filter(({ type }) => type === NOTIFICATION).map(({ inputs, provider }) => settingKey(inputs, provider)),
    );
    const identities = resources.filter(({ type }) => type === "aws-native:ses:EmailIdentity");
    for (const resource of identities) {
      const { account, region } = whereabouts(placeOf.get(resource.provider ?? ""));
      const name = String(resource.inputs?.emailIdentity);
      const own = (named.get(name) ?? []).filter((one) => fits(one, account, region));
      const [only, ...others] = own;
      // Of several nobody knows which of them the account's is.
      if (only === undefined || others.length > 0) continue;
      const lost = topicsOf(only).filter(([, setting]) => !settings.has(settingKey(setting, resource.provider)));
      for (const [type, setting] of lost) resources.push(settingOf(resource, type, setting));
    }
  }
}

function whereabouts(inputs: Json | undefined): { account: string | null; region: string | null } {
  const { region, allowedAccountIds } = inputs ?? {};
  const account: unknown = Array.isArray(allowedAccountIds) ? allowedAccountIds[0] : undefined;
  return { account: typeof account === "string" ? account : null, region: typeof region === "string" ? region : null };
}

/** The types that are declared to go to a topic, with the setting as it is where the topic is lost. */
function topicsOf(one: ReportIdentity): [type: string, setting: Json][] {
  return FEEDBACK_TYPES.filter((type) => one[type].some(({ channel }) => channel === "topic")).map((type) => [
    NAMES[type],
    { identity: one.identity, notificationType: NAMES[type], topicArn: "" },
  ]);
}

function settingOf({ urn, stack, provider }: ResourceRecord, type: string, inputs: Json): ResourceRecord {
  const start = urn.slice(0, urn.indexOf("::account::"));
  const name = `${nameOf(urn)}/${type}`;
  return { type: NOTIFICATION, urn: `${start}::account::${NOTIFICATION}::${name}`, stack, provider, inputs };
}

function settingKey(inputs: unknown, provider: string | undefined): string {
  const { identity, notificationType } = isObject(inputs) ? inputs : {};
  return JSON.stringify([provider, identity, notificationType]);
}
