import { findPartition } from "../../../policies/model/region";
import { isUnknownString, type Json, UNKNOWN_STRING } from "../../../policies/model/value";
import { iamPolicyDocument } from "./iam-policy-document";
import { findMock, type Mock } from "./mocks";

export interface Functions {
  /** The result of a function call; undefined where nothing is known. Unknown parts are the sentinel. */
  answer(token: string, args: Json, providerRegion: string | undefined): Json | undefined;
}

/** What can be answered without a cloud: pinned answers, the configured Region, pure functions. */
export function createFunctions(mocks: readonly Mock[], configRegion: string | undefined): Functions {
  return {
    answer(token, args, providerRegion) {
      const mock = findMock(mocks, token, args);
      if (mock !== undefined) return mock.result;
      const region = knownText(args.region) ?? knownText(args.name) ?? providerRegion ?? configRegion;
      return BUILT_IN[token]?.(args, region);
    },
  };
}

const BUILT_IN: Record<string, (args: Json, region: string | undefined) => Json | undefined> = {
  "aws:index/getRegion:getRegion": (_, region) => (region === undefined ? undefined : regionOf(region)),
  "aws:index/getPartition:getPartition": (_, region) => (region === undefined ? undefined : describePartition(region)),
  "aws:iam/getPolicyDocument:getPolicyDocument": iamPolicyDocument,
  "aws-native:index:getRegion": (_, region) => (region === undefined ? undefined : { region }),
  "aws-native:index:getPartition": (_, region) => (region === undefined ? undefined : describePartition(region)),
};

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
