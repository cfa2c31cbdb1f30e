import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Surroundings, type VerifyOptions, verify } from "../../../linter/commands/verify";
import type { Operation } from "../../../linter/proof/client";
import { ACTIONS, READ } from "../../../linter/proof/permissions";
import { ACTIONS as READING } from "../../../linter/sources/account/permissions";
import { type FakeAccount, FakeClock } from "../../support/live-account";
import { awsError, FakeMail } from "../../support/live-mail";
import { ACCOUNT, EVENTS, TOPIC, wellMade } from "../sources/account/sample";

const RUN = "1a2b3c";
const NAME = `ses-guard-verify-${RUN}`;
const BUS = `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`;
const NOW = new Date("2026-11-26T12:00:00Z");

interface World {
  account: FakeAccount;
  mail: FakeMail;
  clock: FakeClock;
  shown: string[];
  ended: number[];
  run(
    identities: readonly string[],
    options?: VerifyOptions,
    around?: Partial<Surroundings>,
  ): ReturnType<typeof verify>;
}

/** An account in which everything is right, and somebody who says yes. */
function world(prepare: (account: FakeAccount) => void = () => {}): World {
  const account = wellMade();
  prepare(account);
  const clock = new FakeClock();
  const mail = new FakeMail(account, clock);
  const shown: string[] = [];
  const ended: number[] = [];
  const around: Surroundings = {
    connect: async () => ({ api: account, proof: mail, region: "us-east-1" }),
    clock,
    now: () => NOW,
    newRun: () => RUN,
    questions: undefined,
    show: (text) => shown.push(text),
    end: (code) => ended.push(code),
  };
  return {
    account,
    mail,
    clock,
    shown,
    ended,
    run: (identities, options = { yes: true }, other = {}) =>
      verify(identities, { format: "json", ...options }, "0.0.0", { ...around, ...other }),
  };
}

/** An identity with a channel of each kind for every type. */
function withEverything(account: FakeAccount): void {
  const region = account.region();
  const domain = region.identities.get("a.example");
  Object.assign(domain ?? {}, {
    topics: { Bounce: TOPIC, Complaint: TOPIC, Delivery: TOPIC },
    ConfigurationSetName: "main",
  });
  const types = ["BOUNCE", "COMPLAINT", "DELIVERY"] as const;
  Object.assign(region.sets.get("main") ?? {}, {
    destinations: [
      { Name: "events", Enabled: true, MatchingEventTypes: types, SnsDestination: { TopicArn: EVENTS } },
      { Name: "same", Enabled: true, MatchingEventTypes: types, SnsDestination: { TopicArn: TOPIC } },
      { Name: "bus", Enabled: true, MatchingEventTypes: types, EventBridgeDestination: { EventBusArn: BUS } },
    ],
  });
}

const sent = (mail: FakeMail) =>
  mail.calls.flatMap(({ operation, input }) =>
    operation === "ses:SendEmail" ? [input as { Source: string; Destination: { ToAddresses: string[] } }] : [],
  );

/** Operations that change something. */
const WRITING = (Object.keys(ACTIONS) as Operation[]).filter((operation) => !/:(Get|List|Receive)/.test(operation));

