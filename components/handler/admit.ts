/**
 * Whose messages are believed. Whoever may publish to an admitted topic can fill the suppression list, so a message
 * counts only where its topic is admitted and the mail was sent by this account.
 */
import type { Origin } from "./read";

/** Where the function runs, and which topics it was told of. */
export interface Admission {
  account: string;
  region: string;
  /** Exactly these topics; empty: every topic of the account in its own Region and in `topicRegions`. */
  topicArns: readonly string[];
  topicRegions: readonly string[];
}

/** A message that is not believed: what about it, never what it says. */
export class RefusedMessage extends Error {}

/**
 * The Region whose suppression list is meant: where the mail was sent, which is where its topic is (F11).
 *
 * A message without an envelope names no topic. That it comes from an admitted one is up to the policy of the queue.
 *
 * @throws {RefusedMessage}
 */
export function admit(origin: Origin, admission: Admission): string {
  const topic = origin.topicArn === null ? null : admitTopic(origin.topicArn, admission);
  if (origin.account !== null && origin.account !== admission.account) throw new RefusedMessage("event's account");
  if (origin.isAboutMail && origin.sendingAccountId !== admission.account) throw new RefusedMessage("sending account");
  const region = topic ?? origin.region ?? origin.sendingRegion ?? admission.region;
  if (!regions(admission).includes(region)) throw new RefusedMessage("Region");
  return region;
}

/** The Region of an admitted topic. */
function admitTopic(topicArn: string, admission: Admission): string {
  const { service, region, account } = arnParts(topicArn);
  const isAdmitted =
    admission.topicArns.length > 0
      ? admission.topicArns.includes(topicArn)
      : service === "sns" && account === admission.account && regions(admission).includes(region);
  if (!isAdmitted) throw new RefusedMessage("topic");
  return region;
}

function regions({ region, topicRegions, topicArns }: Admission): string[] {
  return [region, ...topicRegions, ...topicArns.map((arn) => arnParts(arn).region)];
}

/** Parts of an ARN, empty where the text has none. */
export function arnParts(arn: string): { service: string; region: string; account: string } {
  const [, , service = "", region = "", account = ""] = arn.split(":");
  return { service, region, account };
}
