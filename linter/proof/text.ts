import { printable } from "../../policies/text/printable";
import type { CleanUp } from "./leftovers";
import type { Arrival, IdentityOutcome, MailOutcome, Outcome } from "./outcome";
import { isProven } from "./outcome";
import { type Channel, MAILBOXES, type Mailbox, mailsOf, type Plan, type Trial } from "./plan";

/** What a plan will make and send, for people. */
export function planText(plan: Plan): string {
  const { account, region, topics, busTypes, trials, settleSeconds, timeoutSeconds, name } = plan;
  const mails = mailsOf(plan).length;
  if (mails === 0)
    return `${[...trials.flatMap(trialLines), "Nothing can be tried, so nothing is made or sent."].join("\n")}\n`;
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
  return `${lines.map(printable).join("\n")}\n`;
}

function trialLines({ identity, from, mails, ways }: Trial): string[] {
  const skipped = MAILBOXES.filter(({ mailbox }) => !mails.some((mail) => mail.mailbox === mailbox));
  const deaf = Object.entries(ways).flatMap(([type, one]) =>
    one.deaf.map((way) => `${type} by ${channelName(way)} is not tried: ${way.why}`),
  );
  return [
    mails.length === 0 ? identity : `${identity}, from ${from}`,
    ...mails.map(({ recipient, type }) => `  ${recipient}: ${ways[type].heard.map(channelName).join(", ")}`),
    ...(skipped.length > 0
      ? [`  not sent, as no channel could be listened at: ${skipped.map(mailboxName).join(", ")}`]
      : []),
    ...[...new Set(deaf)].map((line) => `  ${line}`),
  ];
}

/** What came and what did not, for people. */
export function outcomeText(outcome: Outcome): string {
  const { identities, left } = outcome;
  const failed = identities.filter(({ missing }) => missing.length > 0).length;
  const verdict = isProven(outcome)
    ? `Everything arrived, for ${count(identities.length, "identity", "identities")}.`
    : `Something is missing, for ${failed} of ${count(identities.length, "identity", "identities")}.`;
  const lines = [
    ...identities.flatMap((one) => identityLines(one, outcome)),
    ...left.map(({ kind, name, problem }) => `left behind: ${kind} ${name}: ${problem}`),
    verdict,
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

function identityLines({ identity, from, mails, notTried, missing }: IdentityOutcome, outcome: Outcome): string[] {
  const sender = mails.length > 0 ? `, from ${from}` : "";
  return [
    `${identity} (${outcome.region}, ${outcome.account})${sender}`,
    ...mails.flatMap(mailLines),
    ...notTried
      .filter(({ type, channel }) => !missing.some((one) => one.type === type && one.channel === channel))
      .map((one) => `  ${one.type.padEnd(WIDTH)}  not tried by ${channelName(one)}: ${one.why}`),
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
  return `${lines.map(printable).join("\n")}\n`;
}

const WIDTH = 16;

function mailLines(mail: MailOutcome): string[] {
  const { mailbox, isCertain, arrivals } = mail;
  return arrivals.map((arrival) => `  ${NAMES[mailbox].padEnd(WIDTH)}  ${arrivalText(arrival, isCertain)}`);
}

function arrivalText(arrival: Arrival, isCertain: boolean): string {
  const { after, reason } = arrival;
  const way = channelName(arrival);
  if (after !== null) return `arrived after ${after} s by ${way}`;
  return isCertain ? `MISSING by ${way}: ${reason}` : `did not come by ${way}, which SES does not promise`;
}

const NAMES: Readonly<Record<Mailbox, string>> = {
  bounce: "bounce",
  complaint: "complaint",
  ooto: "out of office",
  suppressionlist: "suppression list",
  success: "delivery",
};

function mailboxName({ mailbox }: { mailbox: Mailbox }): string {
  return NAMES[mailbox];
}

function channelName({ channel, target }: Channel): string {
  return target === null ? channel : `${channel} ${target.slice(target.lastIndexOf(":") + 1)}`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
