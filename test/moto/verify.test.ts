import { type ChildProcess, spawn } from "node:child_process";
import * as ses from "@aws-sdk/client-ses";
import { CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { buildCli, type Cli } from "../support/cli";
import { answerNotifications } from "./proxy";
import { findEmulator, type Running, skipped, startEmulator } from "./server";
import { type Clients, clientsOf, settings } from "./stack";

const command = findEmulator("ministack");
const title = "verify, with real mail and a real topic, on ministack";
const IDENTITY = "example.com";

if (command === undefined) {
  test.skip(`${title} ${skipped("ministack")}`, () => {});
} else {
  describe(title, () => {
    let cli: Cli;
    let emulator: Running;
    let proxy: Running;
    let clients: Clients;
    let topic: string;
    let seen: (action: string) => void | Promise<void> = () => {};

    beforeAll(async () => {
      cli = buildCli();
      emulator = await startEmulator("ministack", command);
      clients = clientsOf(emulator.endpoint);
      const { TopicArn = "" } = await clients.sns.send(new sns.CreateTopicCommand({ Name: "feedback" }));
      topic = TopicArn;
      // The emulator's two versions of the API do not know each other's identities.
      await clients.ses.send(new ses.VerifyDomainIdentityCommand({ Domain: IDENTITY }));
      await new SESv2Client(settings(emulator.endpoint)).send(
        new CreateEmailIdentityCommand({ EmailIdentity: IDENTITY }),
      );
      const Topics = { Bounce: topic, Complaint: topic, Delivery: topic };
      for (const NotificationType of ["Bounce", "Complaint", "Delivery"] as const) {
        await clients.ses.send(
          new ses.SetIdentityNotificationTopicCommand({ Identity: IDENTITY, NotificationType, SnsTopic: topic }),
        );
      }
      proxy = await answerNotifications(emulator.endpoint, { [IDENTITY]: Topics }, (action) => seen(action));
    }, 120_000);
    afterAll(async () => {
      cli?.remove();
      await proxy?.stop();
      await emulator?.stop();
    });
    afterEach(() => {
      seen = () => {};
    });

    interface Ended {
      code: number | null;
      stdout: string;
      stderr: string;
    }

    function start(...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
      const { AWS_PROFILE, NO_COLOR, FORCE_COLOR, ...inherited } = process.env;
      const child = spawn(process.execPath, [cli.path, "verify", ...args], {
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...inherited,
          AWS_ENDPOINT_URL: proxy.endpoint,
          AWS_REGION: "us-east-1",
          AWS_CONFIG_FILE: "none",
          AWS_SHARED_CREDENTIALS_FILE: "none",
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test",
        },
      });
      let stdout = "";
      let stderr = "";
      child.stdout?.on("data", (chunk) => {
        stdout += chunk;
      });
      child.stderr?.on("data", (chunk) => {
        stderr += chunk;
      });
      const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
      return { child, ended };
    }

    const run = (...args: string[]) => start(...args).ended;

    async function standing(): Promise<string[]> {
      const { QueueUrls = [] } = await clients.sqs.send(new sqs.ListQueuesCommand({}));
      const { Subscriptions = [] } = await clients.sns.send(
        new sns.ListSubscriptionsByTopicCommand({ TopicArn: topic }),
      );
      return [...QueueUrls, ...Subscriptions.map(({ Endpoint = "" }) => Endpoint)];
    }

    /** Resolves when a call came through for the so-manieth time. */
    function called(action: string, times = 1): Promise<void> {
      let left = times;
      return new Promise((resolve) => {
        seen = (one) => {
          if (one === action && --left === 0) resolve();
        };
      });
    }

    test("a dry run shows it and changes nothing", async () => {
      const { code, stdout, stderr } = await run(IDENTITY, "--dry-run");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(`its subscription to topic ${topic}`);
      expect(stdout).toContain("sends 5 mails to the mailbox simulator");
      expect(await standing()).toEqual([]);
    }, 60_000);

    test("each notification arrives by the topic, with the id of its mail, and nothing is left", async () => {
      const { code, stdout, stderr } = await run(IDENTITY, "--yes", "--format", "json", "--timeout", "5");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const { proven, identities } = JSON.parse(stdout);
      expect(proven).toBe(true);
      const [{ mails, from }] = identities;
      expect(from).toBe(`ses-guard-verify@${IDENTITY}`);
      expect(
        mails.map(({ mailbox, arrivals }: { mailbox: string; arrivals: { after: number | null }[] }) => [
          mailbox,
          arrivals.map(({ after }) => after !== null),
        ]),
      ).toEqual([
        ["bounce", [true]],
        ["complaint", [true]],
        // The emulator answers this one with a delivery.
        ["ooto", [false]],
        ["suppressionlist", [true]],
        ["success", [true]],
      ]);
      expect(new Set(mails.map(({ messageId }: { messageId: string }) => messageId)).size).toBe(5);
      expect(await standing()).toEqual([]);
    }, 120_000);

    test.each([
      ["SIGINT", "CreateQueue", 1],
      ["SIGTERM", "Subscribe", 1],
      ["SIGINT", "SendEmail", 2],
    ] as const)(
      "%s during %s: one line, exit 2, and nothing is left",
      async (signal, action, times) => {
        const reached = called(action, times);
        const { child, ended } = start(IDENTITY, "--yes");
        await reached;
        child.kill(signal);
        const { code, stdout, stderr } = await ended;
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
        expect(stderr).toMatch(/^ses-guard: interrupted: .*everything that was made is removed again\n$/);
        expect(await standing()).toEqual([]);
      },
      120_000,
    );

    test("a second signal ends it while the first one's removal hangs, and says what is left", async () => {
      const { child, ended } = start(IDENTITY, "--yes");
      let isHung = () => {};
      const hung = new Promise<void>((resolve) => {
        isHung = resolve;
      });
      seen = (action) => {
        if (action === "Subscribe") child.kill("SIGINT");
        if (action !== "DeleteQueue") return;
        isHung();
        return new Promise(() => {});
      };
      await hung;
      child.kill("SIGTERM");
      const { code, stdout, stderr } = await ended;
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(
        /^ses-guard: ended; left behind: queue (ses-guard-verify-\w+); `ses-guard verify --clean-up` removes it\n$/,
      );
      seen = () => {};
      expect((await run("--clean-up", "--yes")).code).toBe(0);
      expect(await standing()).toEqual([]);
    }, 60_000);

    test("what a killed run leaves is found by its tags and removed, and what others made stays", async () => {
      const reached = called("SendEmail");
      const { child, ended } = start(IDENTITY, "--yes");
      await reached;
      child.kill("SIGKILL");
      await ended;
      const others = "ses-guard-verify-of-somebody";
      await clients.sqs.send(new sqs.CreateQueueCommand({ QueueName: others }));
      expect(await standing()).toHaveLength(3);
      const kept = await run("--clean-up");
      expect(kept.code).toBe(1);
      expect(kept.stdout).toMatch(/^kept: queue ses-guard-verify-[0-9a-f]{12}: a run of arn:aws:/);
      const removed = await run("--clean-up", "--yes");
      expect(removed).toMatchObject({ code: 0, stderr: "" });
      expect(removed.stdout).toMatch(/^removed: queue ses-guard-verify-[0-9a-f]{12}, made by arn:aws:/);
      expect(await standing()).toEqual([expect.stringMatching(new RegExp(`/${others}$`))]);
      expect((await run("--clean-up")).stdout).toMatch(/^Nothing of an earlier run is in account/);
    }, 120_000);

    test("no such identity, no credentials: one line, exit 2", async () => {
      const { code, stdout, stderr } = await run("other.example", "--yes");
      expect({ code, stdout, stderr }).toEqual({
        code: 2,
        stdout: "",
        stderr: "ses-guard: other.example: there is no identity of that name in us-east-1\n",
      });
      const profile = await run(IDENTITY, "--yes", "--profile", "there-is-none");
      expect(profile).toMatchObject({ code: 2, stdout: "" });
      expect(profile.stderr).toMatch(/^ses-guard: profile there-is-none: there is no such profile.*\n$/);
    }, 60_000);
  });
}
