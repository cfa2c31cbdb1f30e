import fc from "fast-check";
import { type Episode, life } from "../generators/life";
import { describeWithPulumi } from "../support/engine";
import { chooser, faultsOf } from "./lives";
import { type Fault, type Figures, type Round, SideBySide } from "./side-by-side";

/** `npm run life` asks for 500. */
const SEQUENCES = Number(process.env.LIFE_ENGINE_SEQUENCES ?? 6);
const SIDE_BY_SIDE = Math.min(SEQUENCES, Number(process.env.LIFE_SIDE_BY_SIDE ?? 40));
const SEED = process.env.LIFE_SEED === undefined ? {} : { seed: Number(process.env.LIFE_SEED) };

jest.setTimeout(3_600_000);

const round: fc.Arbitrary<Round> = fc.record({
  trouble: fc.constantFrom("SIGINT", "SIGKILL", "SIGKILL", "failure", undefined, undefined, undefined, undefined),
  at: fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000),
  parallel: fc.constantFrom(2, 8, 32),
  jitter: fc.nat({ max: 9 }),
  refresh: fc.integer({ min: 1, max: 6 }).map((n) => n === 6),
});

const ORDERS = 20;

/** What the interpreter says to a life, in the first of some orders in which it finds a fault. */
async function inInterpreter(episodes: Episode[]): Promise<string[]> {
  for (let order = 0; order < ORDERS; order += 1) {
    const faults = await faultsOf(episodes, chooser(order));
    if (faults.length > 0) return faults;
  }
  return [];
}

/** The life without the episodes that its fault doesn't need. */
async function shortened(episodes: Episode[]): Promise<Episode[]> {
  for (let index = 0; index < episodes.length; index += 1) {
    const shorter = episodes.filter((_, other) => other !== index);
    if ((await inInterpreter(shorter)).length > 0) return shortened(shorter);
  }
  return episodes;
}

/** Whose life it is that went wrong, as short as the interpreter can make it. */
async function told(faults: Fault[], lives: Episode[][]): Promise<string[]> {
  const first = faults.find(({ life: number }) => number !== undefined)?.life;
  const texts = faults.map(({ life: number, fault }) => `${number === undefined ? "" : `life ${number}: `}${fault}`);
  const episodes = first === undefined ? undefined : lives[first];
  if (!episodes) return texts;
  const alone = await inInterpreter(episodes);
  const shown = alone.length > 0 ? await shortened(episodes) : episodes;
  return [...texts, `the interpreter says: ${alone.join("; ") || "nothing"}`, JSON.stringify(shown)];
}

describeWithPulumi("on the real engine", () => {
  test(`${SEQUENCES} lives, ${SIDE_BY_SIDE} side by side, interrupted and not`, async () => {
    const figures: Figures = {
      lives: 0,
      updates: 0,
      operations: 0,
      SIGINT: 0,
      SIGKILL: 0,
      failure: 0,
      refreshes: 0,
      replacements: 0,
    };
    const many = fc.array(life, { minLength: SIDE_BY_SIDE, maxLength: SIDE_BY_SIDE });
    await fc.assert(
      fc.asyncProperty(many, fc.array(round, { minLength: 9, maxLength: 9 }), async (lives, rounds) => {
        const faults = await SideBySide.live(lives, rounds, figures);
        if (process.env.LIFE_FIGURES) process.stderr.write(`${JSON.stringify(figures)}\n`);
        if (faults.length > 0) throw new Error((await told(faults, lives)).join("\n"));
      }),
      // A smaller stack would cost as much again: the interpreter makes the one life shorter.
      { numRuns: Math.ceil(SEQUENCES / SIDE_BY_SIDE), endOnFailure: true, ...SEED },
    );
    expect(figures.lives).toBeGreaterThanOrEqual(SEQUENCES);
    expect(figures.SIGINT + figures.SIGKILL).toBeGreaterThan(0);
  });
});
