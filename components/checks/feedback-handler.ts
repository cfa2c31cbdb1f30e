import type { FeedbackHandlerArgs } from "../args/feedback-handler";
import { arnParts, parseArn } from "../parts/names";
import type { Problem } from "./problem";
import { isElsewhere, otherRegion } from "./region";
import { show } from "./show";

/** What the queue keeps messages for, by default and at most. Source: Amazon SQS, quotas of messages. */
export const LONGEST_RETENTION_SECONDS = 1_209_600;
export const DEFAULT_RECEIVES = 5;
export const DEFAULT_BATCH = 10;

/** Between attempts the function waits one minute, then four times as long each, up to half an hour. */
const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 1_800;

// Lambda's limit is 4 KB for all variables together. Source: AWS Lambda, quotas.
const LONGEST_TOPIC_LIST = 3_000;

/** What the types allow and the handler can't do. */
export function handlerProblems(args: Partial<FeedbackHandlerArgs>): Problem[] {
  return [...watchProblems(args), ...tableProblems(args), ...retentionProblems(args), ...topicProblems(args)];
}

/** Somebody hears of dead letters, or somebody says that nobody does. */
function watchProblems({ alarmTopicArn, unwatched }: Partial<FeedbackHandlerArgs>): Problem[] {
  if (alarmTopicArn === undefined && unwatched !== true) {
    const allowed =
      'the ARN of a topic that hears when dead letters pile up, such as "arn:aws:sns:us-east-1:123456789012:alarms"; or unwatched: true, which says that nobody does';
    return [{ path: "alarmTopicArn", given: "missing", allowed }];
  }
  if (alarmTopicArn === undefined || unwatched !== true) return [];
  return [{ path: "unwatched", given: "true beside alarmTopicArn", allowed: "one of them" }];
}

function tableProblems({ table, tableArn, tableTtlDays }: Partial<FeedbackHandlerArgs>): Problem[] {
  const problems: Problem[] = [];
  if (table === true && tableArn !== undefined) {
    problems.push({ path: "table", given: "true beside tableArn", allowed: "a table that is made, or one of yours" });
  }
  if (tableTtlDays !== undefined && table === false && tableArn === undefined) {
    problems.push({ path: "tableTtlDays", given: "a time without a table", allowed: "a time beside a table" });
  }
  return problems;
}

/** A message that expires before its last attempt is lost instead of a dead letter. */
function retentionProblems(args: Partial<FeedbackHandlerArgs>): Problem[] {
  const { batchSize = DEFAULT_BATCH } = args;
  const retention = args.messageRetentionSeconds ?? LONGEST_RETENTION_SECONDS;
  const receives = args.maxReceiveCount ?? DEFAULT_RECEIVES;
  if (typeof retention !== "number" || typeof receives !== "number" || typeof batchSize !== "number") return [];
  const needed = secondsFor(receives, visibilityFor(batchSize));
  if (retention > needed) return [];
  return [
    {
      path: args.messageRetentionSeconds === undefined ? "maxReceiveCount" : "messageRetentionSeconds",
      given: `${retention} seconds for ${receives} attempts`,
      allowed: `more than the ${needed} seconds that they may take, or a message expires before it is a dead letter`,
    },
  ];
}

function secondsFor(receives: number, visibility: number): number {
  let seconds = 0;
  for (let attempt = 0; attempt < receives; attempt++) {
    seconds += Math.max(visibility, Math.min(FIRST_WAIT_SECONDS * 4 ** attempt, LONGEST_WAIT_SECONDS));
  }
  return seconds;
}

/** The function takes a minute, or half a second for each message of a batch where that is more. */
export function timeoutFor(batchSize: number): number {
  return Math.max(60, Math.ceil(batchSize / 2));
}

/** Lambda asks for six times the function's timeout. Source: Lambda, "Using Lambda with Amazon SQS". */
export function visibilityFor(batchSize: number): number {
  return 6 * timeoutFor(batchSize);
}

function topicProblems({ topicArns, topicRegions }: Partial<FeedbackHandlerArgs>): Problem[] {
  const problems: Problem[] = [];
  if (topicArns !== undefined && topicRegions !== undefined) {
    const allowed = "topics, whose ARNs name their Regions, or whole Regions";
    problems.push({ path: "topicRegions", given: "Regions beside topicArns", allowed });
  }
  if (topicArns?.length === 0) {
    problems.push({ path: "topicArns", given: "an empty list", allowed: "at least one topic, or no list" });
  }
  const known = (topicArns ?? []).filter((arn) => typeof arn === "string");
  if (known.join().length > LONGEST_TOPIC_LIST) {
    const allowed = `at most ${LONGEST_TOPIC_LIST} characters of ARNs; a FeedbackTopic serves any number of identities`;
    problems.push({ path: "topicArns", given: `${known.length} topics`, allowed });
  }
  return problems;
}

/** What must be in the handler's Region, and is known not to be. */
export function handlerRegionProblems(args: Partial<FeedbackHandlerArgs>, region: string): Problem[] {
  const problems: Problem[] = [];
  const refuse = (path: string, arn: unknown, what: string) => {
    if (isElsewhere(arn, region)) problems.push(otherRegion(path, arn, region, what));
  };
  refuse("alarmTopicArn", args.alarmTopicArn, "a topic");
  refuse("eventBusArn", args.eventBusArn, "a bus");
  refuse("tableArn", args.tableArn, "a table");
  refuse("kmsKeyId", args.kmsKeyId, "a key");
  if (args.topicRegions?.includes(region)) {
    const allowed = "other Regions than the handler's own, which is admitted anyway";
    problems.push({ path: "topicRegions", given: show(region), allowed });
  }
  return problems;
}

/** Regions of the topics that may send, beside the queue's own. */
export function otherTopicRegions(
  { topicArns, topicRegions }: { topicArns?: readonly string[]; topicRegions?: readonly string[] },
  region: string,
): string[] {
  const regions = topicArns?.map((arn) => arnParts(arn).region) ?? topicRegions ?? [];
  return [...new Set(regions)].filter((one) => one !== region && one !== "").sort();
}

/** True for the name of a table or bus in another account, which the role could not reach. */
export const isArn = (text: string): boolean => parseArn(text) !== undefined;
