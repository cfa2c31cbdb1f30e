import { randomBytes } from "node:crypto";
import { findPartition } from "../../policies/model/region";
import { printable } from "../../policies/text/printable";
import { signIn as signInTo } from "../aws/sdk";
import { readCandidates } from "../candidates";
import { type Ask, ask, canAsk } from "../io/ask";
import { KnownError } from "../io/errors";
import { holdSignals } from "../io/interrupt";
import { Progress } from "../io/progress";
import { type ProofApi, proving } from "../proof/client";
import { Ledger } from "../proof/ledger";
import { findLeftovers, removeLeftovers } from "../proof/leftovers";
import type { Home } from "../proof/names";
import { isProven, outcomeOf } from "../proof/outcome";
import { leastPolicy } from "../proof/permissions";
import { mailsOf, type Plan, planFor } from "../proof/plan";
import { type Proof, prove, sayLeft } from "../proof/prove";
import { StepFailure, Steps } from "../proof/steps";
import { cleanUpJson, outcomeJson, planJson } from "../reporters/proof/json";
import { cleanUpText, outcomeText, planText } from "../reporters/proof/text";
import type { OpenAccount } from "../sources/account";
import { CLOCK, type Clock } from "../sources/account/limits";
import { reading } from "../sources/account/sdk";
import { openAccounts, type Session, type SignIn } from "../sources/account/session";
import { checkPlaces } from "../stacks/accounts";

export const VERIFY_FORMATS = ["text", "json"] as const;

/** As they are written. */
export interface VerifyOptions {
  profile?: string;
  roleArn?: string;
  region?: string;
  from?: string;
  configurationSet?: string;
  /** Seconds. */
  timeout?: string;
  format?: (typeof VERIFY_FORMATS)[number];
  dryRun?: boolean;
  yes?: boolean;
  cleanUp?: boolean;
  printPolicy?: boolean;
}

export interface VerifyResult {
  /** For standard output. */
  output: string;
  code: 0 | 1 | 2;
  /** For standard error. */
  notes: string[];
}

/** Both ways into one account. */
export interface ProofSession extends Session {
  proof: ProofApi;
}

/** What a run meets; tests put something else in its place. */
export interface Surroundings {
  connect: (signIn: SignIn) => Promise<ProofSession>;
  clock: Clock;
  now: () => Date;
  /** A name that no other run has. */
  newRun: () => string;
  /** Where somebody can be asked. */
  questions: Ask | undefined;
  /** Shows what is asked about. */
  show: (text: string) => void;
  /** Ends the process. */
  end: (code: number) => void;
}

async function connect({ profile, role }: SignIn): Promise<ProofSession> {
  const { calls, region } = await signInTo({ profile, role, sessionName: "ses-guard-verify" });
  return { api: reading(calls), proof: proving(calls), region };
}

const surroundings = (): Surroundings => ({
  connect,
  clock: CLOCK,
  now: () => new Date(),
  newRun: () => randomBytes(6).toString("hex"),
  questions: canAsk() ? ask : undefined,
  show: (text) => process.stderr.write(text),
  end: (code) => process.exit(code),
});

/**
 * `ses-guard verify`: sends mail to the mailbox simulator in the name of identities, and tells which notifications came
 * back by which channel. Makes a queue with its subscriptions and takes them away again. Throws `KnownError` where it
 * could not run.
 */
export async function verify(
  identities: readonly string[],
  options: VerifyOptions,
  version: string,
  around: Surroundings = surroundings(),
): Promise<VerifyResult> {
  const { roleArn, region, printPolicy, cleanUp, dryRun, yes } = options;
  checkPlaces(roleArn === undefined ? [] : [roleArn], region === undefined ? [] : [region]);
  if (region === "all") throw new KnownError("--region all: verify works in one Region at a time");
  if (printPolicy) return result(leastPolicy(region === undefined ? undefined : findPartition(region)?.id));
  if (cleanUp) {
    if (identities.length > 0) throw new KnownError("--clean-up removes what earlier runs left; name no identities");
    return removeOld(options, version, around);
  }
  if (identities.length === 0) throw new KnownError("verify: name at least one identity, a domain or an address");
  if (!dryRun && !yes && around.questions === undefined) {
    throw new KnownError(
      "verify: there is no terminal to ask on, so nothing is sent; --yes sends, --dry-run shows what",
    );
  }
  return new Verification(options, version, around).run(identities);
}

class Verification {
  private readonly ledger = new Ledger();
  private readonly progress = new Progress();

  constructor(
    private readonly options: VerifyOptions,
    private readonly version: string,
    private readonly around: Surroundings,
  ) {}

  async run(identities: readonly string[]): Promise<VerifyResult> {
    const timeoutSeconds = parseTimeout(this.options.timeout);
    const { account, home, proof } = await open(this.options, this.around);
    const { signal, release } = holdSignals(() => this.sayEnd(), this.around.end);
    try {
      return await this.runIn(home, account, proof, { identities, timeoutSeconds, signal });
    } finally {
      release();
      this.progress.end();
    }
  }

