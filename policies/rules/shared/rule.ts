import type { Config } from "../../config";
import type { Access } from "../../model/access";
import type { ConfigEntry, Severity } from "../../model/finding";
import type { Flow } from "../../model/flow";
import type { Identity, Inventory } from "../../model/inventory/types";
import type { ResourceRecord } from "../../model/record";
import type { Region } from "../../model/region";
import type { Shadow } from "../../model/shadows";

const PAGES = "https://github.com/ses-guard/ses-guard/blob/main/docs/rules";

/** Number of a fact in docs/ses.md. */
export type Fact = `F${number}`;

/** A key that a policy can be configured with; Pulumi sets the levels, `rules`, on its own. */
export type ConfigKey = Exclude<keyof Config, "rules">;

/** Everything that is said about a rule, once. Policy, page header, table, `explain`, SARIF and schema derive from it. */
export interface RuleHead {
  /** Public, also the name of file, test and page. */
  id: string;
  /** Default level. */
  level: "mandatory" | "advisory";
  severity: Severity;
  /** What it finds, one sentence. */
  summary: string;
  /** What happens to a sender who ignores it. */
  why: string;
  /** What SES does that it rests on. */
  facts: readonly [Fact, ...Fact[]];
  /** Where the AWS documentation says so. */
  source: string;
  fix: string;
  /** Keys that concern this rule alone: in the pack, its own policy can be configured with them. */
  configuration?: readonly ConfigKey[];
  /** It judges the configuration, not resources: its findings alone don't make a stack the pack's business. */
  judgesConfiguration?: true;
  /** What the other rules could not decide is reported under this one. It comes last. */
  collectsDoubts?: true;
}

export interface RuleMeta extends RuleHead {
  /** Page of the rule. */
  url: string;
}

/** What a rule may ask. */
export interface Context {
  inventory: Inventory;
  config: Config;
  /** Whether the last day on which something holds, `YYYY-MM-DD`, is over; without one it always holds. */
  isExpired(day: string | undefined): boolean;
  permissions: Access;
  flow(identity: Identity): Flow;
  /** All shadows of the view, whether intended or not. */
  shadows: readonly Shadow[];
  /** Exceptions of the configuration that accepted a finding of this run. Complete once the other rules have run. */
  usedExceptions: ReadonlySet<Config["exceptions"][number]>;
}

/** What a finding is about. */
export interface About {
  identity?: Identity | string | undefined;
  region?: Region | undefined;
  resource?: ResourceRecord | undefined;
  /** Entry of the configuration, where it is about that. */
  entry?: ConfigEntry | undefined;
}

export interface Details {
  /**
   * The finding rests on something not being there, which proves nothing in a stack that is shown in part: true where
   * only what serves the resource is missing, so that it holds for one that is created; "of-identity" where it is what
   * serves the identity that a setting belongs to; "anywhere" else.
   */
  absence?: boolean | "of-identity" | "anywhere";
  /** Which channel, topic or subscriber, where one rule may find several things about one identity (`Finding.cause`). */
  cause?: string;
  /** The deployment itself will settle the doubt. */
  pending?: boolean;
  /** Instead of the rule's own fix. */
  fix?: string;
  /** Reason of the declaration that allows it. */
  waived?: string;
}

export interface Reporter {
  violation(about: About, message: string, details?: Details): void;
  unverified(about: About, message: string, details?: Details): void;
}

/** All sentences of a rule, by name. */
export type Messages = Readonly<Record<string, (...words: never[]) => string>>;

export interface Rule {
  meta: RuleMeta;
  messages: Messages;
  check(context: Context, report: Reporter): void;
}

interface Definition<M extends Messages> extends RuleHead {
  messages: M;
  /** Pure: same context, same findings. */
  check(context: Context, report: Reporter, messages: M): void;
}

/** A rule with its page's address. */
export function createRule<M extends Messages>({ messages, check, ...head }: Definition<M>): Rule {
  return {
    meta: { ...head, url: `${PAGES}/${head.id}.md` },
    messages,
    check: (context, report) => check(context, report, messages),
  };
}
