import type { Reader } from "../inventory/facts";
import { bridged } from "./bridged";
import { EVENTS } from "./events";
import { FIREHOSE } from "./firehose";
import { mayHide } from "./hidden";
import { IAM } from "./iam";
import { KMS } from "./kms";
import { LAMBDA } from "./lambda";
import { LIVE } from "./live";
import { SES } from "./ses";
import { SETS } from "./sets";
import { SNS } from "./sns";
import { SQS } from "./sqs";

const OWN_NAMES: ReadonlyMap<string, Reader> = new Map(
  [SES, SETS, SNS, SQS, LAMBDA, KMS, IAM, FIREHOSE, EVENTS, LIVE].flatMap((table) => Object.entries(table)),
);

/** Every resource type that the model reads, under its own and its bridged Terraform name. */
export const READERS: ReadonlyMap<string, Reader> = new Map([...OWN_NAMES, ...Object.entries(bridged(OWN_NAMES))]);

/** Whether rules ask about a type; functions behind a queue are only told of, and of streams only that they are gone. */
export function isJudged(type: string): boolean {
  return READERS.has(type) && !/eventSourceMapping|firehose/i.test(type);
}

/**
 * Whether anything is asked of a resource of the type but who and where it is: of the others, which are most of a state,
 * sources need not keep what they hold.
 */
export function isRead(type: string): boolean {
  return READERS.has(type) || type.startsWith("pulumi:") || mayHide(type);
}
