import { DEFAULT_CONFIG } from "../policies/config";
import { ancestorsOf, covers, normaliseIdentity } from "../policies/model/identity";
import { printable } from "../policies/text/printable";
import { KnownError } from "./io/errors";
import type { Clue } from "./proof/outcome";
import { type Candidate, TYPES } from "./proof/plan";
import { buildReport } from "./report/build";
import type { ReportFinding, ReportIdentity } from "./report/shapes";
import { type AuditOptions, type Doubt, type OpenAccount, readChosen, sayDoubt } from "./sources/account";

/** What somebody wants to see proved. */
export interface Wish {
  /** As written. */
  readonly identities: readonly string[];
  /** The address to send from, as written. */
  readonly from: string | undefined;
  /** The set that is named with each mail. */
  readonly configurationSet: string | undefined;
  /** Makes an address that is nobody's. */
  readonly run: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

interface Sender {
  readonly identity: string;
  /** Addresses that it may send from, the better first. */
  readonly addresses: readonly string[];
}

/**
 * The identities with their channels, each with an address that is governed by it and by no other (F8); and what an
 * audit finds about them. Reads only these. Throws `KnownError` where one is not there, can't send or can't be read.
 */
export async function readCandidates(
  account: OpenAccount,
  wish: Wish,
  options: Pick<AuditOptions, "clock" | "onCall" | "signal">,
): Promise<{ candidates: Candidate[]; clues: Clue[] }> {
  const senders = sendersFor(wish);
  const identities = [
    ...new Set(senders.flatMap(({ identity, addresses }) => [identity, ...addresses.flatMap(nearer(identity))])),
  ];
  const { configurationSet } = wish;
  const sets = configurationSet === undefined ? [] : [configurationSet];
  const { stacks, doubts } = await readChosen(account, { identities, sets }, options);
  checkDoubts(doubts, options.signal);
  const config = {
    ...DEFAULT_CONFIG,
    sendTimeConfigurationSets: sets.map((name) => ({
      configurationSet: name,
      identities,
      reason: "--configuration-set",
    })),
  };
  const { identities: found, findings } = buildReport(stacks, config, { today: wish.today, version: "" });
  const byName = new Map(found.map((one) => [one.identity, one]));
  const region = account.regions[0] ?? "";
  const candidates = senders.map((sender) => {
    const identity = byName.get(printable(sender.identity));
    if (identity === undefined) {
      throw new KnownError(`${printable(sender.identity)}: there is no identity of that name in ${region}`);
    }
    checkSending(identity, findings, configurationSet);
    return candidateOf(sender, identity, byName);
  });
  return { candidates, clues: cluesIn(findings) };
}

function sendersFor({ identities, from, run }: Wish): Sender[] {
  const names = new Map(identities.map((written) => [normaliseIdentity(written).name, normaliseIdentity(written)]));
  const [first] = names.values();
  if (from !== undefined && (names.size > 1 || first?.kind === "address")) {
    throw new KnownError("--from is for one domain; an address sends from itself");
  }
  return [...names.values()].map((name): Sender => {
    if (!/^(?:[^\s@]+@)?[^\s@/]+\.[^\s@/]+$/.test(name.name)) {
      throw new KnownError(`${printable(name.name.slice(0, 80))}: expected a domain or an address`);
    }
    if (name.kind === "address") return { identity: name.name, addresses: [name.name] };
    if (from === undefined) {
      const locals = ["ses-guard-verify", `ses-guard-verify-${run}`];
      return { identity: name.name, addresses: locals.map((local) => `${local}@${name.name}`) };
    }
    const address = normaliseIdentity(from);
    if (address.kind !== "address" || !covers(name, from)) {
      throw new KnownError(`--from ${printable(from.slice(0, 80))}: expected an address of ${printable(name.name)}`);
    }
    return { identity: name.name, addresses: [address.name] };
  });
}

/** Names between an address and the identity: whichever of them is an identity governs the address in its place. */
function nearer(identity: string): (address: string) => string[] {
  return (address) => {
    const names = [address, ...ancestorsOf(normaliseIdentity(address))];
    return names.slice(0, Math.max(names.indexOf(identity), 0));
  };
}

/** Calls without which nobody knows all channels of an identity, or which identity governs an address. */
const NEEDED: ReadonlySet<string> = new Set([
  "sesv2:GetEmailIdentity",
  "ses:GetIdentityNotificationAttributes",
  "sesv2:GetConfigurationSetEventDestinations",
]);

function checkDoubts(doubts: readonly Doubt[], signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new KnownError("interrupted: nothing was made or sent");
  const doubt = doubts.find(({ operation }) => NEEDED.has(operation));
  if (doubt) throw new KnownError(`the channels can't be read (${doubt.operation}): ${sayDoubt(doubt)}`);
}

/** Says it before anything is made, where an audit tells that SES takes no mail. A set that is named is used in place of the default one. */
function checkSending({ identity }: ReportIdentity, findings: readonly ReportFinding[], set: string | undefined): void {
  const blocking = ["verification-lost", ...(set === undefined ? ["missing-configuration-set"] : [])];
  const blocker = findings.find(
    (one) => blocking.includes(one.rule) && one.verdict === "violation" && one.identity === identity,
  );
  if (blocker) throw new KnownError(`nothing can be sent: ${blocker.message}`);
}

function candidateOf(sender: Sender, found: ReportIdentity, byName: ReadonlyMap<string, unknown>): Candidate {
  const { identity, addresses } = sender;
  const isOwn = (address: string) => nearer(identity)(address).every((name) => !byName.has(printable(name)));
  const from = addresses.find(isOwn);
  if (from === undefined) {
    const [address = ""] = addresses;
    const other = nearer(identity)(address).find((name) => byName.has(printable(name)));
    throw new KnownError(
      `mail from ${printable(address)} would show what ${printable(other ?? "")} does, which is an identity of its own, and not what ${printable(identity)} does; give another --from, or verify ${printable(other ?? "")}`,
    );
  }
  const { bounce, complaint, delivery } = found;
  const unknown = TYPES.find((type) =>
    found[type].some(({ channel, target }) => channel !== "forwarding" && target === null),
  );
  if (unknown) throw new KnownError(`${printable(identity)}: where its feedback goes can't be read (${unknown})`);
  return { identity, from, channels: { bounce, complaint, delivery } };
}

/** What is certain before what is not. */
function cluesIn(findings: readonly ReportFinding[]): Clue[] {
  return [...findings]
    .sort((a, b) => Number(a.verdict === "unverified") - Number(b.verdict === "unverified"))
    .map(({ rule, urn, identity, message }) => ({
      rule,
      about: (urn ?? "").slice((urn ?? "").lastIndexOf("/") + 1),
      identity,
      message,
    }));
}
