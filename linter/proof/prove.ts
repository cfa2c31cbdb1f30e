import { EVENTS } from "../../policies/generated/facts";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import type { Clock } from "../sources/account/limits";
import type { ProofApi } from "./client";
import type { Ledger } from "./ledger";
import { arnIn, TARGET, tagsOf } from "./names";
import { readNotification } from "./notification";
import { type FeedbackType, type Mail, mailsOf, type Plan, type Trial } from "./plan";
import { Interrupted, StepFailure, Steps } from "./steps";
import { type Left, queuePolicy, removeQueue, removeRule, removeSubscription, removeSubscriptions } from "./things";
import { Watch } from "./watch";

export interface Tools {
  readonly api: ProofApi;
  readonly clock: Clock;
  /** The date, for the tags. */
  readonly now: Date;
  /** Whose credentials these are. */
  readonly by: string;
  /** Ends the run; what was made is taken away first. */
  readonly signal: AbortSignal;
  /** Told what it is doing. */
  readonly onStep: (text: string) => void;
}

export interface Proof {
  readonly watch: Watch;
  /** What could not be removed. */
  readonly left: readonly Left[];
}

/** SES lets a new account send one mail a second. Source: Amazon SES Developer Guide, service quotas. */
const BETWEEN_MAILS = 1_100;
/** How long it waits for what nobody promises, once everything else has come. */
const GRACE = 30_000;
/** What the queue keeps of the feedback of others, at most. */
const RETENTION_SECONDS = 3_600;
/** A message comes again after it where the answer that held it was lost on the way. */
const INVISIBLE_SECONDS = 20;
/** Messages that one call reads. Source: Amazon SQS API reference, ReceiveMessage. */
const PAGE = 10;
const MAX_HANDS = 16;
const TOO_MUCH =
  "the topics carry more feedback on other mail than could be read, so what is missing can't be told; give a longer --timeout";
/** From the last wait to the end of the clean-up, generously. */
const REMOVAL_SECONDS = 300;

/** Feedback types as EventBridge names them (F16). */
const DETAIL_TYPES: Readonly<Record<FeedbackType, string>> = {
  bounce: EVENTS.BOUNCE.detailType,
  complaint: EVENTS.COMPLAINT.detailType,
  delivery: EVENTS.DELIVERY.detailType,
};

/**
 * Makes what the plan says, sends its mails, waits, and takes everything away again, whatever happens.
 * @param ledger what there is at any moment, for whoever has to end at once
 * @throws KnownError where a step failed, after the removal
 */
export async function prove(plan: Plan, tools: Tools, ledger: Ledger): Promise<Proof> {
  const run = new Run(plan, tools, ledger);
  let failure: unknown;
  try {
    await run.make();
    await run.sendAndWait();
  } catch (error) {
    failure = error;
  }
  tools.onStep("removing what was made");
  const left = await ledger.removeAll();
  if (failure !== undefined) throw asKnown(failure, run.watch.sent.length, left);
  return { watch: run.watch, left };
}

function asKnown(failure: unknown, mails: number, left: readonly Left[]): unknown {
  const rest = left.length === 0 ? "everything that was made is removed again" : sayLeft(left);
  const sent = `${countMails(mails)} ${mails === 1 ? "was" : "were"} sent`;
  if (failure instanceof Interrupted) return new KnownError(`interrupted: ${sent}, ${rest}`);
  if (failure instanceof StepFailure || failure instanceof KnownError) {
    return new KnownError(`${failure.message} (${sent}, ${rest})`);
  }
  // Not ours to explain; but what is left must be said.
  return left.length === 0 ? failure : new KnownError(`${printable(String(failure))} (${rest})`);
}

function countMails(mails: number): string {
  return mails === 1 ? "1 mail" : `${mails === 0 ? "no" : mails} mails`;
}

function sayRefusal(failure: StepFailure): string {
  return failure.isAbsence ? "there is no such topic any more, so nothing can arrive by it" : failure.message;
}

