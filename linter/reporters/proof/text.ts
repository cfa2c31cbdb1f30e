import { withoutCommands } from "../../../policies/text/commands";
import { printable } from "../../../policies/text/printable";
import type { CleanUp } from "../../proof/leftovers";
import { type Arrival, type IdentityOutcome, isProven, type MailOutcome, type Outcome } from "../../proof/outcome";
import { type Channel, type FeedbackType, type Mailbox, mailsOf, type Plan, type Trial, TYPES } from "../../proof/plan";

/** What a plan will make and send, for people. */
export function planText(plan: Plan): string {
  const { account, region, topics, busTypes, trials, settleSeconds, timeoutSeconds, name } = plan;
  const mails = mailsOf(plan).length;
  if (mails === 0) return page([...trials.flatMap(trialLines), "Nothing can be tried, so nothing is made or sent."]);
  const made = [
    `queue ${name}, for one hour of messages at most`,
    ...topics.map((topic) => `its subscription to topic ${topic}`),
    ...(busTypes.length > 0 ? [`rule ${name} on the default event bus`] : []),
  ];
  const lines = [
    `In account ${account}, ${region}, this makes and removes again:`,
    ...made.map((one) => `  ${one}`),
    `${settleSeconds} s later it sends ${count(mails, "mail")} to the mailbox simulator, and waits ${timeoutSeconds} s at most:`,
    ...trials.flatMap(trialLines),
  ];
  return page(lines);
}

function page(lines: readonly string[]): string {
  return withoutCommands(`${lines.map(printable).join("\n")}\n`);
}

function trialLines({ identity, from, mails, ways }: Trial): string[] {
  const skipped = TYPES.filter((type) => !mails.some((mail) => mail.type === type));
  const deaf = TYPES.flatMap((type) => ways[type].deaf.map((one) => ({ type, ...one })));
  return [
    mails.length === 0 ? identity : `${identity}, from ${from}`,
    ...mails.map(({ recipient, type }) => `  ${recipient}: ${ways[type].heard.map(channelName).join(", ")}`),
    ...(skipped.length > 0 ? [`  nothing is sent for: ${skipped.join(", ")}`] : []),
    ...notTriedLines(deaf),
  ];
}

/** Channels that are not tried, once each. */
function notTriedLines(channels: readonly (Channel & { type: FeedbackType; why: string })[]): string[] {
  const types = new Map<string, FeedbackType[]>();
  const lines = new Map<string, (types: readonly FeedbackType[]) => string>();
  for (const one of channels) {
    const key = `${channelName(one)} ${one.why}`;
    types.set(key, [...(types.get(key) ?? []), one.type]);
    lines.set(key, (all) => `${channelName(one)} (${all.join(", ")}): ${one.why}`);
  }
  return [...lines].map(([key, line]) => `  not tried: ${line(types.get(key) ?? [])}`);
}

/** What came and what did not, for people. */
export function outcomeText(outcome: Outcome): string {
  const { identities, left } = outcome;
  const failed = identities.filter(({ missing }) => missing.length > 0).length;
  const verdict = isProven(outcome)
    ? `Everything that has to arrive did, for ${count(identities.length, "identity", "identities")}.`
    : `Something is missing, for ${failed} of ${count(identities.length, "identity", "identities")}.`;
  const lines = [
    ...identities.flatMap((one) => identityLines(one, outcome)),
    ...left.map(({ kind, name, problem }) => `left behind: ${kind} ${name}: ${problem}`),
    verdict,
  ];
  return page(lines);
}

function identityLines({ identity, from, mails, notTried, missing }: IdentityOutcome, outcome: Outcome): string[] {
  const told = new Set<string>();
  const sender = mails.length > 0 ? `, from ${from}` : "";
  return [
    `${identity} (${outcome.region}, ${outcome.account})${sender}`,
    ...mails.flatMap((mail) => mailLines(mail, told)),
    ...notTriedLines(
      notTried.filter(({ type, channel }) => !missing.some((one) => one.type === type && one.channel === channel)),
    ),
    // What a mail was to show stands at the mail.
    ...missing
      .filter(({ mailbox }) => mailbox === null)
      .map(({ type, reason }) => `  ${type.padEnd(WIDTH)}  MISSING: ${reason}`),
  ];
}

/** What a clean-up did, for people. */
export function cleanUpText({ account, region, dryRun, removed, kept, left }: CleanUp): string {
  const lines = [
    ...removed.map(
      ({ kind, name, mark }) => `${dryRun ? "would be removed" : "removed"}: ${kind} ${name}, made by ${mark.by}`,
    ),
    ...kept.map(
      ({ kind, name, mark }) =>
        `kept: ${kind} ${name}: a run of ${mark.by} may use it until ${mark.until.toISOString()}; --yes removes it`,
    ),
    ...left.map(({ kind, name, problem }) => `left behind: ${kind} ${name}: ${problem}`),
  ];
  if (lines.length === 0) lines.push(`Nothing of an earlier run is in account ${account}, ${region}.`);
  return page(lines);
}

const WIDTH = 16;

/** @param told reasons that stand above */
function mailLines(mail: MailOutcome, told: Set<string>): string[] {
  const { mailbox, isCertain, arrivals } = mail;
  return arrivals.map((arrival) => `  ${NAMES[mailbox].padEnd(WIDTH)}  ${arrivalText(arrival, isCertain, told)}`);
}

function arrivalText(arrival: Arrival, isCertain: boolean, told: Set<string>): string {
  const { after, reason } = arrival;
  const way = channelName(arrival);
  if (after !== null) return `arrived after ${after} s by ${way}`;
  if (!isCertain) return `did not come by ${way}, which SES does not promise`;
  const key = `${way} ${reason}`;
  if (told.has(key)) return `MISSING by ${way}, for the same reason`;
  told.add(key);
  return `MISSING by ${way}: ${reason}`;
}

const NAMES: Readonly<Record<Mailbox, string>> = {
  bounce: "bounce",
  complaint: "complaint",
  ooto: "out of office",
  suppressionlist: "suppression list",
  success: "delivery",
};

function channelName({ channel, target }: Channel): string {
  const name = channel.replace("-", " ");
  return target === null ? name : `${name} ${target.slice(target.lastIndexOf(":") + 1)}`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