describe("what comes back", () => {
  test("everything, by a topic", async () => {
    const { run, mail } = world();
    const { output, code, notes } = await run(["a.example"]);
    expect([code, notes]).toEqual([0, []]);
    const { proven, identities, left } = JSON.parse(output);
    expect([proven, left]).toEqual([true, []]);
    const arrivals = [{ channel: "topic", target: TOPIC, after: expect.any(Number), reason: null }];
    const outcome = (mailbox: string, type: string, isCertain = true) =>
      expect.objectContaining({ mailbox, type, isCertain, arrivals });
    expect(identities).toEqual([
      {
        identity: "a.example",
        from: "ses-guard-verify@a.example",
        mails: [
          outcome("bounce", "bounce"),
          outcome("complaint", "complaint"),
          outcome("ooto", "bounce", false),
          outcome("suppressionlist", "bounce"),
        ],
        notTried: [],
        missing: [],
      },
    ]);
    for (const { arrivals: own } of identities[0].mails) expect(own[0].after).toBeCloseTo(1, 0);
    expect(mail.standing).toEqual([]);
  });

  test("everything, by the event destination of the default set", async () => {
    const { run, mail } = world();
    const { output, code } = await run(["b.example"]);
    expect(code).toBe(0);
    expect(JSON.parse(output).identities[0].mails[0].arrivals).toEqual([
      { channel: "event-destination", target: EVENTS, after: expect.any(Number), reason: null },
    ]);
    // The bus carries no feedback of it, so no rule is made.
    expect(mail.count("events:PutRule")).toBe(0);
    expect(mail.standing).toEqual([]);
  });

  test("several channels are each waited for, also two that end in one topic", async () => {
    const { run, mail, clock } = world(withEverything);
    mail.delay = (type, _, channel) => (channel === "bus" && type === "Complaint" ? 60 : 1);
    const { output, code } = await run(["a.example"]);
    expect(code).toBe(0);
    const [{ mails }] = JSON.parse(output).identities;
    expect(mails.map(({ mailbox }: { mailbox: string }) => mailbox)).toEqual([
      "bounce",
      "complaint",
      "ooto",
      "suppressionlist",
      "success",
    ]);
    for (const { arrivals } of mails) {
      expect(arrivals.map(({ channel, target }: { channel: string; target: string }) => [channel, target])).toEqual(
        expect.arrayContaining([
          ["topic", TOPIC],
          ["event-destination", TOPIC],
          ["event-destination", EVENTS],
          ["event-destination", BUS],
        ]),
      );
      expect(arrivals).toHaveLength(4);
    }
    expect(mails[1].arrivals.find(({ target }: { target: string }) => target === BUS).after).toBeGreaterThanOrEqual(60);
    expect(clock.now()).toBeGreaterThan(120_000);
    // One subscription for each topic, though two channels use one of them.
    expect(mail.count("sns:Subscribe")).toBe(2);
    expect(mail.standing).toEqual([]);
  });

  test("a set that is named takes the place of the default one, in the plan and in the mail", async () => {
    const { run, mail } = world((account) => {
      account.region().sets.set("other", {
        destinations: [
          {
            Name: "x",
            Enabled: true,
            MatchingEventTypes: ["BOUNCE", "COMPLAINT"],
            SnsDestination: { TopicArn: TOPIC },
          },
        ],
      });
    });
    const { output, code } = await run(["b.example"], { yes: true, configurationSet: "other" });
    expect(code).toBe(0);
    expect(JSON.parse(output).identities[0].mails[0].arrivals).toEqual([
      expect.objectContaining({ channel: "event-destination", target: TOPIC }),
    ]);
    for (const one of sent(mail)) expect(one).toMatchObject({ ConfigurationSetName: "other" });
  });

  test.each([
    ["bounce", "Bounce"],
    ["complaint", "Complaint"],
    ["suppressionlist", "Bounce"],
  ])("%s does not come: missing, after the whole time", async (mailbox, type) => {
    const { run, mail, clock } = world();
    mail.delay = (one, to) => (to === mailbox && one === type ? undefined : 1);
    const { output, code } = await run(["a.example"], { yes: true, timeout: "90" });
    expect(code).toBe(1);
    const { proven, identities } = JSON.parse(output);
    expect(proven).toBe(false);
    expect(identities[0].missing).toEqual([
      {
        type: type.toLowerCase(),
        mailbox,
        channel: "topic",
        target: TOPIC,
        reason: expect.stringMatching(/^nothing came within 90 s; nothing that can be seen explains it/),
      },
    ]);
    expect(clock.now()).toBeGreaterThanOrEqual(100_000);
    expect(mail.standing).toEqual([]);
  });

  test("one of several channels is silent: that one is missing", async () => {
    const { run, mail } = world(withEverything);
    mail.delay = (type, _, channel) => (channel === "bus" && type === "Bounce" ? undefined : 1);
    const { output, code } = await run(["a.example"]);
    expect(code).toBe(1);
    const [{ missing }] = JSON.parse(output).identities;
    expect(missing.map(({ mailbox, target }: { mailbox: string; target: string }) => [mailbox, target])).toEqual([
      ["bounce", BUS],
      ["suppressionlist", BUS],
    ]);
  });

  test("what comes after the time is missing", async () => {
    const { run, mail } = world();
    mail.delay = () => 40;
    expect((await run(["a.example"], { yes: true, timeout: "20" })).code).toBe(1);
    expect(mail.standing).toEqual([]);
    const again = world();
    again.mail.delay = () => 40;
    expect((await again.run(["a.example"], { yes: true, timeout: "60" })).code).toBe(0);
  });

  test("an out-of-office reply that does not come is no fault, and is waited for a while only", async () => {
    const { run, mail, clock } = world();
    mail.delay = (type, mailbox) => (mailbox === "ooto" && type === "Bounce" ? undefined : 1);
    const { output, code } = await run(["a.example"], { yes: true, format: "text", timeout: "300" });
    expect(code).toBe(0);
    expect(output).toContain("out of office     did not come by topic feedback, which SES does not promise");
    expect(clock.now()).toBeLessThan(60_000);
  });

  test("feedback on other people's mail, in any number and shape, is left alone", async () => {
    const { run, mail } = world();
    mail.before = (operation) => {
      if (operation !== "ses:SendEmail") return;
      const other = { notificationType: "Complaint", mail: { messageId: "of-somebody" } };
      for (let i = 0; i < 50; i++) mail.publish(TOPIC, other, 0);
      for (const odd of ["hello", "[]", "null", "{}", '{"mail":7}']) mail.publish(TOPIC, odd, 0);
    };
    const { output, code } = await run(["a.example"]);
    expect(code).toBe(0);
    expect(output).not.toContain("of-somebody");
  });
});

describe("a topic that carries much feedback on other mail", () => {
  /** So many a second, while each call to the queue takes some milliseconds. */
  function busy(perSecond: number, latency: number): World {
    const one = world();
    const { mail, clock } = one;
    mail.latency = latency;
    let told = 0;
    let start: number | undefined;
    mail.before = (operation) => {
      if (operation === "sns:Subscribe") start = clock.now();
      if (operation !== "sqs:ReceiveMessage" || start === undefined) return;
      for (const due = ((clock.now() - start) / 1000) * perSecond; told < due; told++) {
        mail.publish(TOPIC, { notificationType: "Delivery", mail: { messageId: `other-${told}` } }, 0);
      }
    };
    return one;
  }

  test("is read fast enough", async () => {
    const { run, mail } = busy(200, 200);
    const { output, code } = await run(["a.example"]);
    expect(code).toBe(0);
    for (const { arrivals } of JSON.parse(output).identities[0].mails) expect(arrivals[0].after).toBeLessThan(20);
    expect(mail.standing).toEqual([]);
  });

  test("and where that is not possible, nothing is called missing", async () => {
    const { run, mail } = busy(300, 1000);
    await expect(run(["a.example"], { yes: true, timeout: "5" })).rejects.toThrow(
      /^the topics carry more feedback on other mail than could be read, so what is missing can't be told/,
    );
    expect(mail.standing).toEqual([]);
  });
});

