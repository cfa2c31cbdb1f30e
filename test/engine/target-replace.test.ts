import { describeWithPulumi } from "../support/engine";
import { listeners } from "./aws/listening";
import { World } from "./aws/world";
import { type IdentitySpec, NOBODY, type Spec } from "./life-program";
import { LivingStack } from "./on-engine";

jest.setTimeout(600_000);

const CONDUCT = { parallel: 8, jitter: 0 };
const HEARD = { ...NOBODY, queues: { crm: "crm" }, webhooks: { hook: "hook" }, functions: { f: "f" } };
const MAIL: IdentitySpec = {
  lineage: "mail",
  name: "mail",
  identity: "example.com",
  region: "us-east-1",
  includeOriginalHeaders: false,
  bounces: HEARD,
  complaints: { ...HEARD, queues: { ops: "ops" } },
};
const SPEC: Spec = { identities: [MAIL] };

/** What docs/components.md says of `--target-replace`: everything else stays as it was, and so does who hears. */
describeWithPulumi("`--target-replace` of one child", () => {
  let stack: LivingStack;
  const world = new World();
  let atFirst: string[];

  const hear = () => {
    for (const entry of stack.news()) world.replay(entry);
    return [...listeners(world)].sort();
  };

  async function up(...args: string[]): Promise<string[]> {
    const { status, stdout, stderr } = await stack.up([SPEC], CONDUCT, ...args);
    if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
    return hear();
  }

  function urnOf(end: string): string {
    const [found, ...others] = stack.children().filter(({ urn }) => urn.endsWith(end));
    if (!found || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} end with ${end}`);
    return found.urn;
  }

  beforeAll(async () => {
    stack = await LivingStack.open("target", []);
    atFirst = await up();
    expect(atFirst).toHaveLength(6);
  });
  afterAll(() => stack?.remove());

  test.each([
    ":IdentityNotificationTopic::mail-bounce",
    ":IdentityNotificationTopic::mail-complaint",
    ":EmailIdentityFeedbackAttributes::mail",
    ":TopicPolicy::mail-bounce",
    ":QueuePolicy::mail-bounce-undelivered",
  ])("%s: who heard hears, and nothing is left to do", async (end) => {
    expect(await up("--target-replace", urnOf(end))).toEqual(atFirst);
    const { count } = world;
    expect(await up()).toEqual(atFirst);
    expect(world.count).toBe(count);
  });

  test("a topic, with what depends on it", async () => {
    const old = urnOf("sns/topic:Topic::mail-bounce");
    expect(await up("--target-replace", old, "--target-dependents")).toEqual(atFirst);
    expect(await up()).toEqual(atFirst);
  });

  test("a topic alone: nobody hears of that type until the next update, which the docs tell", async () => {
    const heard = await up("--target-replace", urnOf("sns/topic:Topic::mail-bounce"));
    expect(heard).toEqual(atFirst.filter((one) => !one.includes(" Bounce ")));
    expect(await up()).toEqual(atFirst);
  });
});
