import { arnIn, type Home, type Mark, markIn, PREFIX } from "./names";
import { StepFailure, type Steps } from "./steps";
import { type Left, removeQueue, removeRule, removeSubscriptions, type Thing, topicsIn } from "./things";

/** Something that an earlier run left, and what its tags say. */
export interface Leftover extends Thing {
  readonly mark: Mark;
  /** Of a queue. */
  readonly url?: string;
}

/** What a clean-up did, or with `dryRun` would do. */
export interface CleanUp extends Home {
  readonly dryRun: boolean;
  readonly removed: readonly Leftover[];
  /** A run may be using it. */
  readonly kept: readonly Leftover[];
  readonly left: readonly Left[];
}

/** Every queue and rule of the Region that has the name and the tags of a proof. */
export async function findLeftovers(steps: Steps, home: Home): Promise<Leftover[]> {
  const urls = await steps.list(
    "sqs:ListQueues",
    { QueueNamePrefix: PREFIX, MaxResults: 100 },
    (page) => page.QueueUrls,
  );
  const found: Leftover[] = [];
  for (const url of urls) {
    const name = url.slice(url.lastIndexOf("/") + 1);
    const { Tags = {} } = (await ifThere(() => steps.do("sqs:ListQueueTags", { QueueUrl: url }))) ?? {};
    const mark = markIn(Tags);
    if (name.startsWith(PREFIX) && mark !== undefined) found.push({ kind: "queue", name, url, mark });
  }
  const rules = await steps.list("events:ListRules", { NamePrefix: PREFIX, Limit: 100 }, (page) => page.Rules);
  for (const { Name: name = "", Arn = arnIn(home, "events", `rule/${name}`) } of rules) {
    const listed = await ifThere(() => steps.do("events:ListTagsForResource", { ResourceARN: Arn }));
    const mark = markIn(Object.fromEntries((listed?.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])));
    if (name.startsWith(PREFIX) && mark !== undefined) found.push({ kind: "rule", name, mark });
  }
  return found;
}

/** Removes them, each queue with its subscriptions, and gives what could not be removed. */
export async function removeLeftovers(steps: Steps, home: Home, leftovers: readonly Leftover[]): Promise<Left[]> {
  const left: Left[] = [];
  for (const { kind, name, url } of leftovers) {
    try {
      if (kind === "rule") await removeRule(steps, name);
      else await removeWithSubscriptions(steps, home, name, url);
    } catch (error) {
      left.push({ kind, name, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return left;
}

/** The queue last: by its tags it is found again where a subscription can't be removed. */
async function removeWithSubscriptions(steps: Steps, home: Home, name: string, url = ""): Promise<void> {
  const policy = await ifThere(() => steps.do("sqs:GetQueueAttributes", { QueueUrl: url, AttributeNames: ["Policy"] }));
  for (const topic of topicsIn(policy?.Attributes?.Policy ?? "")) {
    await removeSubscriptions(steps, topic, arnIn(home, "sqs", name));
  }
  await removeQueue(steps, name, url);
}

/** Undefined for what went away meanwhile. */
async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StepFailure && error.isAbsence) return undefined;
    throw error;
  }
}