describe("the likely reason", () => {
  const silent = (mail: FakeMail) => {
    mail.delay = () => undefined;
  };
  const missingIn = (output: string): { reason: string; type: string }[] => JSON.parse(output).identities[0].missing;

  test("a topic whose policy keeps SES out", async () => {
    const { run, mail } = world((account) => {
      Object.assign(account.region().topics.get(TOPIC)?.attributes ?? {}, {
        Policy: JSON.stringify({
          Statement: { Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: TOPIC },
        }),
      });
    });
    silent(mail);
    const { output, code } = await run(["a.example"]);
    expect(code).toBe(1);
    for (const { reason } of missingIn(output)) {
      expect(reason).toMatch(
        /^nothing came within 180 s\. The topic's policy does not let SES publish to topic us-east-1\/feedback/,
      );
    }
  });

  test("a key that SES can't use", async () => {
    const { run, mail } = world((account) => {
      Object.assign(account.region().keys.get("1234") ?? {}, { Enabled: false });
    });
    silent(mail);
    const [{ reason } = { reason: "" }] = missingIn((await run(["a.example"])).output);
    expect(reason).toMatch(/key/);
  });

  test("a recipient on the suppression list", async () => {
    const { run, mail } = world();
    mail.delay = (type, mailbox) => (mailbox === "complaint" && type === "Complaint" ? undefined : 1);
    mail.before = (operation, input) => {
      const to = JSON.stringify(input);
      if (operation !== "ses:SendEmail" || !to.includes("complaint")) return;
      const told = {
        notificationType: "Bounce",
        bounce: { bounceSubType: "OnAccountSuppressionList" },
        mail: { messageId: "mail-2" },
      };
      mail.publish(TOPIC, told, 1);
    };
    expect(missingIn((await run(["a.example"])).output)).toEqual([
      expect.objectContaining({
        mailbox: "complaint",
        reason: `a bounce came instead, because complaint+${RUN}@simulator.amazonses.com is on the suppression list`,
      }),
    ]);
  });

  test("forwarding alone: nothing is made or sent, and nothing is proved", async () => {
    const { run, mail } = world((account) => {
      account.region().identities.set("f.example", { VerificationStatus: "SUCCESS", FeedbackForwardingStatus: true });
    });
    const { output, code } = await run(["f.example"]);
    expect(code).toBe(1);
    expect(missingIn(output).map(({ type, reason }) => [type, reason])).toEqual([
      [
        "bounce",
        expect.stringMatching(/^forwarding is the only channel, and it goes to the mailbox ses-guard-verify@f/),
      ],
      ["complaint", expect.stringMatching(/^forwarding is the only channel/)],
    ]);
    expect(mail.calls).toEqual([]);
  });

  test("a topic that is gone, or of another Region", async () => {
    const elsewhere = TOPIC.replace("us-east-1", "eu-west-1");
    const { run, mail } = world((account) => {
      const { identities } = account.region();
      const common = { VerificationStatus: "SUCCESS", FeedbackForwardingStatus: false } as const;
      identities.set("gone.example", { ...common, topics: { Bounce: `${TOPIC}-gone`, Complaint: `${TOPIC}-gone` } });
      identities.set("far.example", { ...common, topics: { Bounce: elsewhere, Complaint: TOPIC } });
      account.region("eu-west-1").topics.set(elsewhere, { attributes: {}, subscriptions: [] });
    });
    const gone = await run(["gone.example"]);
    expect(gone.code).toBe(1);
    expect(missingIn(gone.output)[0]?.reason).toMatch(/gone|deleted|not exist|not there/);
    const far = await run(["far.example"]);
    expect(far.code).toBe(1);
    expect(missingIn(far.output)).toEqual([
      expect.objectContaining({ type: "bounce", reason: expect.stringContaining("topic of another Region") }),
    ]);
    expect(sent(mail).map(({ Destination }) => Destination.ToAddresses[0]?.split("+")[0])).toEqual(["complaint"]);
  });

  test("forwarding beside a topic is named, and no fault", async () => {
    const { run } = world((account) => {
      Object.assign(account.region().identities.get("a.example") ?? {}, { FeedbackForwardingStatus: true });
    });
    const { output, code } = await run(["a.example"]);
    expect(code).toBe(0);
    expect(JSON.parse(output).identities[0].notTried).toEqual([
      expect.objectContaining({ type: "bounce", channel: "forwarding" }),
      expect.objectContaining({ type: "complaint", channel: "forwarding" }),
    ]);
  });
});

