/**
 * The code of `FeedbackHandler`'s function: reads what Amazon SES says about mail that was sent, takes addresses that
 * can't be reached or that complained off the list, and passes everything on, normalised.
 *
 * Bundled into one file, so that it is packaged as it is; the Lambda runtime ships the AWS SDK.
 */
import { type BatchResponse, createHandler, type LambdaEvent } from "./act";
import { awsServices } from "./aws";

let current: ((event: LambdaEvent) => Promise<BatchResponse>) | undefined;

/** Entry point of the function. */
export function handler(event: LambdaEvent): Promise<BatchResponse> {
  current ??= createHandler(awsServices(process.env, require));
  return current(event);
}
