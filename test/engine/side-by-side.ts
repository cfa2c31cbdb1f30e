import type { Episode } from "../generators/life";
import { nameOf } from "./aws/answers";
import { type Entry, World } from "./aws/world";
import type { Spec } from "./life-program";
import { NOTHING, takenKeys, withTaken } from "./lives";
import { type Conduct, LivingStack, type Signal } from "./on-engine";
import { childToReplace, pausesWith } from "./replaced";
import { Watch } from "./watch";

/** How one update of a stack of lives goes. */
export interface Round extends Conduct {
  /** What comes before it: the same update, interrupted; or one that fails because one life wants what exists. */
  trouble: Signal | "failure" | undefined;
  /** When, or who: a fraction. */
  at: number;
  refresh: boolean;
}

export interface Figures {
  lives: number;
  updates: number;
  operations: number;
  SIGINT: number;
  SIGKILL: number;
  failure: number;
  refreshes: number;
  replacements: number;
}

/** Something that went wrong, in the life of that number where that is known. */
export interface Fault {
  life?: number;
  fault: string;
}

type Step = { spec: Spec; what: string; replace?: number };

/** Updates of one life: its episodes, and after the first that asks for it one that replaces a child. */
function stepsOf(episodes: readonly Episode[]): Step[] {
  const asking = episodes.findIndex(({ afterwards }) => typeof afterwards === "object");
  return episodes.flatMap(({ spec, what, afterwards }, index) => {
    const step = { spec, what: what.join("; ") };
    const { replace } = typeof afterwards === "object" ? afterwards : {};
    return index === asking && replace !== undefined
      ? [step, { spec, what: "one child is replaced", replace }]
      : [step];
  });
}

/** Kills write the state at every operation, so they come early. */
const LATEST_KILL = 60;

/**
 * Lives many lives side by side in one stack of the real engine: every update takes each of them one step further, and
 * whoever has none left rests. Watches each by itself, after every operation on AWS that is one of its own.
 */
export class SideBySide {
  private readonly lives: Life[];
  private readonly faults: Fault[] = [];

  private constructor(
    private readonly stack: LivingStack,
    lives: readonly Episode[][],
    private readonly rounds: readonly Round[],
    private readonly figures: Figures,
  ) {
    const steps = lives.map(stepsOf);
    const length = Math.max(...steps.map((one) => one.length));
    this.lives = steps.map((one, number) => new Life(number, one, length));
  }

  static async live(lives: readonly Episode[][], rounds: readonly Round[], figures: Figures): Promise<Fault[]> {
    const existing = lives.flatMap((_, number) => takenKeys({ ...NOTHING, place: placeOf(number) }));
    const stack = await LivingStack.open("lives", existing);
    try {
      figures.lives += lives.length;
      return await new SideBySide(stack, lives, rounds, figures).all();
    } finally {
      stack.remove();
    }
  }

  private async all(): Promise<Fault[]> {
    const length = this.lives[0]?.length ?? 0;
    for (let number = 0; number < length && this.faults.length === 0; number += 1) {
      const round = this.rounds[number % this.rounds.length];
      if (round) await this.round(number, round, number === length - 1);
    }
    return this.faults;
  }

  private async round(number: number, round: Round, isLast: boolean): Promise<void> {
    const children = this.lives.some((life) => life.replaces(number)) ? this.stack.children() : [];
    const urns = this.lives.flatMap((life) => life.begin(number, children));
    await this.trouble(round);
    const refresh = round.refresh && urns.length === 0 ? ["--refresh"] : [];
    const outcome =
      isLast && round.at < 0.5
        ? await this.stack.destroy(round)
        : await this.stack.up(this.specs(), round, ...urns.flatMap((urn) => ["--replace", urn]), ...refresh);
    this.figures.updates += 1;
    this.figures.refreshes += refresh.length;
    this.figures.replacements += urns.length;
    this.hear();
    for (const life of this.lives) this.faults.push(...life.end(outcome.status === 0));
    if (outcome.status !== 0)
      this.faults.push({ fault: `update ${number} ended with ${outcome.status}: ${outcome.stdout}` });
  }

  private specs(): Spec[] {
    return this.lives.map(({ spec }) => spec);
  }