describe("mails", () => {
  test("five for each identity at most, whatever its channels, each to the simulator and labelled", async () => {
    const { run, mail } = world((account) => {
      withEverything(account);
      Object.assign(account.region().identities.get("c.example") ?? {}, {
        topics: { Bounce: TOPIC, Complaint: TOPIC, Delivery: TOPIC },
      });
    });
    await run(["a.example", "c.example", "A.example."]);
    const recipients = sent(mail).map(({ Destination }) => Destination.ToAddresses);
    expect(recipients).toHaveLength(10);
    for (const to of recipients) {
      expect(to).toEqual([
        expect.stringMatching(/^(bounce|complaint|ooto|suppressionlist|success)\+1a2b3c@simulator\.amazonses\.com$/),
      ]);
    }
  });

  test("one a second, as every account may send", async () => {
    const { run, mail, clock } = world();
    const times: number[] = [];
    mail.before = (operation) => {
      if (operation === "ses:SendEmail") times.push(clock.now());
    };
    await run(["a.example"]);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
  });

  test("a mail that may have been sent is not sent again; one that was throttled is", async () => {
    const broken = world();
    broken.mail.after = (operation) => {
      if (operation === "ses:SendEmail") throw Object.assign(new Error("reset"), { name: "Error", code: "ECONNRESET" });
    };
    await expect(broken.run(["a.example"])).rejects.toThrow(/ses:SendEmail failed with ECONNRESET/);
    expect(broken.mail.count("ses:SendEmail")).toBe(1);
    expect(broken.mail.standing).toEqual([]);

    const throttled = world();
    let times = 0;
    throttled.mail.before = (operation) => {
      if (operation === "ses:SendEmail" && times++ < 2) throw awsError("Throttling");
    };
    expect((await throttled.run(["a.example"])).code).toBe(0);
    expect(throttled.mail.count("ses:SendEmail")).toBe(6);
  });

  test("an address sends from itself", async () => {
    const { run, mail } = world((account) => {
      account.region().identities.set("Ops@a.example", {
        VerificationStatus: "SUCCESS",
        FeedbackForwardingStatus: false,
        topics: { Bounce: EVENTS, Complaint: EVENTS },
      });
    });
    const { code } = await run(["Ops@A.example"]);
    expect(code).toBe(0);
    expect(new Set(sent(mail).map(({ Source }) => Source))).toEqual(new Set(["Ops@a.example"]));
  });

  test("the address that a domain sends from is no identity of its own (F8)", async () => {
    const shadow = { VerificationStatus: "SUCCESS", FeedbackForwardingStatus: true } as const;
    const { run, mail } = world((account) => {
      account.region().identities.set("ses-guard-verify@a.example", shadow);
    });
    expect((await run(["a.example"])).code).toBe(0);
    expect(new Set(sent(mail).map(({ Source }) => Source))).toEqual(new Set([`ses-guard-verify-${RUN}@a.example`]));

    const both = world((account) => {
      account.region().identities.set("ses-guard-verify@a.example", shadow);
      account.region().identities.set(`ses-guard-verify-${RUN}@a.example`, shadow);
    });
    await expect(both.run(["a.example"])).rejects.toThrow(/would show what ses-guard-verify@a\.example does/);
    expect(both.mail.calls).toEqual([]);
  });

  test("--from: of the domain, and governed by it", async () => {
    const { run, mail } = world((account) => {
      account.region().identities.set("sub.a.example", { VerificationStatus: "SUCCESS" });
      account.region().identities.set("ceo@a.example", { VerificationStatus: "SUCCESS" });
    });
    await run(["a.example"], { yes: true, from: "news@a.example" });
    expect(new Set(sent(mail).map(({ Source }) => Source))).toEqual(new Set(["news@a.example"]));
    const refused = (from: string, identities = ["a.example"]) => run(identities, { yes: true, from });
    await expect(refused("ceo@a.example")).rejects.toThrow(/what ceo@a\.example does, which is an identity of its own/);
    await expect(refused("ceo+x@a.example")).rejects.toThrow(/what ceo@a\.example does/);
    await expect(refused("x@sub.a.example")).rejects.toThrow(/what sub\.a\.example does/);
    await expect(refused("x@b.example")).rejects.toThrow(/--from x@b\.example: expected an address of a\.example/);
    await expect(refused("a.example")).rejects.toThrow(/--from a\.example: expected an address of a\.example/);
    await expect(refused("x@a.example", ["a.example", "b.example"])).rejects.toThrow(/--from is for one domain/);
    expect(sent(mail)).toHaveLength(4);
  });
});

describe("before anything is sent", () => {
  test("a dry run shows what would be made and sent, and no call changes anything", async () => {
    const { run, mail } = world(withEverything);
    const { output, code } = await run(["a.example", "c.example"], { dryRun: true, format: "text" });
    expect(code).toBe(0);
    expect(output).toContain(`queue ${NAME}`);
    expect(output).toContain(`its subscription to topic ${TOPIC}`);
    expect(output).toContain(`rule ${NAME} on the default event bus`);
    expect(output).toContain("sends 9 mails to the mailbox simulator");
    expect(output).toContain(`complaint+${RUN}@simulator.amazonses.com: `);
    const json = JSON.parse((await run(["a.example"], { dryRun: true, yes: true })).output);
    expect(json).toMatchObject({ dryRun: true, makes: { queue: NAME, subscriptions: [EVENTS, TOPIC], rule: NAME } });
    expect(json.identities[0].mails).toHaveLength(5);
    expect(mail.calls).toEqual([]);
  });

  test("without --yes and a terminal nothing is even read", async () => {
    const { run, mail, account } = world();
    await expect(run(["a.example"], {})).rejects.toThrow(/no terminal to ask on, so nothing is sent; --yes sends/);
    expect([mail.calls, account.calls]).toEqual([[], []]);
  });

  test("on a terminal the plan is shown and asked about; without a yes nothing is made", async () => {
    const { run, mail, shown } = world();
    const asked: string[] = [];
    const answering = (answer: boolean): Partial<Surroundings> => ({
      questions: {
        yesOrNo: async (message: string) => {
          asked.push(message);
          return answer;
        },
        oneOf: async () => {
          throw new Error("not asked");
        },
      },
    });
    await expect(run(["a.example"], {}, answering(false))).rejects.toThrow("not confirmed, so nothing is made or sent");
    expect(mail.calls).toEqual([]);
    expect(shown.join("")).toContain(`queue ${NAME}`);
    expect((await run(["a.example"], {}, answering(true))).code).toBe(0);
    expect(asked).toHaveLength(2);
  });

  test.each<[string, (account: FakeAccount) => void, RegExp]>([
    [
      "an identity that is not verified",
      (account) => Object.assign(account.region().identities.get("a.example") ?? {}, { VerificationStatus: "FAILED" }),
      /^nothing can be sent: The verification of a\.example/,
    ],
    [
      "a default set that is gone (F9)",
      (account) => Object.assign(account.region().identities.get("a.example") ?? {}, { ConfigurationSetName: "gone" }),
      /^nothing can be sent: Configuration set gone is the default of a\.example/,
    ],
    [
      "one that there is not",
      (account) => account.region().identities.delete("a.example"),
      /no identity of that name in us-east-1/,
    ],
  ])("%s", async (_, prepare, message) => {
    const { run, mail } = world(prepare);
    await expect(run(["a.example"])).rejects.toThrow(message);
    await expect(run(["a.example"])).rejects.toMatchObject({ name: "KnownError" });
    expect(mail.calls).toEqual([]);
  });

  test.each([
    "sesv2:GetEmailIdentity",
    "ses:GetIdentityNotificationAttributes",
    "sesv2:GetConfigurationSetEventDestinations",
  ] as const)("%s denied: the channels are not known, so nothing is tried", async (operation) => {
    const { run, mail, account } = world(withEverything);
    account.denied.add(operation);
    await expect(run(["a.example"])).rejects.toThrow(`allow ${READING[operation]} to whoever runs this`);
    expect(mail.calls).toEqual([]);
  });

  test.each<[readonly string[], VerifyOptions, RegExp]>([
    [[], { yes: true }, /name at least one identity/],
    [["not an identity"], { yes: true }, /not an identity: expected a domain or an address/],
    [["a.example"], { yes: true, timeout: "0" }, /--timeout 0: expected seconds, from 1 to 3600/],
    [["a.example"], { yes: true, timeout: "long" }, /--timeout long: expected seconds/],
    [["a.example"], { yes: true, region: "all" }, /one Region at a time/],
    [["a.example"], { yes: true, region: "US East" }, /--region US East: expected the name of a Region/],
    [["a.example"], { yes: true, roleArn: "audit" }, /--role-arn audit: expected/],
    [["a.example"], { cleanUp: true }, /--clean-up removes what earlier runs left; name no identities/],
  ])("%j %j is refused", async (identities, options, message) => {
    const { run, mail } = world();
    await expect(run(identities, options)).rejects.toThrow(message);
    expect(mail.calls).toEqual([]);
  });

  test("no credentials: as an audit says it", async () => {
    const { run } = world();
    const connect = async () => {
      throw Object.assign(new Error("Could not load credentials from any providers"), {
        name: "CredentialsProviderError",
      });
    };
    await expect(run(["a.example"], { yes: true }, { connect })).rejects.toThrow(
      /no credentials found; give --profile/,
    );
  });
});

