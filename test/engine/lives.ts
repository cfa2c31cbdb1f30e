import { type Episode, TAKEN } from "../generators/life";
import { Interpreter } from "./interpreter";
import { deploy, type Spec, wordsOf } from "./life-program";
import { childToReplace, pausesWith } from "./replaced";
import { Watch } from "./watch";

export const NOTHING: Spec = { identities: [] };

type Kill = { stopBefore?: number; lost?: boolean };

/** The program with an identity in front that exists already; undefined where it has none. */
export function withTaken(spec: Spec): Spec | undefined {
  const [first, ...rest] = spec.identities;
  if (!first) return undefined;
  const { zone: _, ...one } = first;
  return { ...spec, identities: [{ ...one, identity: TAKEN }, ...rest] };
}

/** What stands in the way of `withTaken`, in every Region of the generator. */
export const takenKeys = (spec: Spec): string[] =>
  ["us-east-1", "eu-west-1"].map((region) => `identity ${region}/${wordsOf(spec).identity(TAKEN)}`);

/** Lives a life in the interpreter and gives everything that went wrong. */
export async function faultsOf(episodes: Episode[], choose: (below: number) => number): Promise<string[]> {
  const life = new Life(choose);
  for (const episode of episodes) {
    const { faults, over } = await life.live(episode);
    if (faults.length > 0) return faults.map((fault) => `${episode.what.join("; ")}: ${fault}`);
    if (over) return [];
  }
  return [];
}

class Life {
  private readonly engine = new Interpreter();
  private before = NOTHING;

  constructor(private readonly choose: (below: number) => number) {
    for (const key of takenKeys(NOTHING)) this.engine.world.set(key, {});
  }

  /** One episode. `over` where the life ends early: AWS holds what nobody knows of. */
  async live(episode: Episode): Promise<{ faults: string[]; over: boolean }> {
    const { spec, stopBefore, lost = false } = episode;
    const failing = await this.fail(episode);
    const watch = Watch.begin(this.before, spec, this.engine.world);
    let failure = await this.run(watch, spec, stopBefore === undefined ? {} : { stopBefore, lost });
    if (failure === "killed") failure = await this.run(watch, spec);
    const faults = [...failing, ...watch.faults];
    // What AWS made while the engine died is nobody's: whoever comes next has to import or delete it.
    if (failure && lost && /AlreadyExists|already exists/.test(failure)) return { faults, over: true };
    if (failure) return { faults: [...faults, failure], over: true };
    watch.end(this.engine.world);
    this.before = spec;
    const rest = [...(await this.again("the next update")), ...(await this.follow(episode))];
    return { faults: [...failing, ...watch.faults, ...rest], over: false };
  }

  /** Gives why it failed. */
  private async run(watch: Watch, spec: Spec, options: Kill & { replace?: string } = {}): Promise<string | undefined> {
    const { failure } = await this.engine.up(() => deploy(spec), {
      choose: this.choose,
      ...options,
      onOperation: ({ op, urn, refused }, world) => {
        if (refused === undefined) watch.check(world, `${op} ${urn.split("::").slice(2).join(" ")}`);
      },
    });
    return failure;
  }

  /** An update that wants an identity that exists: it fails, and nobody is the worse for it. */
  private async fail({ spec, fails }: Episode): Promise<string[]> {
    const taken = fails ? withTaken(spec) : undefined;
    if (!taken) return [];
    const watch = Watch.begin(this.before, taken, this.engine.world);
    const failure = await this.run(watch, taken);
    return [...watch.faults, ...(failure ? [] : ["an identity that exists was made again"])];
  }

  /** There is nothing left to do. */
  private async again(when: string): Promise<string[]> {
    const { steps, failure } = await this.engine.up(() => deploy(this.before), { choose: this.choose });
    if (failure) return [`${when}: ${failure}`];
    return steps.map(({ op, urn }) => `${when} has something to do: ${op} ${urn}`);
  }

  private async follow({ afterwards }: Episode): Promise<string[]> {
    if (afterwards === undefined) return [];
    if (afterwards === "refresh") {
      this.engine.refresh();
      return this.again("the update after a refresh");
    }
    const child = childToReplace(this.engine.rows, afterwards.replace);
    if (!child) return [];
    const { urn } = child;
    const watch = Watch.begin(this.before, this.before, this.engine.world, pausesWith(child));
    const failure = await this.run(watch, this.before, { replace: urn });
    watch.end(this.engine.world);
    const faults = [...watch.faults, ...(failure ? [failure] : []), ...(await this.again("the update after that"))];
    return faults.map((fault) => `${urn} is replaced: ${fault}`);
  }
}

/** Numbers that look like chance and are always the same. Source: Numerical Recipes, "quick and dirty" generators. */
export function chooser(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
