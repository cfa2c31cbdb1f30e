/**
 * What is done about feedback: suppress, publish, remember, and say which messages failed.
 *
 * - A message that can't be read fails, so that the queue moves it to the dead letters: nothing is lost.
 * - Every step may be repeated: suppressing twice is suppressing once, and the table is asked by `feedbackId`.
 */
import { type Feedback, type Json, readFeedback, UnreadableMessage } from "./read";

/** Calls to AWS. `has` and `store` are there where a table is, `publish` where a bus is. */
export interface Services {
  suppress?(address: string, reason: "BOUNCE" | "COMPLAINT"): Promise<void>;
  has?(feedbackId: string): Promise<boolean>;
  store?(feedback: Feedback): Promise<void>;
  publish?(feedback: Feedback): Promise<void>;
}

interface QueueRecord {
  messageId: string;
  body: string;
}
interface TopicRecord {
  Sns: { Message: string };
}
export interface LambdaEvent {
  Records: (QueueRecord | TopicRecord)[];
}
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

/**
 * Suppresses, publishes, then remembers, in this order: a crash in between repeats a step, and never leaves one out.
 *
 * @returns false where it was done before
 */
export async function act(feedback: Feedback, services: Services): Promise<boolean> {
  if (await services.has?.(feedback.feedbackId)) return false;
  const { suppress } = services;
  const suppressed = suppress === undefined ? [] : feedback.suppressed;
  for (const address of suppressed) await suppress?.(address, feedback.type === "Complaint" ? "COMPLAINT" : "BOUNCE");
  const result = { ...feedback, suppressed };
  await services.publish?.(result);
  await services.store?.(result);
  return true;
}

/**
 * A Lambda function over these services. Called by a queue it reports the messages that failed, so that the others
 * are not repeated; called by a topic it throws, so that Lambda repeats the call.
 */
export function createHandler(
  services: Services,
  log: (line: Json) => void = (line) => console.log(JSON.stringify(line)),
): (event: LambdaEvent) => Promise<BatchResponse> {
  // Duplicates mostly come close together. What is forgotten is at worst done again.
  const done = new Set<string>();

  async function one(text: string): Promise<void> {
    const feedback = readFeedback(text);
    if (feedback === null || done.has(feedback.feedbackId)) return;
    const isNew = await act(feedback, services);
    if (done.size >= 10_000) done.clear();
    done.add(feedback.feedbackId);
    const { feedbackId, type, reason, detail, suppressed, recipients } = feedback;
    const counts = { recipients: recipients.length, suppressed: services.suppress ? suppressed.length : 0 };
    log({ feedbackId, type, reason, detail, ...counts, duplicate: !isNew });
  }

  return async (event) => {
    const batchItemFailures: BatchResponse["batchItemFailures"] = [];
    for (const record of event.Records) {
      const fromQueue = "body" in record;
      try {
        await one(fromQueue ? record.body : record.Sns.Message);
      } catch (error) {
        const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
        const unreadable = error instanceof UnreadableMessage;
        // Errors of services may quote addresses.
        log({ error: unreadable ? message : name, message: fromQueue ? record.messageId : null });
        if (!fromQueue) throw error;
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  };
}
