import { type AttributeValue, ScanCommand } from "@aws-sdk/client-dynamodb";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { awsServices } from "../../components/handler/aws";
import { createHandler } from "../../components/handler/batch";
import { CONTEXT, SETTINGS } from "../handler/support";
import { findEmulator, type Running, skipped, startEmulator } from "./server";
import { type Clients, clientsOf, deploy, type Environment, receive, send } from "./stack";

const command = findEmulator("ministack");
const title = "from mail to suppression list and table, on ministack";

if (command === undefined) {
  test.skip(`${title} ${skipped("ministack")}`, () => {});
} else {
  describe(title, () => {
    let emulator: Running;
    let clients: Clients;
    let env: Environment;
    const before = { ...process.env };

    beforeAll(async () => {
      emulator = await startEmulator("ministack", command);
      // The handler makes its own clients, as it does in Lambda.
      Object.assign(process.env, {
        AWS_ENDPOINT_URL: emulator.endpoint,
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
      });
      clients = clientsOf(emulator.endpoint);
      env = await deploy(clients);
      expect(env).toMatchObject({ SUPPRESS: "true", TABLE_NAME: expect.stringMatching("feedback") });
    });
    afterAll(async () => {
      process.env = before;
      await emulator?.stop();
    });

    /** A process of the function. The emulator has no suppression list: that client alone is a stand-in. */
    function start(refusal?: string) {
      const suppressed: unknown[] = [];
      const lines: Record<string, unknown>[] = [];
      class SESv2Client {
        async send({ input }: { input: unknown }) {
          if (refusal !== undefined) throw Object.assign(new Error(), { name: refusal });
          suppressed.push(input);
          return {};
        }
      }
      class PutSuppressedDestinationCommand {
        constructor(readonly input: unknown) {}
      }
      const load = (module: string) =>
        module === "@aws-sdk/client-sesv2" ? { SESv2Client, PutSuppressedDestinationCommand } : require(module);
      const clock = {
        now: Date.now,
        random: Math.random,
        sleep: (ms: number) => new Promise<void>((r) => setTimeout(r, ms)),
      };
      const services = awsServices(env, load, clock);
      const handler = createHandler({ services, settings: SETTINGS, clock, log: (line) => lines.push(line) });
      return { handler, suppressed, lines };
    }

    /** What Lambda's poller does: hands over what waits, deletes what did not fail, and has a handle of what did. */
    async function poll({ handler }: ReturnType<typeof start>): Promise<{ bodies: string[]; failed: string[] }> {
      const messages = await receive(clients, env.QUEUE_URL);
      const Records = messages.map(({ MessageId = "", ReceiptHandle = "", Body = "", Attributes = {} }) => ({
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: { ApproximateReceiveCount: Attributes.ApproximateReceiveCount ?? "1" },
      }));
      const { batchItemFailures } = await handler({ Records }, CONTEXT);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const { messageId, receiptHandle: ReceiptHandle } of Records) {
        if (failed.has(messageId)) continue;
        await clients.sqs.send(new sqs.DeleteMessageCommand({ QueueUrl: env.QUEUE_URL, ReceiptHandle }));
      }
      const handles = Records.flatMap(({ messageId, receiptHandle }) => (failed.has(messageId) ? receiptHandle : []));
      return { bodies: Records.map(({ body }) => body), failed: handles };
    }

    async function items(): Promise<Record<string, AttributeValue>[]> {
      const { Items = [] } = await clients.dynamodb.send(new ScanCommand({ TableName: env.TABLE_NAME }));
      return Items;
    }

    test.each([
      ["bounce", "Bounce", "General", "BOUNCE"],
      ["suppressionlist", "Bounce", "Suppressed", "BOUNCE"],
      ["complaint", "Complaint", undefined, "COMPLAINT"],
    ])("mail to %s@", async (mailbox, type, detail, Reason) => {
      const address = `${mailbox}@simulator.amazonses.com`;
      const messageId = await send(clients, address);
      expect(messageId).not.toBe("");

      const first = start();
      const { bodies, failed } = await poll(first);
      expect(bodies).toHaveLength(1);
      expect(failed).toEqual([]);
      expect(first.suppressed).toEqual([{ EmailAddress: address, Reason }]);
      const stored = (await items()).filter((item) => item.messageId?.S === messageId);
      expect(stored).toEqual([
        expect.objectContaining({
          id: { S: expect.stringMatching(`^${type}/`) },
          type: { S: type },
          source: { S: "sender@example.com" },
          recipients: { L: [{ S: address }] },
          suppressed: { L: [{ S: address }] },
          unresolved: { N: "0" },
        }),
      ]);
      expect(stored[0]?.detail?.S).toBe(detail);
      expect(await items()).toContainEqual(
        expect.objectContaining({
          id: { S: `recipient/${address}` },
          address: { S: address },
          suppressedFor: { S: Reason },
          cause: stored[0]?.id,
        }),
      );

      // The same message once more, in another process: the table knows it.
      const count = (await items()).length;
      await clients.sqs.send(new sqs.SendMessageCommand({ QueueUrl: env.QUEUE_URL, MessageBody: bodies[0] ?? "" }));
      const second = start();
      expect(await poll(second)).toEqual({ bodies, failed: [] });
      expect(second.suppressed).toEqual([]);
      expect(second.lines.at(-1)).toEqual({ messages: 1, duplicate: 1 });
      expect(await items()).toHaveLength(count);
    });

    test("what can't be read is a dead letter at once, with the reason", async () => {
      const { Topics = [] } = await clients.sns.send(new sns.ListTopicsCommand({}));
      await clients.sns.send(new sns.PublishCommand({ TopicArn: Topics[0]?.TopicArn, Message: "hello" }));
      const { bodies, failed } = await poll(start());
      expect(failed).toEqual([]);
      const dead = await receive(clients, env.DEAD_LETTER_QUEUE_URL);
      expect(dead.map(({ Body, MessageAttributes }) => [Body, MessageAttributes?.reason?.StringValue])).toEqual([
        [bodies[0], "unreadable: not JSON"],
      ]);
    });

    test("a message that fails stays in the queue, out of sight for longer, and a later process does it", async () => {
      const address = "bounce@simulator.amazonses.com";
      const messageId = await send(clients, address);
      const failing = start("AccessDeniedException");
      const { failed } = await poll(failing);
      expect(failed).toHaveLength(1);
      expect(failing.lines.at(-1)).toEqual({ messages: 1, failed: 1 });
      expect((await items()).filter((item) => item.messageId?.S === messageId)).toEqual([]);
      expect(await receive(clients, env.QUEUE_URL)).toEqual([]);

      // Time passes.
      const visible = { QueueUrl: env.QUEUE_URL, ReceiptHandle: failed[0], VisibilityTimeout: 0 };
      await clients.sqs.send(new sqs.ChangeMessageVisibilityCommand(visible));
      const later = start();
      expect((await poll(later)).failed).toEqual([]);
      expect(later.suppressed).toEqual([{ EmailAddress: address, Reason: "BOUNCE" }]);
      expect((await items()).filter((item) => item.messageId?.S === messageId)).toHaveLength(1);
    });
  });
}
