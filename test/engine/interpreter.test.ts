import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { describeWithPulumi, NODEJS, Workspace } from "../support/engine";
import { entries } from "./aws/world";
import { Interpreter, type Step } from "./interpreter";
import { NOBODY, type Spec } from "./life-program";
import { bundleDeploy } from "./on-engine";
import { Watch } from "./watch";

const REGION = "us-east-1";
const QUEUES = ["crm", "audit", "ops"].map((name) => `arn:aws:sqs:${REGION}:999988887777:${name}`);

/** What 0.1.0 did: subscriptions that are named by their position in a list. */
function byPosition(queueArns: string[]): void {
  const topic = new aws.sns.Topic("feedback");
  const mail = new aws.sesv2.EmailIdentity("mail", { emailIdentity: "example.com" });
  queueArns.forEach((endpoint, index) => {
    new aws.sns.TopicSubscription(`queue-${index}`, { topic: topic.arn, protocol: "sqs", endpoint });
  });
  for (const notificationType of ["Bounce", "Complaint"]) {
    new aws.ses.IdentityNotificationTopic(notificationType, {
      identity: mail.emailIdentity,
      notificationType,
      topicArn: topic.arn,
    });
  }
}

const specOf = (names: string[]): Spec => {
  const given = { ...NOBODY, queues: Object.fromEntries(names.map((name) => [name, name])) };
  return {
    identities: [
      {
        lineage: "mail",
        name: "mail",
        identity: "example.com",
        region: REGION,
        includeOriginalHeaders: false,
        bounces: given,
        complaints: given,
      },
    ],
  };
};

/** Faults of an update of the list, as the watch tells them. */
async function faultsOf(before: string[], after: string[]): Promise<string[]> {
  const arns = (names: string[]) => names.map((name) => QUEUES.find((arn) => arn.endsWith(`:${name}`)) ?? "");
  const engine = new Interpreter();
  expect(await engine.up(() => byPosition(arns(before)))).toMatchObject({ steps: expect.any(Array) });
  const watch = Watch.begin(specOf(before), specOf(after), engine.world);
  const { failure } = await engine.up(() => byPosition(arns(after)), {
    onOperation: ({ op, urn }, world) => watch.check(world, `${op} ${urn}`),
  });
  expect(failure).toBeUndefined();
  return watch.faults.filter((fault) => fault.includes("hear"));
}

describe("positions in a list are no names: the watch sees who is unsubscribed", () => {
  test.each([
    ["one entry is taken off", ["crm", "audit"], ["audit"], "audit"],
    ["one is put in front", ["crm", "audit"], ["ops", "crm", "audit"], "crm"],
    ["the middle goes", ["crm", "audit", "ops"], ["crm", "ops"], "ops"],
    ["two change places", ["crm", "audit"], ["audit", "crm"], "crm"],
  ])("%s", async (_, before, after, lost) => {
    const faults = await faultsOf(before, after);
    expect(faults.some((fault) => fault.includes(`:${lost} no longer hears`))).toBe(true);
  });

  test("one more at the end unsubscribes nobody", async () => {
    expect(await faultsOf(["crm"], ["crm", "audit"])).toEqual([]);
  });
});

/** Without what follows from a topic's ARN, which is another in every world. */
const shape = ({ op, urn }: Step) =>
  `${op} ${urn
    .split("::")
    .slice(2)
    .join(" ")
    .replace(/-[0-9a-f]{10}$/, "-…")}`;