  private async runIn(
    home: Home,
    account: OpenAccount,
    proof: ProofApi,
    {
      identities,
      timeoutSeconds,
      signal,
    }: { identities: readonly string[]; timeoutSeconds: number; signal: AbortSignal },
  ): Promise<VerifyResult> {
    const { around, version } = this;
    const { from, configurationSet, dryRun, format } = this.options;
    const run = around.newRun();
    const now = around.now();
    const { candidates, clues } = await readCandidates(
      account,
      { identities, from, configurationSet, run, today: now.toISOString().slice(0, 10) },
      { clock: around.clock, signal, onCall: (_, operation) => this.progress.show(`reading: ${operation}`) },
    );
    const plan = planFor(home, candidates, { run, configurationSet, timeoutSeconds });
    if (dryRun) return result(format === "json" ? planJson(plan, version) : planText(plan));
    const hasMails = mailsOf(plan).length > 0;
    if (hasMails) await this.confirm(plan, signal);
    const tools = {
      api: proof,
      clock: around.clock,
      now,
      by: account.caller ?? "",
      signal,
      onStep: (text: string) => this.progress.show(text),
    };
    const done: Partial<Proof> = hasMails ? await prove(plan, tools, this.ledger) : {};
    const { watch, left = [] } = done;
    const outcome = outcomeOf(plan, watch, left, clues);
    const output = format === "json" ? outcomeJson(outcome, version) : outcomeText(outcome);
    if (left.length > 0) return { output, code: 2, notes: [sayLeft(left)] };
    return { output, code: isProven(outcome) ? 0 : 1, notes: [] };
  }

  private async confirm(plan: Plan, signal: AbortSignal): Promise<void> {
    const { questions, show } = this.around;
    if (this.options.yes) return;
    this.progress.end();
    show(planText(plan));
    if (await questions?.yesOrNo("Make this and send these mails?", false, signal)) return;
    throw new KnownError("verify: not confirmed, so nothing is made or sent");
  }

  private sayEnd(): string {
    const { things } = this.ledger;
    return things.length === 0 ? "ended; nothing is left behind" : `ended; ${sayLeft(things)}`;
  }
}

async function open(options: VerifyOptions, around: Surroundings) {
  const { profile, roleArn, region } = options;
  let proof: ProofApi | undefined;
  const wanted = {
    ...(profile !== undefined && { profile }),
    roles: roleArn === undefined ? [] : [roleArn],
    regions: region === undefined ? [] : [region],
  };
  const { open: accounts } = await openAccounts(wanted, async (signIn) => {
    const session = await around.connect(signIn);
    proof = session.proof;
    return session;
  });
  const [account] = accounts;
  if (account === undefined || proof === undefined) throw new KnownError("no account could be opened");
  const home: Home = { account: account.id, region: account.regions[0] ?? "", partition: account.partition };
  return { account, home, proof };
}

/** Removes what earlier runs left; what a run may still be using is asked about. */
async function removeOld(options: VerifyOptions, version: string, around: Surroundings): Promise<VerifyResult> {
  const { format, dryRun, yes } = options;
  const { home, proof } = await open(options, around);
  const steps = new Steps(proof, around.clock, home.region);
  try {
    const found = await findLeftovers(steps, home);
    const now = around.now();
    const inUse = found.filter(({ mark }) => mark.until > now);
    const isAll =
      yes || (!dryRun && inUse.length > 0 && (await around.questions?.yesOrNo(sayInUse(inUse.length), false)));
    const removed = found.filter((one) => isAll || !inUse.includes(one));
    const left = dryRun ? [] : await removeLeftovers(steps, home, removed);
    const done = {
      ...home,
      dryRun: dryRun === true,
      removed: removed.filter(({ name, kind }) => !left.some((one) => one.name === name && one.kind === kind)),
      kept: found.filter((one) => !removed.includes(one)),
      left,
    };
    const output = format === "json" ? cleanUpJson(done, version) : cleanUpText(done);
    if (left.length > 0) return { output, code: 2, notes: [sayLeft(left)] };
    return { output, code: done.kept.length > 0 && !dryRun ? 1 : 0, notes: [] };
  } catch (error) {
    if (error instanceof StepFailure) throw new KnownError(error.message);
    throw error;
  }
}

function sayInUse(count: number): string {
  return `${count === 1 ? "1 thing" : `${count} things`} may belong to a run that goes on. Remove that too?`;
}

function result(output: string): VerifyResult {
  return { output, code: 0, notes: [] };
}

const DEFAULT_TIMEOUT = 180;

function parseTimeout(text: string | undefined): number {
  if (text === undefined) return DEFAULT_TIMEOUT;
  const seconds = Number(text);
  if (!(Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600)) {
    throw new KnownError(`--timeout ${printable(text.slice(0, 40))}: expected seconds, from 1 to 3600`);
  }
  return seconds;
}
