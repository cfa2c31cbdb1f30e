import type { CleanUp, Leftover } from "../../proof/leftovers";
import { isProven, type Outcome } from "../../proof/outcome";
import { mailsOf, type Plan, TYPES } from "../../proof/plan";
import { jsonText } from "../json";

/** The outcome, as JSON text. */
export function outcomeJson(outcome: Outcome, version: string): string {
  const { account, region, run, identities, left } = outcome;
  return jsonText({
    version: 1,
    tool: { name: "ses-guard", version },
    proven: isProven(outcome),
    account,
    region,
    run,
    identities,
    left,
  });
}

/** What a plan will make and send, as JSON text. */
export function planJson(plan: Plan, version: string): string {
  const { account, region, run, name, topics, busTypes, trials, settleSeconds, timeoutSeconds } = plan;
  const hasMails = mailsOf(plan).length > 0;
  return jsonText({
    version: 1,
    tool: { name: "ses-guard", version },
    dryRun: true,
    account,
    region,
    run,
    makes: hasMails
      ? { queue: name, subscriptions: topics, rule: busTypes.length > 0 ? name : null }
      : { queue: null, subscriptions: [], rule: null },
    settleSeconds,
    timeoutSeconds,
    identities: trials.map(({ identity, from, mails, ways }) => ({
      identity,
      from,
      mails: mails.map(({ mailbox, type, recipient }) => ({ mailbox, type, recipient, channels: ways[type].heard })),
      notTried: TYPES.flatMap((type) =>
        ways[type].deaf.map(({ channel, target, why }) => ({ type, channel, target, why })),
      ),
    })),
  });
}

/** What a clean-up did, as JSON text. */
export function cleanUpJson(done: CleanUp, version: string): string {
  const { account, region, dryRun, removed, kept, left } = done;
  const shown = ({ kind, name, mark }: Leftover) => ({ kind, name, by: mark.by, until: mark.until.toISOString() });
  return jsonText({
    version: 1,
    tool: { name: "ses-guard", version },
    dryRun,
    account,
    region,
    removed: removed.map(shown),
    kept: kept.map(shown),
    left,
  });
}
