import { FeedbackHandler, MonitoredIdentity, namesOf010 } from "../../components";
import { type Registration, run } from "./program";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:feedback";
const queues = { queues: { handler: QUEUE } };

/** Former names by child. */
async function aliases(program: () => unknown): Promise<Record<string, string[]>> {
  const { resources, error } = await run(program);
  if (error) throw error;
  return Object.fromEntries(
    resources
      .filter(({ parent }) => parent !== undefined)
      .map((resource: Registration) => [
        `${resource.type.split(":").at(-1)} ${resource.name}`,
        resource.options.aliases,
      ]),
  );
}

test("nothing is an alias by itself: a former name may be another component's", async () => {
  const all = await aliases(() => {
    new FeedbackHandler("feedback", { unwatched: true });
    new MonitoredIdentity("example.com", { identity: "example.com", bounces: queues, complaints: queues });
  });
  expect(Object.values(all).flat()).toEqual([]);
});

test("the queue of a handler keeps its name of 0.1.0, and nothing else had another one", async () => {
  const all = await aliases(
    () => new FeedbackHandler("feedback", { unwatched: true }, { transformations: [namesOf010("feedback")] }),
  );
  expect(Object.entries(all).filter(([, names]) => names.length > 0)).toEqual([["Queue feedback-queue", ["feedback"]]]);
});

test("a component called after its domain keeps what had hyphens for its dots", async () => {
  const all = await aliases(
    () =>
      new MonitoredIdentity(
        "example.com",
        { identity: "example.com", bounces: queues, complaints: queues },
        { transformations: [namesOf010("example.com")] },
      ),
  );
  expect(all["EmailIdentity example.com"]).toEqual(["example-com"]);
  expect(all["Topic example.com-bounce"]).toEqual(["example-com-bounce"]);
  expect(all["IdentityNotificationTopic example.com-complaint"]).toEqual(["example-com-complaint"]);
  expect(Object.values(all).filter((names) => names.length === 0)).toEqual([]);
});
