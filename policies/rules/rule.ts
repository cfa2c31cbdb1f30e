import type { Config } from "../config";
import type { Severity } from "../model/finding";
import type { Flow } from "../model/flow";
import type { Identity, Inventory } from "../model/inventory";
import type { Region } from "../model/links";
import type { Permissions } from "../model/permission";
import type { ResourceRecord } from "../model/resource";
import type { Shadow } from "./shadow";

const PAGES = "https://github.com/ses-guard/ses-guard/blob/main/docs/rules";

/** Everything that is said about a rule, once. Policy, page header, table, `explain`, SARIF and schema derive from it. */
export interface RuleMeta {
  /** Public, also the name of file, test and page. */
  id: string;
  /** Default level. */
  level: "mandatory" | "advisory";
  severity: Severity;
  /** What it finds, one sentence. */
  summary: string;
  /** What happens to a sender who ignores it. */
  why: string;
  /** Fact of SES it rests on, with its source in the AWS documentation. */
  source: string;
  fix: string;
  /** Page of the rule. */
  url: string;
}

/** What a rule may ask. */
export interface Context {
  inventory: Inventory;
  config: Config;
  /** `YYYY-MM-DD`. */
  today: string;
  permissions: Permissions;
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
}

export interface Details {
  /** The finding rests on something not being there: in a partial view it proves nothing. */
  absence?: boolean;
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

export interface Rule {
  meta: RuleMeta;
  check(context: Context, report: Reporter): void;
}

/** A rule with its page's address. The check is pure: same context, same findings. */
export function createRule({ check, ...meta }: Omit<RuleMeta, "url"> & Pick<Rule, "check">): Rule {
  return { meta: { ...meta, url: `${PAGES}/${meta.id}.md` }, check };
}