/** What a run with every kind of channel calls, in its order; each of them once is enough. */
const STEPS: readonly Operation[] = [
  "sqs:CreateQueue",
  "sns:Subscribe",
  "events:PutRule",
  "events:PutTargets",
  "ses:SendEmail",
  "sqs:ReceiveMessage",
  "sqs:DeleteMessageBatch",
];
const REMOVAL: readonly Operation[] = [
  "events:RemoveTargets",
  "events:DeleteRule",
  "sns:Unsubscribe",
  "sqs:DeleteQueue",
];

describe("whatever happens, nothing is left", () => {
  test.each(STEPS)("%s denied: exit 2 with the permission, and everything is removed", async (operation) => {
    const { run, mail } = world(withEverything);
    mail.denied.add(operation);
    const denied = run(["a.example"]);
    await expect(denied).rejects.toMatchObject({ name: "KnownError" });
    await expect(denied).rejects.toThrow(`AWS denied ${operation}; allow ${ACTIONS[operation].actions.join(" and ")}`);
    await expect(denied).rejects.toThrow("everything that was made is removed again");
    expect(mail.standing).toEqual([]);
    expect(process.listenerCount("SIGINT")).toBe(0);
  });

  test.each(STEPS)(
    "%s keeps failing on the way back: it may have worked, so it is looked for and removed",
    async (operation) => {
      const { run, mail } = world(withEverything);
      mail.after = (one) => {
        if (one === operation) throw Object.assign(new Error("reset"), { name: "TimeoutError" });
      };
      await expect(run(["a.example"])).rejects.toThrow(`${operation} failed with TimeoutError`);
      expect(mail.standing).toEqual([]);
    },
  );

  test.each([...STEPS.map((one) => ["before", one] as const), ...STEPS.map((one) => ["after", one] as const)])(
    "interrupted %s %s",
    async (when, operation) => {
      const { run, mail, ended } = world(withEverything);
      const interrupt = (one: Operation) => {
        if (one === operation && mail.count(operation) === 1) process.emit("SIGTERM");
      };
      if (when === "before") mail.before = interrupt;
      else mail.after = interrupt;
      const interrupted = run(["a.example"]);
      await expect(interrupted).rejects.toThrow(
        /^interrupted: (no|1|\d+) mails? (was|were) sent, everything that was made is removed again$/,
      );
      expect(mail.standing).toEqual([]);
      expect(ended).toEqual([]);
      expect([process.listenerCount("SIGINT"), process.listenerCount("SIGTERM")]).toEqual([0, 0]);
    },
  );

  test("interrupted, or broken for a moment, at any call of a whole run", async () => {
    const whole = world(withEverything);
    await whole.run(["a.example"]);
    const calls = whole.mail.calls.length;
    expect(calls).toBeGreaterThan(20);
    for (let at = 1; at <= calls; at++) {
      const interrupted = world(withEverything);
      interrupted.mail.before = () => {
        if (interrupted.mail.calls.length === at) process.emit("SIGINT");
      };
      const how = await interrupted.run(["a.example"]).then(
        ({ code }) => code,
        (error: Error) => error.message,
      );
      // During the removal there is nothing more to interrupt.
      expect([at, String(how)]).toEqual([at, expect.stringMatching(/^0$|^interrupted: /)]);
      expect([at, interrupted.mail.standing]).toEqual([at, []]);

      for (const side of ["before", "after"] as const) {
        const broken = world(withEverything);
        broken.mail[side] = () => {
          if (broken.mail.calls.length === at) throw awsError("ServiceUnavailable", "server");
        };
        const end = await broken.run(["a.example"]).then(
          ({ code }) => code,
          (error: Error) => error.message,
        );
        // A mail is never sent twice; everything else is made good, also an answer that was lost.
        expect([at, side, String(end)]).toEqual([at, side, expect.stringMatching(/^0$|^ses:SendEmail failed/)]);
        expect([at, side, broken.mail.standing]).toEqual([at, side, []]);
        expect(sent(broken.mail).length).toBeLessThanOrEqual(5);
      }
    }
  });

  test("interrupted while it reads", async () => {
    const { run, mail, account } = world();
    account.before = (operation) => {
      if (operation === "sns:GetTopicAttributes") process.emit("SIGINT");
    };
    await expect(run(["a.example"])).rejects.toThrow("interrupted: nothing was made or sent");
    expect(mail.calls).toEqual([]);
  });

  test("interrupted while it waits: at once, not after the whole time", async () => {
    const { run, mail, clock } = world();
    mail.delay = () => undefined;
    mail.before = (operation) => {
      if (operation === "sqs:ReceiveMessage" && sent(mail).length === 4) process.emit("SIGINT");
    };
    await expect(run(["a.example"])).rejects.toThrow("interrupted: 4 mails were sent");
    expect(clock.now()).toBeLessThan(30_000);
    expect(mail.standing).toEqual([]);
  });

  test("a second interrupt ends at once, and says what it leaves", async () => {
    const { run, mail, ended } = world(withEverything);
    const lines: string[] = [];
    const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => lines.push(String(text)) > 0);
    mail.before = (operation) => {
      if (operation === "ses:SendEmail") process.emit("SIGINT");
      if (operation === "events:RemoveTargets") process.emit("SIGINT");
    };
    await expect(run(["a.example"])).rejects.toThrow("interrupted");
    write.mockRestore();
    expect(ended).toEqual([2]);
    expect(lines).toEqual([
      `ses-guard: ended; left behind: queue ${NAME}; subscription of ${NAME} to ${EVENTS}; subscription of ${NAME} to ${TOPIC}; rule ${NAME}; \`ses-guard verify --clean-up\` removes it\n`,
    ]);
  });

  test.each(REMOVAL)(
    "%s denied: the result is told, what is left is named, exit 2, and --clean-up finds it",
    async (operation) => {
      const { run, mail } = world(withEverything);
      mail.denied.add(operation);
      const { output, code, notes } = await run(["a.example"]);
      expect(code).toBe(2);
      const { proven, left } = JSON.parse(output);
      expect(proven).toBe(true);
      expect(left).toContainEqual(
        expect.objectContaining({
          problem: expect.stringContaining(`allow ${ACTIONS[operation].actions.join(" and ")}`),
        }),
      );
      expect(notes).toEqual([expect.stringContaining(`left behind: `)]);
      expect(mail.standing).not.toEqual([]);
      mail.denied.clear();
      expect((await run([], { cleanUp: true, yes: true })).code).toBe(0);
      expect(mail.standing).toEqual([]);
    },
  );

  test("a removal that is throttled or fails for a moment is repeated", async () => {
    const { run, mail } = world(withEverything);
    const failed = new Set<Operation>();
    mail.before = (operation) => {
      if (!REMOVAL.includes(operation) || failed.has(operation)) return;
      failed.add(operation);
      throw operation === "sqs:DeleteQueue"
        ? awsError("ServiceUnavailable", "server")
        : awsError("ThrottlingException");
    };
    expect((await run(["a.example"])).code).toBe(0);
    expect(failed.size).toBe(REMOVAL.length);
    expect(mail.standing).toEqual([]);
  });

  test("a topic that does not let us subscribe is said, with whose policy it is", async () => {
    const { run, mail } = world();
    mail.before = (operation) => {
      if (operation === "sns:Subscribe") throw awsError("AuthorizationErrorException");
    };
    await expect(run(["a.example"])).rejects.toThrow(
      `topic ${TOPIC}: AWS denied sns:Subscribe; allow sns:Subscribe to whoever runs this, and in the policy of a topic that another account owns`,
    );
    expect(mail.standing).toEqual([]);
  });

  test("a topic that went away meanwhile is named", async () => {
    const { run, mail, account } = world(withEverything);
    mail.after = (operation) => {
      if (operation === "sqs:CreateQueue") account.region().topics.delete(TOPIC);
    };
    await expect(run(["a.example"])).rejects.toThrow(`topic ${TOPIC}: there is no such topic any more`);
    expect(mail.standing).toEqual([]);
  });

  test("what was there before stays as it is", async () => {
    const { run, account, mail } = world(withEverything);
    const before = structuredClone(account.region());
    mail.queues.set("inbox", { attributes: {}, tags: {}, messages: [] });
    mail.rules.set("ses", { pattern: { source: ["aws.ses"], "detail-type": [] }, tags: {}, targets: [] });
    await run(["a.example"]);
    expect(account.region()).toEqual(before);
    expect(mail.standing).toEqual(["inbox", "ses"]);
    for (const { operation, input } of mail.calls) {
      if (WRITING.includes(operation) && !/^(sns:Unsubscribe|ses:SendEmail)$/.test(operation))
        expect(JSON.stringify(input)).toContain(NAME);
    }
  });
});

