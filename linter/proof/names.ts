/** What every queue and every rule of a proof is called at the beginning. */
export const PREFIX = "ses-guard-verify-";

/** The id of the target that a rule of a proof has. */
export const TARGET = "queue";

const TAG = "ses-guard";
const RUN = "ses-guard:run";
const BY = "ses-guard:by";
const UNTIL = "ses-guard:until";
/** Longest value of a tag. Source: Tagging AWS resources. */
const MAX_TAG = 256;

/** Whose a thing is: which run made it, as whom, and from when on no run uses it any more. */
export interface Mark {
  readonly run: string;
  readonly by: string;
  readonly until: Date;
}

export function tagsOf({ run, by, until }: Mark): Record<string, string> {
  // Source of the characters: Tagging AWS resources; the names of a role's sessions may have others.
  const caller = by.replace(/[^\p{L}\p{N} +\-=._:/@]/gu, "_").slice(0, MAX_TAG);
  return { [TAG]: "verify", [RUN]: run, [BY]: caller, [UNTIL]: until.toISOString() };
}

/** What the tags of a thing say; undefined where it is none of a proof's. */
export function markIn(tags: Readonly<Record<string, string>>): Mark | undefined {
  if (tags[TAG] !== "verify" || tags[RUN] === undefined) return undefined;
  const until = new Date(tags[UNTIL] ?? "");
  return { run: tags[RUN], by: tags[BY] ?? "", until: Number.isNaN(until.getTime()) ? new Date(0) : until };
}

/** The account and Region in which everything of a proof stands. */
export interface Home {
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
}

export function arnIn({ partition, region, account }: Home, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** The only bus that SES sends to (F15). */
export function defaultBus(home: Home): string {
  return arnIn(home, "events", "event-bus/default");
}
