import type { Link } from "./links";

/** Settings that could be anybody's: all owners ask the same list, so that each question is answered once. */
export class OwnerlessSettings<T> {
  readonly settings: T[] = [];
  private readonly answers = new Map<string, T | undefined>();

  find(question: string, matches: (setting: T) => boolean): T | undefined {
    if (this.settings.length === 0) return undefined;
    if (!this.answers.has(question)) this.answers.set(question, this.settings.find(matches));
    return this.answers.get(question);
  }
}

const NONE: never[] = [];

/**
 * Settings that could belong to the owner, because nobody knows whose they are: those with the owner among their
 * candidates, and those that could be anybody's.
 */
export class PossibleSettings<T> {
  // Nearly no owner has any, and there are tens of thousands of owners.
  private own: T[] = NONE;

  constructor(private readonly ownerless: OwnerlessSettings<T>) {}

  add(setting: T): void {
    if (this.own === NONE) this.own = [];
    this.own.push(setting);
  }

  /** The first that is none of those. */
  other(than: readonly T[]): T | undefined {
    const isOther = (setting: T): boolean => !than.includes(setting);
    return this.own.find(isOther) ?? this.ownerless.settings.find(isOther);
  }

  /** The first that matches. `question` says what `matches` asks: equal questions, equal answers, whoever asks. */
  find(question = "any", matches: (setting: T) => boolean = () => true): T | undefined {
    return this.own.find(matches) ?? this.ownerless.find(question, matches);
  }
}

/** Hands a setting to whom it belongs, or to everybody it could belong to. */
export function attach<S, T>(
  setting: S,
  owner: Link<T>,
  listOf: (owner: T) => S[],
  possibleOf: (owner: T) => PossibleSettings<S>,
  ownerless: OwnerlessSettings<S>,
): void {
  if (owner.kind === "found") listOf(owner.target).push(setting);
  else if (owner.kind !== "unknown") return;
  else if (owner.candidates === undefined) ownerless.settings.push(setting);
  else for (const candidate of owner.candidates) possibleOf(candidate).add(setting);
}
