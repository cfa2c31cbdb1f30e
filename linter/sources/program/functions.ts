import { isDeepStrictEqual } from "node:util";
import { isObject, isUnknownString, type Json, UNKNOWN_STRING } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";
import { parseYaml } from "../../io/yaml";
import { policyDocument } from "./policyDocument";

export const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** An answer given by the user: for every call of the function, or for those whose arguments include `args`. */
export interface Mock {
  token: string;
  args?: Json;
  result: Json;
}

export interface Functions {
  /** The result of a function call; undefined where nothing is known. Unknown parts are the sentinel. */
  answer(token: string, args: Json, providerRegion: string | undefined): Json | undefined;
}

/** What can be answered without a cloud: pinned answers, the configured Region, pure functions. */
export function createFunctions(mocks: readonly Mock[], configRegion: string | undefined): Functions {
  return {
    answer(token, args, providerRegion) {
      const mock = mocks.find((mock) => mock.token === token && includes(args, mock.args ?? {}));
      if (mock !== undefined) return mock.result;
      const region = knownText(args.region) ?? knownText(args.name) ?? providerRegion ?? configRegion;
      return BUILT_IN[token]?.(args, region);
    },
  };
}

const BUILT_IN: Record<string, (args: Json, region: string | undefined) => Json | undefined> = {
  "aws:index/getRegion:getRegion": (_, region) => (region === undefined ? undefined : regionOf(region)),
  "aws:index/getPartition:getPartition": (_, region) => (region === undefined ? undefined : partitionOf(region)),
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
  "aws-native:index:getRegion": (_, region) => (region === undefined ? undefined : { region }),
  "aws-native:index:getPartition": (_, region) => (region === undefined ? undefined : partitionOf(region)),
};

function regionOf(region: string): Json {
  const endpoint = `ec2.${region}.${partitionOf(region).dnsSuffix}`;
  // Inside other text, so that one unknown property does not make the SDK take the whole answer for unknown.
  return { id: region, name: region, region, endpoint, description: `Region ${UNKNOWN_STRING}` };
}

/** Source: AWS documentation, "Amazon Resource Names", partitions. */
function partitionOf(region: string): Json {
  const [partition, dnsSuffix] = region.startsWith("cn-")
    ? ["aws-cn", "amazonaws.com.cn"]
    : region.startsWith("us-gov-")
      ? ["aws-us-gov", "amazonaws.com"]
      : region.startsWith("us-iso-")
        ? ["aws-iso", "c2s.ic.gov"]
        : region.startsWith("us-isob-")
          ? ["aws-iso-b", "sc2s.sgov.gov"]
          : ["aws", "amazonaws.com"];
  return { id: partition, partition, dnsSuffix, reverseDnsPrefix: dnsSuffix?.split(".").reverse().join(".") };
}

function knownText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && !isUnknownString(value) ? value : undefined;
}

function includes(args: Json, wanted: Json): boolean {
  return Object.entries(wanted).every(([key, value]) => isDeepStrictEqual(args[key], value));
}

/**
 * Reads a file of pinned answers, YAML or JSON: a map from token to result, or a list of `{token, args, result}`.
 * For `pulumi:pulumi:StackReference` the map goes from stack name to outputs, and in a list `args` is `{name}`.
 * Throws `KnownError` for anything else.
 */
export function readMocks(text: string, name: string): Mock[] {
  const source = printable(name);
  const content = parseYaml(text, source);
  if (Array.isArray(content)) return content.map((item, index) => toMock(item, `${source}: entry ${index + 1}`));
  if (!isObject(content)) throw new KnownError(`${source}: expected a map from token to result, or a list`);
  return Object.entries(content).flatMap(([token, result]) => {
    const place = `${source}: ${printable(token)}`;
    if (token !== STACK_REFERENCE || !isObject(result)) return [toMock({ token, result }, place)];
    return Object.entries(result).map(([stack, outputs]) =>
      toMock({ token, args: { name: stack }, result: outputs }, `${place}: ${printable(stack)}`),
    );
  });
}

function toMock(item: unknown, place: string): Mock {
  if (!isObject(item) || typeof item.token !== "string" || !isObject(item.result)) {
    throw new KnownError(`${place}: expected a token (package:module/function:function) with a result, an object`);
  }
  if (item.args !== undefined && !isObject(item.args)) throw new KnownError(`${place}: args must be an object`);
  return { token: item.token, args: item.args, result: item.result };
}