  private async trouble({ trouble, at, ...conduct }: Round): Promise<void> {
    if (trouble === undefined) return;
    const changing = this.lives.filter((life) => !life.rests);
    if (trouble === "failure") return this.fail(conduct, changing, at);
    const expected = changing.length * 4;
    const stopBefore = Math.floor(at * (trouble === "SIGKILL" ? Math.min(expected, LATEST_KILL) : expected));
    if (await this.stack.interrupt(this.specs(), conduct, stopBefore, trouble)) this.figures[trouble] += 1;
    this.hear();
  }

  private async fail(conduct: Conduct, changing: Life[], at: number): Promise<void> {
    const able = changing.filter(({ spec }) => spec.identities.length > 0);
    const life = able[Math.floor(at * able.length)];
    const taken = life && withTaken(life.spec);
    if (!life || !taken) return;
    const begun = life.instead(taken);
    const { status } = await this.stack.up(this.specs(), conduct);
    this.figures.failure += 1;
    if (status === 0) this.faults.push({ life: life.number, fault: "an identity that exists was made again" });
    this.hear();
    life.goOn(begun);
  }

  /** Tells each life what AWS did for it. */
  private hear(): void {
    for (const entry of this.stack.news()) {
      this.figures.operations += 1;
      const number = /^l(\d+)-/.exec(nameOf(entry.urn))?.[1];
      const life = number === undefined ? undefined : this.lives[Number(number)];
      if (life) life.hear(entry);
      else if (entry.op !== "read") this.faults.push({ fault: `${entry.op} ${entry.urn} belongs to no life` });
    }
  }
}

const placeOf = (number: number) => `l${number}`;

/** One of many lives. Sees of AWS what is its own. */
class Life {
  private readonly world = new World();
  private before: Spec;
  private step: Step;
  private watch: Watch;
  private operations = 0;
  spec: Spec;

  constructor(
    readonly number: number,
    private readonly steps: Step[],
    readonly length: number,
  ) {
    this.before = this.spec = this.placed(NOTHING);
    this.step = { spec: NOTHING, what: "" };
    for (const key of takenKeys(this.spec)) this.world.set(key, {});
    this.watch = Watch.begin(this.before, this.spec, this.world);
  }

  private placed(spec: Spec): Spec {
    return { ...spec, place: placeOf(this.number) };
  }

  /** The last step comes in the last update, and before it everybody waits for the longest life. */
  private stepOf(update: number): Step | undefined {
    if (update === this.length - 1) return this.steps.at(-1);
    return update < this.steps.length - 1 ? this.steps[update] : undefined;
  }

  get rests(): boolean {
    return this.step.what === "rests";
  }

  replaces(update: number): boolean {
    return this.stepOf(update)?.replace !== undefined;
  }

  /** @returns the URN of the child that is to be replaced, if one is */
  begin(update: number, children: ReturnType<LivingStack["children"]>): string[] {
    this.step = this.stepOf(update) ?? { spec: this.before, what: "rests" };
    this.spec = this.placed(this.step.spec);
    this.operations = 0;
    const own = children.filter(({ urn }) => nameOf(urn).startsWith(`${placeOf(this.number)}-`));
    const child = this.step.replace === undefined ? undefined : childToReplace(own, this.step.replace);
    this.watch = Watch.begin(this.before, this.spec, this.world, child && pausesWith(child));
    if (this.step.replace !== undefined && !child) this.step = { ...this.step, what: "rests" };
    return child ? [child.urn] : [];
  }

  /** Begins another update, before the one that was begun. */
  instead(spec: Spec): { spec: Spec; watch: Watch } {
    const begun = { spec: this.spec, watch: this.watch };
    this.spec = this.placed(spec);
    this.watch = Watch.begin(this.before, this.spec, this.world);
    return begun;
  }

  goOn({ spec, watch }: { spec: Spec; watch: Watch }): void {
    watch.faults.push(...this.watch.faults);
    this.spec = spec;
    this.watch = watch;
  }

  hear(entry: Entry): void {
    this.world.replay(entry);
    if (entry.refused !== undefined) return;
    this.operations += 1;
    this.watch.check(this.world, `${entry.op} ${entry.urn.split("::").slice(2).join(" ")}`);
  }

  end(succeeded: boolean): Fault[] {
    if (succeeded) this.watch.end(this.world);
    if (this.rests && this.operations > 0) {
      this.watch.faults.push(`${this.operations} operations, with nothing to do`);
    }
    this.before = this.spec;
    const { what } = this.step;
    return this.watch.faults.map((fault) => ({ life: this.number, fault: `${what}: ${fault}` }));
  }
}
