import { type Home, sameHome } from "../home";
import type { Link } from "./links";

const NONE: never[] = [];

/**
 * Settings whose owner nobody knows. Each serves one owner, of its own account and Region as far as these are known.
 */
export class OwnerlessSettings<T> {
  private readonly settings: (Home & { readonly setting: T })[] = [];
  // All owners of one place ask the same list, so that it is made once.
  private readonly near = new Map<string, readonly T[]>();

  add(setting: T, at: Home): void {
    this.settings.push({ setting, region: at.region, account: at.account });
  }

  /**
   * Those that may belong to an owner of the place, and match.
   * @param question what `matches` asks: equal questions have equal answers, whoever asks
   */
  at(owner: Home, question: string, matches: (setting: T) => boolean): readonly T[] {
    if (this.settings.length === 0) return NONE;
    const key = `${question}\n${owner.region}\n${owner.account}`;
    let found = this.near.get(key);
    if (!found) {
      found = this.settings
        .filter((one) => sameHome(one, owner) !== false)
        .map(({ setting }) => setting)
        .filter(matches);
      this.near.set(key, found);
    }
    return found;
  }
}

/** Settings that could belong to the owner, because nobody knows whose they are. Complete once the view is read. */
export class PossibleSettings<T> {
  // Nearly no owner has any, and there are tens of thousands of owners.
  private own: T[] = NONE;
  private excluded: ((setting: T) => boolean)[] = NONE;

  constructor(
    private readonly ownerless: OwnerlessSettings<T>,
    private readonly owner: Home,
  ) {}

  /** The owner is one of the candidates. */
  add(setting: T): void {
    if (this.own === NONE) this.own = [];
    this.own.push(setting);
  }

  /** If these are the owner's, then they are none that count. */
  exclude(test: (setting: T) => boolean): void {
    this.excluded = [...this.excluded, test];
  }

  /** Those that match; `question` says what `matches` asks. */
  matching(question: string, matches: (setting: T) => boolean): readonly T[] {
    const ownerless = this.ownerless.at(this.owner, question, matches);
    const all = this.own.length === 0 ? ownerless : [...this.own.filter(matches), ...ownerless];
    return this.excluded.length === 0 ? all : all.filter((one) => !this.excluded.some((test) => test(one)));
  }

  get all(): readonly T[] {
    return this.matching("any", () => true);
  }

  get first(): T | undefined {
    return this.all[0];
  }

  /** The first that is none of those. */
  other(than: readonly T[]): T | undefined {
    return this.all.find((setting) => !than.includes(setting));
  }
}

/** Hands a setting to whom it belongs, or to everybody it could belong to. */
export function attach<S, T>(
  setting: S,
  at: Home,
  owner: Link<T>,
  listOf: (owner: T) => S[],
  possibleOf: (owner: T) => PossibleSettings<S>,
  ownerless: OwnerlessSettings<S>,
): void {
  if (owner.kind === "found") listOf(owner.target).push(setting);
  else if (owner.kind !== "unknown") return;
  else if (owner.candidates === undefined) ownerless.add(setting, at);
  else for (const candidate of owner.candidates) possibleOf(candidate).add(setting);
}

/** Owners that compete for settings which nobody knows the owner of. */
export interface Shortfall<T> {
  readonly owners: readonly T[];
  /** How many of them surely go without. */
  readonly atLeast: number;
}

/**
 * Of owners that lack a setting, those groups that have more members than settings: one setting serves one owner.
 * @param possibleOf the settings that an owner may have; one list given for several owners is looked at once
 */
export function shortfalls<S, T>(owners: readonly T[], possibleOf: (owner: T) => readonly S[]): Shortfall<T>[] {
  const parents = new Map<S, S>();
  const rootOf = (setting: S): S => {
    let root = setting;
    for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root)) root = up;
    parents.set(setting, root);
    return root;
  };
  const lists = new Set<readonly S[]>();
  const byRoot: [owner: T, first: S][] = [];
  for (const owner of owners) {
    const settings = possibleOf(owner);
    const first = settings[0];
    if (first === undefined) continue;
    byRoot.push([owner, first]);
    if (lists.has(settings)) continue;
    lists.add(settings);
    for (const other of settings) parents.set(rootOf(other), rootOf(first));
  }
  return groupShortfalls(byRoot, [...parents.keys()], rootOf);
}

function groupShortfalls<S, T>(
  owners: readonly [owner: T, setting: S][],
  settings: readonly S[],
  rootOf: (setting: S) => S,
): Shortfall<T>[] {
  const groups = new Map<S, { owners: T[]; settings: Set<S> }>();
  for (const [owner, setting] of owners) {
    const root = rootOf(setting);
    const group = groups.get(root) ?? { owners: [], settings: new Set([setting]) };
    group.owners.push(owner);
    group.settings.add(setting);
    groups.set(root, group);
  }
  for (const setting of settings) groups.get(rootOf(setting))?.settings.add(setting);
  return [...groups.values()]
    .map((group) => ({ owners: group.owners, atLeast: group.owners.length - group.settings.size }))
    .filter(({ atLeast }) => atLeast > 0);
}
