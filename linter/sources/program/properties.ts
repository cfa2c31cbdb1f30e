import {
  isObject,
  type Json,
  OUTPUT_SIGNATURE,
  SECRET_SIGNATURE,
  SIGNATURE_KEY,
  UNKNOWN_STRING,
} from "../../../policies/model/value";

/** Key's value where a property is another resource. Source: `@pulumi/pulumi` runtime/rpc.js. */
const RESOURCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e";

/** The properties of an object; a message carries nothing else. */
export function toProperties(value: unknown): Json {
  return isObject(value) ? value : {};
}

/**
 * As a preview shows them: a secret is masked, so that its value can't reach a report; so is every text that has one
 * of these values in it.
 */
export function withoutSecrets(properties: Json, values: readonly string[] = []): Json {
  const known = mask(properties);
  return toProperties(values.length === 0 ? known : withoutTexts(known, values));
}

function withoutTexts(value: unknown, values: readonly string[]): unknown {
  if (typeof value === "string") return values.some((secret) => value.includes(secret)) ? "[secret]" : value;
  if (Array.isArray(value)) return value.map((item) => withoutTexts(item, values));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutTexts(item, values)]));
}

function mask(value: unknown): unknown {
  return rewrite(value, (marked) => {
    if (marked[SIGNATURE_KEY] === SECRET_SIGNATURE) return "[secret]";
    if (marked[SIGNATURE_KEY] === RESOURCE_SIGNATURE) {
      return { packageVersion: "", ...marked, id: marked.id === UNKNOWN_STRING ? "" : marked.id };
    }
    if (marked[SIGNATURE_KEY] !== OUTPUT_SIGNATURE) return undefined;
    if (marked.secret === true) return "[secret]";
    return "value" in marked ? mask(marked.value) : UNKNOWN_STRING;
  });
}

/** What is left of a transform's answer when outputs are written as the values they have. */
export function withoutOutputs(properties: Json): Json {
  return toProperties(settle(properties));
}

function settle(value: unknown): unknown {
  return rewrite(value, (marked) => {
    if (marked[SIGNATURE_KEY] !== OUTPUT_SIGNATURE) return undefined;
    const known = "value" in marked ? settle(marked.value) : UNKNOWN_STRING;
    return marked.secret === true ? { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: known } : known;
  });
}

/** A deep copy in which `replace` decides about values that carry a signature; undefined keeps them. */
function rewrite(value: unknown, replace: (marked: Json) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, replace));
  if (!isObject(value)) return value;
  if (SIGNATURE_KEY in value) {
    const replaced = replace(value);
    if (replaced !== undefined) return replaced;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item, replace)]));
}

/** Properties as a transform gets them: values that depend on resources say on which. */
export function withDependencies(properties: Json, dependencies: Readonly<Record<string, readonly string[]>>): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => {
      const urns = dependencies[key] ?? [];
      if (urns.length === 0) return [key, value];
      const output: Json = { [SIGNATURE_KEY]: OUTPUT_SIGNATURE, dependencies: urns };
      const secret = isObject(value) && value[SIGNATURE_KEY] === SECRET_SIGNATURE;
      if (secret) output.secret = true;
      if (value !== UNKNOWN_STRING) output.value = secret ? value.value : value;
      return [key, output];
    }),
  );
}

/** The resources that the outputs inside a value depend on. */
export function outputDependencies(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(outputDependencies);
  if (!isObject(value)) return [];
  if (value[SIGNATURE_KEY] === OUTPUT_SIGNATURE && Array.isArray(value.dependencies)) {
    return value.dependencies.filter((urn) => typeof urn === "string");
  }
  return Object.values(value).flatMap(outputDependencies);
}
