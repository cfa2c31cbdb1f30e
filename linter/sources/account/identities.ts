import type { Json } from "../../../policies/model/value";
import { type Calls, mapInParallel } from "./calls";
import type { Output } from "./client";
import { NOT_READ } from "./doubts";
import type { Place } from "./place";

type Details = Output<"sesv2:GetEmailIdentity">;
type Listed = NonNullable<Output<"sesv2:ListEmailIdentities">["EmailIdentities"]>[number];
type Notifications = NonNullable<Output<"ses:GetIdentityNotificationAttributes">["NotificationAttributes"]>[string];

/** `not-read` where nobody knows, `absent` where the identity is gone. */
type Found<T> = T | "not-read" | "absent";

/** Names that one call takes. Source: Amazon SES API v1 reference, GetIdentityNotificationAttributes. */
const PER_CALL = 100;
const TYPES = [
  ["Bounce", "BounceTopic"],
  ["Complaint", "ComplaintTopic"],
  ["Delivery", "DeliveryTopic"],
] as const;

export interface IdentityOptions {
  /** Leaves out the details that take a call for each identity: default set, DKIM, policies. */
  quick?: boolean | undefined;
  /** Those of these names, as far as there are any; default: all that are listed. */
  names?: readonly string[];
}

/** Adds the identities of one Region with what is set for them, and gives the topics that they name. */
export async function addIdentities(calls: Calls, place: Place, options: IdentityOptions): Promise<Set<string>> {
  const { quick = false } = options;
  const names = options.names?.map((IdentityName): Listed => ({ IdentityName })) ?? (await listIdentities(calls));
  const [notifications, details] = await Promise.all([
    readNotifications(
      calls,
      names.map(({ IdentityName = "" }) => IdentityName),
    ),
    mapInParallel(names, async ({ IdentityName = "" }) => (quick ? "not-read" : readDetails(calls, IdentityName))),
  ]);
  const topics = new Set<string>();
  for (const [index, item] of names.entries()) {
    const detail = details[index] ?? "not-read";
    // It was deleted after it had been listed.
    if (detail === "absent") continue;
    const name = item.IdentityName ?? "";
    const notification = notifications.get(name) ?? "not-read";
    addIdentity(place, item, detail);
    addForwarding(place, name, notification, detail);
    addNotifications(place, name, notification, topics);
  }
  return topics;
}

async function listIdentities(calls: Calls): Promise<Listed[]> {
  const listed = await calls.list("sesv2:ListEmailIdentities", { PageSize: 1000 }, (page) => page.EmailIdentities);
  return [...new Map(listed.items.map((item) => [item.IdentityName ?? "", item])).values()].filter(
    ({ IdentityName }) => IdentityName !== undefined && IdentityName !== "",
  );
}

async function readDetails(calls: Calls, name: string): Promise<Found<Details>> {
  const answer = await calls.ask("sesv2:GetEmailIdentity", { EmailIdentity: name });
  return answer.kind === "read" ? answer.value : answer.kind;
}

/** By name. A name that the answer leaves out is not in the map: nobody knows why. */
async function readNotifications(calls: Calls, names: readonly string[]): Promise<Map<string, Notifications>> {
  const chunks: string[][] = [];
  for (let start = 0; start < names.length; start += PER_CALL) chunks.push(names.slice(start, start + PER_CALL));
  const found = new Map<string, Notifications>();
  await mapInParallel(chunks, async (chunk) => {
    const answer = await calls.ask("ses:GetIdentityNotificationAttributes", { Identities: chunk });
    if (answer.kind !== "read") return;
    for (const [name, one] of Object.entries(answer.value.NotificationAttributes ?? {})) found.set(name, one);
  });
  return found;
}

function addIdentity(place: Place, listed: Listed, detail: Details | "not-read"): void {
  const name = listed.IdentityName ?? "";
  const isRead = detail !== "not-read";
  const set = isRead ? detail.ConfigurationSetName : undefined;
  const inputs: Json = { emailIdentity: name };
  if (!isRead) Object.assign(inputs, { configurationSetAttributes: NOT_READ, dkimAttributes: NOT_READ });
  else {
    if (set !== undefined && set !== "") inputs.configurationSetAttributes = { configurationSetName: set };
    inputs.dkimAttributes = { signingEnabled: detail.DkimAttributes?.SigningEnabled ?? NOT_READ };
  }
  place.add("aws-native:ses:EmailIdentity", name, inputs, { outputs: { arn: place.arn("ses", `identity/${name}`) } });
  place.add("ses-guard:account:Identity", name, {
    emailIdentity: name,
    verificationStatus: (isRead ? detail.VerificationStatus : undefined) ?? listed.VerificationStatus ?? NOT_READ,
    sendingEnabled: listed.SendingEnabled ?? NOT_READ,
  });
  for (const [policyName, policy] of Object.entries((isRead ? detail.Policies : undefined) ?? {})) {
    place.add("aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy", `${name}/${policyName}`, {
      emailIdentity: name,
      policyName,
      policy,
    });
  }
}

/** Forwarding that is on is what SES does undeclared: the account does not tell whether anybody chose it. */
function addForwarding(
  place: Place,
  name: string,
  notification: Notifications | "not-read",
  detail: Details | "not-read",
): void {
  const byTopics = notification === "not-read" ? undefined : notification.ForwardingEnabled;
  const enabled = byTopics ?? (detail === "not-read" ? undefined : detail.FeedbackForwardingStatus);
  if (enabled === true) return;
  place.add("aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes", name, {
    emailIdentity: name,
    emailForwardingEnabled: enabled ?? NOT_READ,
  });
}

function addNotifications(
  place: Place,
  identity: string,
  notification: Notifications | "not-read",
  topics: Set<string>,
): void {
  for (const [notificationType, property] of TYPES) {
    const topicArn = notification === "not-read" ? NOT_READ : notification[property];
    if (topicArn === undefined || topicArn === "") continue;
    if (typeof topicArn === "string") topics.add(topicArn);
    place.add("aws:ses/identityNotificationTopic:IdentityNotificationTopic", `${identity}/${notificationType}`, {
      identity,
      notificationType,
      topicArn,
    });
  }
}
