import { isDeepStrictEqual } from "node:util";
import { isObject, type Json } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";
import { parseYaml } from "../../io/yaml";

export const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** An answer given by the user: for every call of the function, or for those whose arguments include `args`. */
export interface Mock {
  token: string;
  args?: Json;
  result: Json;
}

/** The first answer for a call; undefined where there is none. */
export function findMock(mocks: readonly Mock[], token: string, args: Json): Mock | undefined {
  return mocks.find((mock) => mock.token === token && includes(args, mock.args ?? {}));
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
