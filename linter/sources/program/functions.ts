import { findPartition } from "../../../policies/model/region";
import { isUnknownString, type Json, UNKNOWN_STRING } from "../../../policies/model/value";
import { tryParseJson } from "../../io/json";
import { iamPolicyDocument } from "./iam-policy-document";
import { findMock, type Mock } from "./mocks";

export interface Functions {
  /** The result of a function call; undefined where nothing is known. Unknown parts are the sentinel. */
  answer(token: string, args: Json, provider?: Json): Json | undefined;
}

/** What is known of the stack without a cloud. */
export interface Surroundings {
  region?: string;
  /** Twelve digits. */
  account?: string;
}

/** What can be answered without a cloud: pinned answers, the configured Region, pure functions. */
export function createFunctions(mocks: readonly Mock[], stack: Surroundings): Functions {
  return {
    answer(token, args, provider = {}) {
      const mock = findMock(mocks, token, args);
      if (mock !== undefined) return mock.result;
      // `getRegion` of old versions of the provider calls it `name`.
      const named = token === "aws:index/getRegion:getRegion" ? knownText(args.name) : undefined;
      const region = knownText(args.region) ?? named ?? knownText(provider.region) ?? stack.region;
      return BUILT_IN[token]?.(args, region, accountOf(provider, stack.account));
    },
  };
}

type Answer = (args: Json, region: string | undefined, account: string | undefined) => Json | undefined;

/** An answer that needs the Region. */
const ofRegion =
  (answer: (region: string, args: Json) => Json): Answer =>
  (args, region) =>
    region === undefined ? undefined : answer(region, args);

const BUILT_IN: Readonly<Record<string, Answer>> = {
  "aws:index/getRegion:getRegion": ofRegion(regionOf),
  "aws:index/getPartition:getPartition": ofRegion(describePartition),
  "aws:index/getAvailabilityZones:getAvailabilityZones": ofRegion(zonesOf),
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, _region, account) => callerOf(account),
  "aws-native:index:getAccountId": (_args, _region, account) => ({ accountId: account ?? UNKNOWN_STRING }),
  "aws:cloudwatch/getEventBus:getEventBus": ofRegion(eventBusOf),
  "aws:iam/getPolicyDocument:getPolicyDocument": iamPolicyDocument,
  "aws-native:index:getRegion": ofRegion((region) => ({ region })),
  "aws-native:index:getPartition": ofRegion(describePartition),
};

function callerOf(account: string = UNKNOWN_STRING): Json {
  // Inside other text, so that one unknown property does not make the SDK take the whole answer for unknown.
  return { accountId: account, id: account, arn: `arn-${UNKNOWN_STRING}`, userId: `user-${UNKNOWN_STRING}` };
}

/** Settings by which a provider may sign in to another account than the stack's own. */
const SIGN_IN = [
  ...["allowedAccountIds", "assumeRole", "assumeRoles", "assumeRoleWithWebIdentity", "accessKey", "profile", "token"],
  ...["endpoints", "sharedConfigFiles", "sharedCredentialsFiles"],
];

/** The account of a provider: the one that it allows, the stack's where nothing says that it signs in elsewhere. */
function accountOf(provider: Json, stackAccount: string | undefined): string | undefined {
  const allowed = onlyAccount(provider.allowedAccountIds);
  if (allowed !== undefined) return allowed;
  return SIGN_IN.some((setting) => provider[setting] !== undefined) ? undefined : stackAccount;
}

/** The one account in a list of them, which may be its JSON. */
export function onlyAccount(accounts: unknown): string | undefined {
  const list = typeof accounts === "string" ? tryParseJson(accounts) : accounts;
  const [account] = Array.isArray(list) && list.length === 1 ? list : [];
  return typeof account === "string" && /^\d{12}$/.test(account) ? account : undefined;
}

/** As many as most Regions have; which, nobody knows. */
function zonesOf(region: string): Json {
  const zones = (prefix: string) => ["1", "2", "3"].map((zone) => `${prefix}-${UNKNOWN_STRING}-${zone}`);
  return { id: region, region, groupNames: [region], names: zones(region), zoneIds: zones("zone") };
}

function eventBusOf(region: string, { name }: Json): Json {
  const known = knownText(name) ?? UNKNOWN_STRING;
  const arn = `arn:${describePartition(region).partition}:events:${region}:${UNKNOWN_STRING}:event-bus/${known}`;
  return { arn, id: known, name: known, region };
}

function regionOf(region: string): Json {
  const endpoint = `ec2.${region}.${describePartition(region).dnsSuffix}`;
  // Inside other text, so that one unknown property does not make the SDK take the whole answer for unknown.
  return { id: region, name: region, region, endpoint, description: `Region ${UNKNOWN_STRING}` };
}

function describePartition(region: string): Json {
  const partition = findPartition(region);
  // Inside other text, as above.
  const { id, dnsSuffix } = partition ?? { id: `partition-${UNKNOWN_STRING}`, dnsSuffix: `suffix-${UNKNOWN_STRING}` };
  return { id, partition: id, dnsSuffix, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
}

function knownText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && !isUnknownString(value) ? value : undefined;
}
