import { rmSync } from "node:fs";
import fc from "fast-check";
import { packFolder } from "../support/engine";
import { PackProcess } from "../support/wire";
import { compare, type Disagreement, describeWorld, disagreements, fromPolicy } from "./compare";
import { worlds } from "./generator";
import { expect_ } from "./oracle";
import { configuration, render, wire } from "./render";
import { knowsAccounts } from "./subject";
import type { Form, World } from "./world";

/*
 * Whole organisations against an oracle that shares no code with the rules. `ORACLE_WORLDS` sets how many of them a
 * form is tried with, `ORACLE_SEED` where to begin; `ORACLE_FORMS` names the forms.
 */
const RUNS = Number(process.env.ORACLE_WORLDS ?? 300);
const SEED = Number(process.env.ORACLE_SEED ?? 20261123);
const asked = process.env.ORACLE_FORMS?.split(",");
const among = <T extends string>(all: readonly T[]) => all.filter((one) => asked === undefined || asked.includes(one));
const LONG = 600_000 + RUNS * 100;

const DOCUMENTS = ["state", "preview", "both", "partial"] as const satisfies readonly Form[];

test("the configuration knows accounts", () => {
  expect(knowsAccounts()).toBe(true);
});

const forms = among(DOCUMENTS);
for (const form of forms) {
  test(
    `${form}: the linter and the oracle say the same`,
    () => {
      const agrees = fc.property(worlds(knowsAccounts() ? {} : { accounts: false }), (world) => {
        return compare(world, form).disagreements.length === 0;
      });
      const { failed, counterexample } = fc.check(agrees, { seed: SEED, numRuns: RUNS });
      if (failed && counterexample !== null) throw new Error(explain(counterexample[0], form));
    },
    LONG,
  );
}

function explain(world: World, form: Exclude<Form, "pack">): string {
  const { disagreements: all, findings } = compare(world, form);
  return [
    ...all.map(told),
    "",
    describeWorld(world),
    "",
    ...findings.map(
      ({ rule, verdict, identity, region, message }) => `${verdict} ${rule} ${identity}@${region}: ${message}`,
    ),
    "",
    ...render(world, form).map(({ name, text }) => `${name}\n${text}`),
  ].join("\n");
}

function told({ kind, key, expected, found }: Disagreement): string {
  return `${kind}: ${key} is ${expected.join(" or ")}, the answer is ${found}`;
}

if (among(["pack"]).length > 0) {
  describe("pack", () => {
    let folder: string;
    let pack: PackProcess;

    beforeAll(async () => {
      folder = packFolder();
      pack = await PackProcess.start(folder);
    });

    afterAll(async () => {
      await pack.stop();
      rmSync(folder, { recursive: true });
    });

    test(
      "the policies and the oracle say the same",
      async () => {
        const one = worlds({ stacks: 1, ...(knowsAccounts() ? {} : { accounts: false as const }) });
        const agrees = fc.asyncProperty(one, async (world) => (await differ(world)).length === 0);
        const { failed, counterexample } = await fc.check(agrees, { seed: SEED, numRuns: RUNS });
        if (!failed || counterexample === null) return;
        const [world] = counterexample;
        throw new Error([...(await differ(world)).map(told), "", describeWorld(world)].join("\n"));
      },
      LONG,
    );

    /** A pack tells violations by rule, and doubts together: what it doubts can't be told apart. */
    async function differ(world: World): Promise<Disagreement[]> {
      await pack.configure({ settings: { properties: configuration(world) as Record<string, unknown> } });
      const said = await pack.analyzeStack(wire(world));
      const found = said
        .filter(({ policy }) => policy !== "unverified")
        .map((diagnostic) => fromPolicy(world, diagnostic));
      const doubted = said.some(({ policy }) => policy === "unverified");
      return disagreements(world, found, expect_(world, "pack")).flatMap((one) => {
        if (one.found === "violation") return [one];
        if (one.expected.includes("waived")) return [];
        return one.expected.includes("unverified") && doubted ? [] : [one];
      });
    }
  });
}
