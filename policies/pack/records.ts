import type { PolicyResource } from "@pulumi/policy";
import { parseUrn, type ResourceRecord, type StackRecords } from "../model/record";
import { isObject, type Json, UNKNOWN } from "../model/value";
import { secretsOf, wasWatched } from "./secrets";

/** The resources of an analysis as records. Only outputs are visible here; dependencies come as objects. */
export function toRecords(resources: readonly PolicyResource[]): StackRecords {
  const records = new Map<string, ResourceRecord>();
  for (const resource of resources) {
    const { type, urn, props, parent, provider } = resource;
    const stack = parseUrn(urn)?.stack ?? "";
    const secrets = secretsOf(urn);
    records.set(urn, {
      type,
      urn,
      stack,
      outputs: withSecrets(urn, props),
      parent: parent?.urn,
      provider: provider?.urn,
      get propertyDependencies() {
        return { ...noDependencies(secrets), ...urnsOf(resource.propertyDependencies) };
      },
    });
    if (provider && !records.has(provider.urn)) {
      records.set(provider.urn, {
        type: provider.type,
        urn: provider.urn,
        stack,
        outputs: withSecrets(provider.urn, provider.props),
      });
    }
  }
  return { resources: [...records.values()] };
}

/**
 * Whether any value of the analysis may be a secret that nobody marked. Values of one resource are told in findings
 * about another, so one that was not watched is enough.
 */
export function mayHoldUnmarkedSecrets(resources: readonly PolicyResource[]): boolean {
  return resources.some(
    ({ urn, provider }) => !wasWatched(urn) || (provider !== undefined && !wasWatched(provider.urn)),
  );
}

function withSecrets(urn: string, props: Record<string, unknown>): Json {
  const secrets = secretsOf(urn);
  return secrets ? { ...unwrap(props), ...secrets } : unwrap(props);
}

/** A secret is never what the provider computes beside the program's inputs: somebody declared it to be one. */
function noDependencies(secrets: Json = {}): Record<string, string[]> {
  return Object.fromEntries(Object.keys(secrets).map((name) => [name, []]));
}

function urnsOf(dependencies: Record<string, PolicyResource[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(dependencies).map(([name, behind]) => [name, behind.map(({ urn }) => urn)]));
}

/**
 * The plain object behind the SDK's proxy, in which unknown values are sentinels instead of exceptions. An SDK without
 * that way in is read property by property.
 */
function unwrap(props: Record<string, unknown>): Json {
  const plain = props.__getSpecialProxyTarget;
  const readable = isObject(plain) ? plain : guarded(props);
  return isObject(readable) ? readable : {};
}

function guarded(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const copy: Json | unknown[] = Array.isArray(value) ? [] : {};
  for (const key of Object.keys(value)) {
    let read: unknown;
    try {
      read = guarded(Reflect.get(value, key));
    } catch {
      read = UNKNOWN;
    }
    Object.defineProperty(copy, key, { value: read, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}
