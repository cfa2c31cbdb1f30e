import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { type AuditOptions, readAccounts } from "../sources/account";
import { openAccounts, type Session, type SignIn } from "../sources/account/session";
import type { Checked } from "./checked";

/** Options of every command that reads live accounts, as they are written. */
export interface AccountOptions {
  profile?: string;
  roleArn?: readonly string[];
  /** Names of Regions, or `all`. */
  region?: readonly string[];
  quick?: boolean;
}

/** How a live account is reached; tests put something else in its place. */
export interface Access extends Pick<AuditOptions, "clock" | "onCall" | "signal"> {
  connect: (signIn: SignIn) => Promise<Session>;
}

/** What is a hint in a document is a fact in the account. */
const LEVELS = { "topic-dropped": "mandatory", "subscription-pending": "mandatory" } as const;

/** Throws `KnownError` for the ARN of a role, or the name of a Region, that can't be one. */
export function checkPlaces(roles: readonly string[], regions: readonly string[]): void {
  for (const role of roles) {
    if (!/^arn:[^:]+:iam::\d{12}:role\/\S+$/.test(role)) {
      throw new KnownError(`--role-arn ${printable(role)}: expected arn:aws:iam::ACCOUNT:role/NAME`);
    }
  }
  for (const region of regions) {
    if (region !== "all" && !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
      throw new KnownError(`--region ${printable(region)}: expected the name of a Region, such as us-east-1, or all`);
    }
  }
}

/** The live accounts of some credentials. Throws `KnownError` for options that are none. */
export function accounts(options: AccountOptions, access: Access): Checked {
  const { profile, roleArn: roles = [], region: regions = [], quick } = options;
  checkPlaces(roles, regions);
  if (regions.includes("all") && regions.length > 1) {
    throw new KnownError("--region all names every Region; leave out the others");
  }
  return {
    readStacks: async () => {
      const { open, closed } = await openAccounts({ profile, roles, regions }, access.connect);
      return readAccounts(open, closed, { ...access, quick });
    },
    folders: [],
    inputs: [],
    readSource: () => undefined,
    levels: LEVELS,
    isLive: true,
    isPartial: () => access.signal?.aborted === true,
  };
}