describe("the queue", () => {
  test("is encrypted, keeps an hour, admits what it is subscribed to, and says whose it is", async () => {
    const { run, mail } = world(withEverything);
    await run(["a.example"]);
    const { input } = mail.calls.find(({ operation }) => operation === "sqs:CreateQueue") ?? {};
    const { QueueName, Attributes, tags } = input as {
      QueueName: string;
      Attributes: Record<string, string>;
      tags: Record<string, string>;
    };
    expect(QueueName).toBe(NAME);
    expect(Attributes).toMatchObject({ MessageRetentionPeriod: "3600", SqsManagedSseEnabled: "true" });
    expect(JSON.parse(Attributes.Policy ?? "").Statement).toEqual([
      expect.objectContaining({
        Principal: { Service: "sns.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": [EVENTS, TOPIC] } },
      }),
      expect.objectContaining({
        Principal: { Service: "events.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": [`arn:aws:events:us-east-1:${ACCOUNT}:rule/${NAME}`] } },
      }),
    ]);
    expect(tags).toEqual({
      "ses-guard": "verify",
      "ses-guard:run": RUN,
      "ses-guard:by": `arn:aws:iam::${ACCOUNT}:user/auditor`,
      "ses-guard:until": expect.stringMatching(/^2026-11-26T12:0\d/),
    });
  });

  test("nothing is sent before the subscription, or the rule, is in effect", async () => {
    const times = async (identity: string) => {
      const { run, mail, clock } = world(withEverything);
      let made = 0;
      let first: number | undefined;
      mail.before = (operation) => {
        if (/Subscribe|PutTargets/.test(operation) && first === undefined) made = clock.now();
        if (operation === "ses:SendEmail") first ??= clock.now() - made;
      };
      await run([identity]);
      return first;
    };
    expect(await times("c.example")).toBeGreaterThanOrEqual(10_000);
    expect(await times("a.example")).toBeGreaterThanOrEqual(60_000);
  });
});

