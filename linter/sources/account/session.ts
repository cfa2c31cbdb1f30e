import { parseArn } from "../../../policies/model/arn";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";
import type { Api, Output } from "./client";
import { codeOf } from "./doubts";
import type { ClosedAccount, OpenAccount } from "./index";

/** Signs in: with the caller's own credentials, or as a role. */
export interface SignIn {
  profile: string | undefined;
  role: string | undefined;
}

export interface Session {
  api: Api;
  /** Of the profile or the environment; undefined where nobody says. */
  region: string | undefined;
}

export interface Wanted {
  profile?: string;
  roles: readonly string[];
  /** Names, or `all` alone; none: the one of the profile or the environment. */
  regions: readonly string[];
}

/**
 * Opens every account that is wanted. Throws `KnownError` where none can be opened, or where no Region is known; one of
 * several that can't be opened is returned as such.
 */
export async function openAccounts(
  wanted: Wanted,
  connect: (signIn: SignIn) => Promise<Session>,
): Promise<{ open: OpenAccount[]; closed: ClosedAccount[] }> {
  const roles = wanted.roles.length === 0 ? [undefined] : [...new Set(wanted.roles)];
  const results = await Promise.all(
    roles.map((role) => tryToOpen({ profile: wanted.profile, role }, wanted.regions, connect)),
  );
  const open = new Map(results.flatMap((one) => ("api" in one ? [[one.id, one] as const] : [])));
  const closed = results.flatMap((one) => ("problem" in one ? [one] : []));
  if (open.size === 0) throw new KnownError(closed[0]?.problem ?? "no account could be opened");
  return { open: [...open.values()], closed: closed.filter(({ id }) => !open.has(id)) };
}

/** An account that can't be opened is one result among others; a mistake in the options is thrown. */
async function tryToOpen(
  signIn: SignIn,
  regions: readonly string[],
  connect: (signIn: SignIn) => Promise<Session>,
): Promise<OpenAccount | ClosedAccount> {
  try {
    return await openAccount(signIn, regions, connect);
  } catch (error) {
    if (error instanceof KnownError) throw error;
    const id = signIn.role === undefined ? undefined : parseArn(signIn.role)?.account;
    return { id: id ?? "unknown", problem: sayProblem(error, signIn.profile, signIn.role) };
  }
}

async function openAccount(
  signIn: SignIn,
  names: readonly string[],
  connect: (signIn: SignIn) => Promise<Session>,
): Promise<OpenAccount> {
  const { api, region } = await connect(signIn);
  const isAll = names.includes("all");
  const first = names.find((name) => name !== "all") ?? region;
  if (first === undefined && !isAll) {
    throw new KnownError("no Region: give --region, or set AWS_REGION or the profile's region");
  }
  const home = first ?? "us-east-1";
  const { Account: id, Arn: arn = "" } = await api.call(home, "sts:GetCallerIdentity", {});
  if (id === undefined) throw new Error("AWS does not say whose the credentials are");
  const partition = parseArn(arn)?.partition ?? "aws";
  const chosen = isAll ? await allRegions(api, home) : { regions: names.length === 0 ? [home] : [...new Set(names)] };
  return { id, partition, caller: arn, api, ...chosen };
}

/** The Regions that are enabled in the account and have SES. */
async function allRegions(api: Api, home: string): Promise<Pick<OpenAccount, "regions" | "notes">> {
  const enabled = await pagesOf(async (NextToken) => {
    const page = await api.call(home, "account:ListRegions", {
      RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"],
      MaxResults: 50,
      NextToken,
    });
    return { items: page.Regions?.flatMap(({ RegionName }) => RegionName ?? []) ?? [], next: page.NextToken };
  }).catch((error: unknown) => {
    throw new KnownError(
      `--region all: the account's Regions can't be listed (${printable(codeOf(error))}); allow account:ListRegions, or name the Regions`,
    );
  });
  try {
    const offered = await pagesOf(async (NextToken) => {
      // Public parameters of AWS: the Regions that each service is offered in.
      const page = await api.call(home, "ssm:GetParametersByPath", {
        Path: "/aws/service/global-infrastructure/services/ses/regions",
        NextToken,
      });
      return { items: valuesOf(page), next: page.NextToken };
    });
    const withSes = new Set(offered);
    if (withSes.size > 0) return { regions: enabled.filter((name) => withSes.has(name)) };
  } catch (error) {
    const problem = `which Regions have SES can't be read (${printable(codeOf(error))}), so all that are enabled were tried; allow ssm:GetParametersByPath`;
    return { regions: enabled, notes: [["GetParametersByPath", problem]] };
  }
  return { regions: enabled };
}

function valuesOf({ Parameters = [] }: Output<"ssm:GetParametersByPath">): string[] {
  return Parameters.flatMap(({ Value }) => Value ?? []);
}

async function pagesOf(
  read: (token: string | undefined) => Promise<{ items: string[]; next: string | undefined }>,
): Promise<string[]> {
  const all: string[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await read(token);
    all.push(...items);
    token = next === token ? undefined : next;
  } while (token !== undefined && token !== "");
  return all;
}

const NO_PROFILE = "there is no such profile, or it has no credentials; see `aws configure list-profiles`";

const PROBLEMS: readonly [pattern: RegExp, say: string][] = [
  [
    /ExpiredToken|TokenRefreshRequired|token (has|is) expired|session.*expired/i,
    "the credentials have expired; sign in again",
  ],
  [
    /RequestTimeTooSkewed|RequestExpired|Signature (expired|not yet current)/i,
    "this machine's clock differs too much from that of AWS; set it",
  ],
  [
    /CredentialsProviderError|Could not load credentials/i,
    "no credentials found; give --profile, or set up the AWS SDK's usual sources",
  ],
  [
    /InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure|InvalidSignature/i,
    "AWS does not accept the credentials there: they are wrong, or the Region is not enabled",
  ],
  [/AccessDenied/i, "the role can't be assumed: its trust policy or the caller's policy does not allow sts:AssumeRole"],
  [/ENOTFOUND|EAI_AGAIN/i, "the endpoint's name is not known: the Region is misspelt, or there is no network"],
  [
    /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|TimeoutError|timed? ?out/i,
    "the endpoint does not answer; look at the network, the proxy and AWS_ENDPOINT_URL",
  ],
];

function sayProblem(error: unknown, profile: string | undefined, role: string | undefined): string {
  const text = `${codeOf(error)} ${error instanceof Error ? error.message : ""}`;
  const who = role ?? (profile === undefined ? "AWS" : `profile ${profile}`);
  const isProfile = profile !== undefined && /CredentialsProviderError/.test(text);
  const said = isProfile ? NO_PROFILE : PROBLEMS.find(([pattern]) => pattern.test(text))?.[1];
  return `${printable(who)}: ${said ?? `signing in failed with ${printable(codeOf(error))}`}`;
}
