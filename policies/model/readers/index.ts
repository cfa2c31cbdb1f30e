import type { Reader } from "../inventory/facts";
import { EVENTS } from "./events";
import { IAM } from "./iam";
import { KMS } from "./kms";
import { LAMBDA } from "./lambda";
import { SES } from "./ses";
import { SETS } from "./sets";
import { SNS } from "./sns";
import { SQS } from "./sqs";

/** Every resource type that the model reads. */
export const READERS: ReadonlyMap<string, Reader> = new Map(
  [SES, SETS, SNS, SQS, LAMBDA, KMS, IAM, EVENTS].flatMap((table) => Object.entries(table)),
);
