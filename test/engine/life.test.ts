import fc from "fast-check";
import { type Episode, life, TAKEN } from "../generators/life";
import { describeWithPulumi } from "../support/engine";
import { Interpreter } from "./interpreter";
import { deploy, type IdentitySpec, type Spec } from "./life-program";
import { LivingStack } from "./on-engine";
import { Watch } from "./watch";

/** `npm run life` asks for 500. */
const SEQUENCES = Number(process.env.LIFE_SEQUENCES ?? 12);
const SEED = process.env.LIFE_SEED === undefined ? {} : { seed: Number(process.env.LIFE_SEED) };

jest.setTimeout(3_600_000);

type Kill = { stopBefore?: number; lost?: boolean };

const NOTHING: Spec = { identities: [] };

/** Lives a life in the interpreter and gives everything that went wrong. */
async function faultsOf(episodes: Episode[], choose: (below: number) => number): Promise<string[]> {
  const engine = new Interpreter();
  engine.world.set(`identity us-east-1/${TAKEN}`, {});
  const faults: string[] = [];
  let before = NOTHING;

  /** Gives why it failed. */
  async function run(watch: Watch, spec: Spec, kill: Kill = {}): Promise<string | undefined> {
    const { failure } = await engine.up(() => deploy(spec), {
      choose,
      ...kill,
      onOperation: ({ op, urn, refused }, world) => {
        if (refused === undefined) watch.check(world, `${op} ${urn.split("::").slice(2).join(" ")}`);
      },
    });
    return failure;
  }

  for (const { what, spec, stopBefore, lost, fails } of episodes) {
    const name = what.join("; ");
    const watch = Watch.begin(before, spec, engine.world);
    const [first] = spec.identities;
    if (fails && first) {
      const taken = { identities: [{ ...first, identity: TAKEN, region: "us-east-1" }, ...spec.identities.slice(1)] };
      const failing = Watch.begin(before, taken, engine.world);
      if (!(await run(failing, taken))) faults.push(`${name}: an identity that exists was made again`);
      faults.push(...failing.faults);
    }
    let failure = await run(watch, spec, stopBefore === undefined ? {} : { stopBefore, lost });
    if (failure === "killed") failure = await run(watch, spec);
    faults.push(...watch.faults.map((fault) => `${name}: ${fault}`));
    // What AWS made while the engine died is nobody's: whoever comes next has to import or delete it.
    if (failure && lost && /AlreadyExists/.test(failure)) return faults;
    if (failure) return [...faults, `${name}: ${failure}`];
    watch.end(engine.world);
    faults.push(...watch.faults.map((fault) => `${name}: ${fault}`));
    const again = await engine.up(() => deploy(spec), { choose });
    if (again.steps.length > 0 || again.failure) {
      faults.push(`${name}: the next update ${again.failure ?? again.steps.map(({ op, urn }) => `${op} ${urn}`)}`);
    }
    if (faults.length > 0) return faults;
    before = spec;
  }
  return faults;
}

/** Numbers that look like chance and are always the same. Source: Numerical Recipes, "quick and dirty" generators. */
function chooser(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test(`${SEQUENCES} lives, each operation of each update watched`, async () => {
  await fc.assert(
    fc.asyncProperty(life, fc.nat(), async (episodes, order) => {
      expect(await faultsOf(episodes, chooser(order))).toEqual([]);
    }),
    { numRuns: SEQUENCES, ...SEED },
  );
});

const NOBODY = { emails: {}, webhooks: {}, queues: {}, functions: {}, forwardByEmail: false };
const CRM = { ...NOBODY, queues: { crm: "crm" } };
const MAIL: IdentitySpec = {
  lineage: "mail",
  name: "mail",
  identity: "example.com",
  region: "us-east-1",
  includeOriginalHeaders: false,
  bounces: CRM,
  complaints: CRM,
  deliveries: CRM,
};

describe("interrupted before its first, second, … sixth operation, and begun again", () => {
  test.each<[string, Partial<IdentitySpec>]>([
    [
      "renamed with an alias, one more queue",
      { name: "post", formerName: "mail", bounces: { ...CRM, queues: { crm: "crm", ops: "ops" } } },
    ],
    ["another identity", { identity: "example.org" }],
    [
      "forwarding in place of topics",
      { bounces: { ...NOBODY, forwardByEmail: true }, complaints: { ...NOBODY, forwardByEmail: true } },
    ],
    [
      "another queue",
      { bounces: { ...NOBODY, queues: { crm: "ops" } }, complaints: { ...NOBODY, queues: { ops: "ops" } } },
    ],
  ])("%s", async (what, edit) => {
    for (const stopBefore of [0, 1, 2, 3, 4, 5]) {
      const episodes: Episode[] = [
        { what: ["first update"], spec: { identities: [MAIL] }, fails: false },
        {
          what: [`${what}, stopped before ${stopBefore}`],
          spec: { identities: [{ ...MAIL, ...edit }] },
          stopBefore,
          fails: false,
        },
      ];
      expect(await faultsOf(episodes, chooser(stopBefore))).toEqual([]);
    }
  });
});

/** Lives on the real engine: each takes a minute or two. `npm run life` asks for 500. */
const ENGINE_SEQUENCES = Number(process.env.LIFE_ENGINE_SEQUENCES ?? 2);

async function engineFaultsOf(episodes: Episode[]): Promise<string[]> {
  const stack = await LivingStack.open("life");
  try {
    let before = NOTHING;
    for (const [number, { what, spec, stopBefore }] of episodes.entries()) {
      const from = stack.operations;
      const watch = Watch.begin(before, spec, stack.world);
      const faults: string[] = [];
      if (stopBefore !== undefined) await stack.interrupt(spec, stopBefore, number % 2 === 0 ? "SIGINT" : "SIGKILL");
      const { status, stdout, stderr } = await stack.up(spec);
      if (status !== 0) faults.push(`up ended with ${status}: ${stdout}${stderr}`);
      for (const { world, what: operation } of stack.history(from)) watch.check(world, operation);
      watch.end(stack.world);
      const again = await stack.up(spec, "--expect-no-changes");
      if (again.status !== 0) faults.push(`the next update: ${again.stdout}${again.stderr}`);
      faults.push(...watch.faults);
      if (faults.length > 0) return faults.map((fault) => `${what.join("; ")}: ${fault}`);
      before = spec;
    }
    return [];
  } finally {
    stack.remove();
  }
}

describeWithPulumi("on the real engine", () => {
  test(`${ENGINE_SEQUENCES} lives, interrupted and not`, async () => {
    await fc.assert(
      fc.asyncProperty(life, async (episodes) => {
        expect(await engineFaultsOf(episodes)).toEqual([]);
      }),
      // Every smaller life would cost as much again.
      { numRuns: ENGINE_SEQUENCES, endOnFailure: true, ...SEED },
    );
  });
});