/** What is left behind, and how it goes away. */
export function sayLeft(left: readonly { kind: string; name: string; problem?: string }[]): string {
  const things = left.map(({ kind, name, problem }) => {
    return printable(`${kind} ${name}${problem === undefined ? "" : `: ${problem}`}`);
  });
  return `left behind: ${things.join("; ")}; \`ses-guard verify --clean-up\` removes it`;
}

class Run {
  readonly watch: Watch;
  private readonly steps: Steps;
  private queueUrl = "";
  private hands = 1;
  private isBehind = false;

  constructor(
    private readonly plan: Plan,
    private readonly tools: Tools,
    private readonly ledger: Ledger,
  ) {
    this.watch = new Watch(plan);
    this.steps = new Steps(tools.api, tools.clock, plan.region);
  }

  async make(): Promise<void> {
    const { plan, tools } = this;
    const { settleSeconds, timeoutSeconds } = plan;
    const seconds = settleSeconds + timeoutSeconds + (mailsOf(plan).length * BETWEEN_MAILS) / 1000 + REMOVAL_SECONDS;
    const tags = tagsOf({ run: plan.run, by: tools.by, until: new Date(tools.now.getTime() + seconds * 1000) });
    tools.onStep("making the queue");
    await this.makeQueue(tags);
    for (const topic of plan.topics) {
      await this.subscribe(topic).catch((error: unknown) => {
        throw error instanceof StepFailure ? new KnownError(printable(`topic ${topic}: ${sayRefusal(error)}`)) : error;
      });
    }
    if (plan.busTypes.length > 0) await this.makeRule(tags);
    for (let left = settleSeconds; left > 0; left--) {
      tools.onStep(`waiting ${left} s until that is in effect`);
      await tools.clock.sleep(1000, tools.signal);
    }
  }

  private async makeQueue(tags: Record<string, string>): Promise<void> {
    const { plan, steps } = this;
    const { name, topics, busTypes } = plan;
    const Attributes = {
      MessageRetentionPeriod: String(RETENTION_SECONDS),
      SqsManagedSseEnabled: "true",
      Policy: queuePolicy(plan, name, topics, busTypes.length > 0),
    };
    let url: string | undefined;
    const made = await this.ledger.make({ kind: "queue", name, remove: () => removeQueue(steps, name, url) }, () =>
      steps.do("sqs:CreateQueue", { QueueName: name, Attributes, tags }, this.begin),
    );
    url = made.QueueUrl;
    this.queueUrl = url ?? "";
  }

  private async subscribe(topic: string): Promise<void> {
    const { plan, steps } = this;
    const queueArn = arnIn(plan, "sqs", plan.name);
    let arn: string | undefined;
    const remove = () =>
      arn === undefined ? removeSubscriptions(steps, topic, queueArn) : removeSubscription(steps, arn);
    const made = await this.ledger.make({ kind: "subscription", name: `of ${plan.name} to ${topic}`, remove }, () =>
      steps.do(
        "sns:Subscribe",
        { TopicArn: topic, Protocol: "sqs", Endpoint: queueArn, ReturnSubscriptionArn: true },
        this.begin,
      ),
    );
    arn = made.SubscriptionArn?.startsWith("arn:") ? made.SubscriptionArn : undefined;
  }

  private async makeRule(tags: Record<string, string>): Promise<void> {
    const { plan, steps } = this;
    const { name } = plan;
    const EventPattern = JSON.stringify({
      source: ["aws.ses"],
      "detail-type": plan.busTypes.map((type) => DETAIL_TYPES[type]),
    });
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    await this.ledger.make({ kind: "rule", name, remove: () => removeRule(steps, name) }, () =>
      steps.do("events:PutRule", { Name: name, EventPattern, Tags }, this.begin),
    );
    const targets = { Rule: name, Targets: [{ Id: TARGET, Arn: arnIn(plan, "sqs", name) }] };
    const { FailedEntries = [] } = await steps.do("events:PutTargets", targets, this.begin);
    const [failed] = FailedEntries;
    if (failed) throw new KnownError(`events:PutTargets failed with ${printable(failed.ErrorCode ?? "an error")}`);
  }