describe("orders of operations", () => {
  const topicOf = (name: string, options: object = {}) => {
    const topic = new aws.sns.Topic("feedback", { name }, options);
    const policy = new aws.sns.TopicPolicy("feedback", { arn: topic.arn, policy: "{}" });
    new aws.sns.TopicSubscription(
      "feedback",
      { topic: topic.arn, protocol: "sqs", endpoint: QUEUES[0] ?? "" },
      { dependsOn: policy },
    );
  };

  test.each([
    [
      "what is replaced goes after everything else, dependents first",
      {},
      [
        "create aws:sns/topic:Topic feedback",
        "create aws:sns/topicPolicy:TopicPolicy feedback",
        "create aws:sns/topicSubscription:TopicSubscription feedback",
        "delete aws:sns/topicSubscription:TopicSubscription feedback",
        "delete aws:sns/topicPolicy:TopicPolicy feedback",
        "delete aws:sns/topic:Topic feedback",
      ],
    ],
    [
      "deleteBeforeReplace takes the dependents along",
      { deleteBeforeReplace: true },
      [
        "delete aws:sns/topicSubscription:TopicSubscription feedback",
        "delete aws:sns/topicPolicy:TopicPolicy feedback",
        "delete aws:sns/topic:Topic feedback",
        "create aws:sns/topic:Topic feedback",
        "create aws:sns/topicPolicy:TopicPolicy feedback",
        "create aws:sns/topicSubscription:TopicSubscription feedback",
      ],
    ],
  ])("%s", async (_, options, expected) => {
    const engine = new Interpreter();
    await engine.up(() => topicOf("one", options));
    const { steps, failure } = await engine.up(() => topicOf("two", options));
    expect(failure).toBeUndefined();
    expect(steps.map(shape)).toEqual(expected);
  });

  test("an update that stops leaves what was done, and the next one does the rest", async () => {
    const engine = new Interpreter();
    const { steps, failure } = await engine.up(() => topicOf("one"), { stopBefore: 2 });
    expect(failure).toBe("killed");
    const rest = await engine.up(() => topicOf("one"));
    expect([...steps, ...rest.steps].map(shape)).toEqual([
      "create aws:sns/topic:Topic feedback",
      "create aws:sns/topicPolicy:TopicPolicy feedback",
      "create aws:sns/topicSubscription:TopicSubscription feedback",
    ]);
    expect((await engine.up(() => topicOf("one"))).steps).toEqual([]);
  });

  test("an alias renames, children with their parent", async () => {
    const engine = new Interpreter();
    const [one] = specOf(["crm"]).identities;
    if (!one) throw new Error("no identity");
    const { deploy } = require("./life-program") as typeof import("./life-program");
    await engine.up(() => deploy({ identities: [one] }));
    const renamed = { ...one, name: "post", formerName: "mail" };
    expect(await engine.up(() => deploy({ identities: [renamed] }))).toEqual({ steps: [] });
    expect(engine.rows.filter(({ urn }) => urn.endsWith("::mail"))).toEqual([]);
  });

  test("what AWS refuses ends the update", async () => {
    const engine = new Interpreter();
    engine.world.set("identity us-east-1/example.com", {});
    const { failure } = await engine.up(() => byPosition([]));
    expect(failure).toMatch(/AlreadyExistsException/);
  });
});

describeWithPulumi("the interpreter does what the engine does", () => {
  jest.setTimeout(600_000);
  const BEFORE = specOf(["crm", "audit"]);
  const edited = (edit: (one: Spec["identities"][number]) => object): Spec => ({
    identities: BEFORE.identities.map((one) => ({ ...one, ...edit(one) })),
  });
  const edits: [string, Spec][] = [
    ["an entry goes", specOf(["audit"])],
    ["another identity", edited(() => ({ identity: "example.org" }))],
    ["renamed with an alias", edited(() => ({ name: "post", formerName: "mail" }))],
    [
      "forwarding in place of topics",
      edited(() => ({ bounces: { ...NOBODY, forwardByEmail: true }, complaints: { ...NOBODY, forwardByEmail: true } })),
    ],
    ["another Region", edited(() => ({ region: "eu-west-1" }))],
    ["nothing", { identities: [] }],
  ];

  test("operation by operation", async () => {
    const { deploy } = require("./life-program") as typeof import("./life-program");
    const workspace = await Workspace.open("interpreter", { runtime: NODEJS, main: "index.js" }, (folder) =>
      writeFileSync(join(folder, "index.js"), bundleDeploy()),
    );
    try {
      const write = (spec: Spec) => writeFileSync(join(workspace.folder, "spec.json"), JSON.stringify(spec));
      const run = async (spec: Spec): Promise<string[]> => {
        const seen = entries(workspace.memory).length;
        write(spec);
        await workspace.expect("up", "--yes", "--skip-preview", "--parallel", "1");
        return entries(workspace.memory)
          .slice(seen)
          .map(({ entry }) => shape(entry));
      };
      for (const [what, after] of edits) {
        const engine = new Interpreter();
        const ours: string[][] = [];
        const theirs: string[][] = [];
        for (const spec of [BEFORE, after, { identities: [] }]) {
          ours.push((await engine.up(() => deploy(spec))).steps.map(shape));
          theirs.push(await run(spec));
        }
        const sorted = (runs: string[][]) => runs.map((steps) => [...steps].sort());
        expect({ what, runs: sorted(ours) }).toEqual({ what, runs: sorted(theirs) });
      }
    } finally {
      workspace.remove();
    }
  });
});