describe("--clean-up", () => {
  const tags = (until: string) => ({
    "ses-guard": "verify",
    "ses-guard:run": "old",
    "ses-guard:by": "arn:aws:iam::111122223333:user/ada",
    "ses-guard:until": until,
  });
  const PAST = "2026-11-25T00:00:00.000Z";
  const FUTURE = "2026-11-27T00:00:00.000Z";

  /** A crash in the midst of a run with every kind of channel. */
  async function crashed(): Promise<World> {
    const one = world(withEverything);
    one.mail.before = (operation) => {
      if (REMOVAL.includes(operation)) throw awsError("Crash");
    };
    await one.run(["a.example"]);
    one.mail.before = () => {};
    expect(one.mail.standing).toHaveLength(4);
    return one;
  }

  test("removes what a crash left, once no run can be using it", async () => {
    const { run, mail } = await crashed();
    const { output, code } = await run([], { cleanUp: true }, { now: () => new Date("2026-11-26T13:00:00Z") });
    expect(code).toBe(0);
    expect(mail.standing).toEqual([]);
    expect(JSON.parse(output).removed.map(({ kind, name }: { kind: string; name: string }) => [kind, name])).toEqual([
      ["queue", NAME],
      ["rule", NAME],
    ]);
  });

  test("keeps what a run may be using, and says so; --yes or a yes removes it", async () => {
    const { run, mail } = await crashed();
    const { output, code } = await run([], { cleanUp: true, format: "text" });
    expect(code).toBe(1);
    expect(output).toContain(
      `kept: queue ${NAME}: a run of arn:aws:iam::${ACCOUNT}:user/auditor may use it until 2026-11-26T12:`,
    );
    expect(mail.standing).toHaveLength(4);
    const questions = { yesOrNo: async () => true, oneOf: async () => Promise.reject(new Error()) };
    expect((await run([], { cleanUp: true }, { questions })).code).toBe(0);
    expect(mail.standing).toEqual([]);
  });

  test("a dry run removes nothing", async () => {
    const { run, mail } = await crashed();
    const { output, code } = await run([], { cleanUp: true, dryRun: true, yes: true, format: "text" });
    expect(code).toBe(0);
    expect(output).toContain(`would be removed: queue ${NAME}`);
    expect(mail.standing).toHaveLength(4);
  });

  test("removes only what has the name and the tags, with its own subscriptions, in any number", async () => {
    const { run, mail } = world();
    const arn = (name: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;
    const add = (name: string, own: Record<string, string>) => {
      const Policy = JSON.stringify({
        Statement: [{ Sid: "Topics", Condition: { ArnEquals: { "aws:SourceArn": [TOPIC, `${TOPIC}-gone`] } } }],
      });
      mail.queues.set(name, { attributes: { Policy }, tags: own, messages: [] });
      mail.rules.set(name, {
        pattern: { source: [], "detail-type": [] },
        tags: own,
        targets: [{ id: "queue", arn: arn(name) }],
      });
      mail.subscriptions.push({ arn: `${TOPIC}:${name}`, topic: TOPIC, endpoint: arn(name) });
    };
    for (let i = 0; i < 5; i++) add(`ses-guard-verify-old${i}`, tags(PAST));
    add("ses-guard-verify-untagged", {});
    add("ses-guard-verify-of-others", { "ses-guard": "audit", "ses-guard:run": "x" });
    add("mail-verify", tags(PAST));
    add("ses-guard-verify-running", tags(FUTURE));
    const { output, code } = await run([], { cleanUp: true });
    expect(code).toBe(1);
    const stay = ["ses-guard-verify-untagged", "ses-guard-verify-of-others", "mail-verify", "ses-guard-verify-running"];
    expect([...mail.queues.keys()]).toEqual(stay);
    expect([...mail.rules.keys()]).toEqual(stay);
    expect(mail.subscriptions.map(({ endpoint }) => endpoint)).toEqual(stay.map(arn));
    expect(JSON.parse(output).kept).toHaveLength(2);
  });

  test("nothing to remove", async () => {
    const { run } = world();
    expect(await run([], { cleanUp: true, format: "text" })).toEqual({
      output: `Nothing of an earlier run is in account ${ACCOUNT}, us-east-1.\n`,
      code: 0,
      notes: [],
    });
  });

  test.each<Operation>(["sqs:ListQueues", "sqs:ListQueueTags", "events:ListRules", "events:ListTagsForResource"])(
    "%s denied: exit 2 with the permission",
    async (operation) => {
      const { run, mail } = await crashed();
      mail.denied.add(operation);
      await expect(run([], { cleanUp: true, yes: true })).rejects.toThrow(`allow ${operation} to whoever runs this`);
    },
  );

  test.each<Operation>([
    "sqs:GetQueueAttributes",
    "sns:ListSubscriptionsByTopic",
    "sns:Unsubscribe",
    "sqs:DeleteQueue",
  ])("%s denied: the queue is named as left", async (operation) => {
    const { run, mail } = await crashed();
    mail.denied.add(operation);
    const { code, notes } = await run([], { cleanUp: true, yes: true });
    expect(code).toBe(2);
    expect(notes).toEqual([
      expect.stringContaining(`left behind: queue ${NAME}: AWS denied ${operation}; allow ${operation}`),
    ]);
    expect([...mail.queues.keys()]).toEqual([NAME]);
  });
});

describe("--print-policy", () => {
  test("allows the calls that are made, on what they are made on, and nothing besides", async () => {
    const policy = await world().run([], { printPolicy: true });
    expect(policy.code).toBe(0);
    const { Statement } = JSON.parse(policy.output) as {
      Statement: { Sid: string; Action: string[]; Resource: string; Condition?: object }[];
    };
    const made = new Set<string>();
    const worlds = [world(withEverything), world(withEverything)] as const;
    await worlds[0].run(["a.example", "b.example"]);
    // One that crashes in the midst and is cleaned up, and one in which nobody knows what was made.
    worlds[1].mail.after = (operation) => {
      if (/CreateQueue|Subscribe/.test(operation)) throw Object.assign(new Error(), { name: "TimeoutError" });
    };
    await worlds[1].run(["a.example"]).catch(() => {});
    worlds[1].mail.after = (operation) => {
      if (operation === "sns:Subscribe") throw Object.assign(new Error(), { name: "TimeoutError" });
    };
    await worlds[1].run(["a.example"]).catch(() => {});
    worlds[1].mail.after = () => {};
    worlds[1].mail.denied.add("sqs:DeleteQueue");
    await worlds[1].run(["a.example"]);
    worlds[1].mail.denied.clear();
    worlds[1].mail.rules.set(NAME, { pattern: { source: [], "detail-type": [] }, tags: {}, targets: [] });
    await worlds[1].run([], { cleanUp: true, yes: true });

    for (const { account, mail } of worlds) {
      for (const operation of account.operations) made.add(READING[operation as keyof typeof READING] ?? "");
      for (const { operation, input } of mail.calls) {
        for (const action of ACTIONS[operation].actions) {
          made.add(action);
          const [statement, ...more] = Statement.filter(({ Action }) => Action.includes(action));
          expect([action, more]).toEqual([action, []]);
          // A statement that is limited is about things of this name.
          const { Resource = "" } = statement ?? {};
          if (Resource.includes("ses-guard-verify-")) expect(JSON.stringify(input)).toContain("ses-guard-verify-");
        }
      }
    }
    made.delete("");
    expect([...new Set(Statement.flatMap(({ Action }) => Action))].sort()).toEqual([...made].sort());
    expect(READ.map((operation) => READING[operation]).every((action) => made.has(action ?? ""))).toBe(true);
    expect(Statement.at(-1)).toMatchObject({
      Action: ["ses:SendEmail"],
      Condition: { "ForAllValues:StringLike": { "ses:Recipients": ["*@simulator.amazonses.com"] } },
    });
  });

  test("names the partition of the Region", async () => {
    const { output } = await world().run([], { printPolicy: true, region: "cn-north-1" });
    expect(output).toContain("arn:aws-cn:sqs:*:*:ses-guard-verify-*");
  });
});

test.each(["text", "json"] as const)("what is outside can't speak to a terminal or a CI log, as %s", async (format) => {
  const topic = `${TOPIC}##vso[task.complete]`;
  const { run, mail } = world((account) => {
    Object.assign(account.region().identities.get("a.example") ?? {}, { topics: { Bounce: topic, Complaint: topic } });
    account.region().topics.set(topic, { attributes: {}, subscriptions: [] });
  });
  mail.delay = () => undefined;
  for (const options of [{ dryRun: true }, { yes: true }]) {
    const { output } = await run(["a.example"], { ...options, format });
    expect(output).toContain("vso[task.complete]");
    expect(output).not.toMatch(/##vso/);
  }
});

test("the page shows what the command prints", async () => {
  const text = readFileSync(join(__dirname, "../../../docs/verify.md"), "utf8");
  const shown = Array.from(text.matchAll(/^```text\n([\s\S]*?)^```$/gm), ([, block]) => block);
  const { run, mail } = world((account) => {
    const region = account.region();
    region.identities.set("example.com", {
      VerificationStatus: "SUCCESS",
      FeedbackForwardingStatus: true,
      ConfigurationSetName: "main",
      topics: { Bounce: TOPIC, Complaint: TOPIC },
    });
    Object.assign(region.topics.get(EVENTS)?.attributes ?? {}, { KmsMasterKeyId: "alias/aws/sns" });
  });
  mail.delay = (_, __, channel) => (channel === "event" ? undefined : 2);
  const plan = await run(["example.com"], { dryRun: true, format: "text" });
  const result = await run(["example.com"], { yes: true, format: "text" });
  expect(shown).toEqual([plan.output, result.output]);
  expect(result.code).toBe(1);
});

test("the text: what came by which channel, what is missing and why", async () => {
  const { run, mail } = world(withEverything);
  mail.delay = (type, _, channel) => (channel === "bus" && type === "Complaint" ? undefined : 2);
  const { output, code } = await run(["a.example", "b.example"], { yes: true, format: "text", timeout: "60" });
  expect(code).toBe(1);
  const lines = output.split("\n");
  expect(lines[0]).toBe(`a.example (us-east-1, ${ACCOUNT}), from ses-guard-verify@a.example`);
  expect(output).toMatch(/^ {2}bounce {12}arrived after \d+(\.\d)? s by topic feedback$/m);
  expect(output).toMatch(
    /^ {2}complaint {9}MISSING by event destination event-bus\/default: nothing came within 60 s; /m,
  );
  expect(output).toMatch(/^ {2}delivery {10}arrived after /m);
  expect(lines.at(-2)).toBe("Something is missing, for 2 of 2 identities.");
});