  /** Mails go out at the pace that every account may send; what comes back is read all the while. */
  async sendAndWait(): Promise<void> {
    const { plan, tools, watch } = this;
    const { clock } = tools;
    const queue = plan.trials.flatMap((trial) => trial.mails.map((mail) => ({ trial, mail })));
    let last = clock.now();
    let next = last;
    for (;;) {
      if (queue.length > 0 && clock.now() >= next) {
        const { trial, mail } = queue.shift() ?? {};
        if (trial && mail) await this.send(trial, mail);
        last = clock.now();
        next = last + BETWEEN_MAILS;
      }
      const { expected, arrived } = watch.count(true);
      const seconds = Math.round((clock.now() - last) / 1000);
      tools.onStep(
        `${countMails(watch.sent.length)} sent, ${arrived} of ${expected} notifications arrived, ${seconds} s`,
      );
      if (queue.length === 0 && this.isOver(last)) return;
      await this.receive(queue.length > 0 ? 1 : this.pollSeconds(last));
    }
  }

  private async send(trial: Trial, mail: Mail): Promise<void> {
    const { configurationSet } = this.plan;
    const { MessageId: messageId } = await this.steps.do(
      "ses:SendEmail",
      {
        Source: trial.from,
        Destination: { ToAddresses: [mail.recipient] },
        Message: {
          Subject: { Data: "ses-guard verify" },
          Body: { Text: { Data: "ses-guard verify: a test of who hears of bounces and complaints." } },
        },
        ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
      },
      // Never twice: one that failed on the way may have been sent.
      { ...this.begin, repeatable: false },
    );
    if (messageId === undefined) throw new KnownError("ses:SendEmail gave no id of the mail");
    this.watch.sent.push({ trial, mail, messageId, at: this.tools.clock.now() });
  }

  private isOver(last: number): boolean {
    const { clock } = this.tools;
    const waited = clock.now() - last;
    const isLate = waited >= this.plan.timeoutSeconds * 1000;
    const certain = this.watch.count(true);
    if (certain.arrived < certain.expected) {
      // What has not been read may hold it: that is no answer.
      if (isLate && this.isBehind) throw new KnownError(TOO_MUCH);
      return isLate;
    }
    const others = this.watch.count(false);
    return isLate || others.arrived === others.expected || waited >= GRACE;
  }

  private pollSeconds(last: number): number {
    const left = this.plan.timeoutSeconds - (this.tools.clock.now() - last) / 1000;
    return Math.max(1, Math.min(5, Math.floor(left)));
  }

  /** By more hands at a time, as long as each of them comes back full: a topic may carry much that is not ours. */
  private async receive(waitSeconds: number): Promise<void> {
    const counts = await Promise.all(Array.from({ length: this.hands }, () => this.receivePage(waitSeconds)));
    this.isBehind = counts.every((count) => count === PAGE);
    this.hands = this.isBehind ? Math.min(this.hands * 2, MAX_HANDS) : 1;
  }

  /** How many messages there were. */
  private async receivePage(WaitTimeSeconds: number): Promise<number> {
    const { Messages = [] } = await this.steps.do(
      "sqs:ReceiveMessage",
      {
        QueueUrl: this.queueUrl,
        MaxNumberOfMessages: PAGE,
        WaitTimeSeconds,
        VisibilityTimeout: INVISIBLE_SECONDS,
      },
      { ...this.begin, waits: true },
    );
    const at = this.tools.clock.now();
    for (const { Body = "" } of Messages) {
      const notification = readNotification(Body);
      if (notification) this.watch.see(notification, at);
    }
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    // What is not deleted comes again, and is known.
    if (Entries.length > 0) {
      await this.steps.do("sqs:DeleteMessageBatch", { QueueUrl: this.queueUrl, Entries }, this.begin);
    }
    return Messages.length;
  }

  private get begin() {
    return { signal: this.tools.signal };
  }
}
