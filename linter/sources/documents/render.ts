import type { ResourceRecord, StackRecords } from "../../../policies/model/record";
import { isObject, UNKNOWN_STRING } from "../../../policies/model/value";
import { tryParseObject } from "../../io/json";

/**
 * A program's stack as `pulumi preview --json` writes one that does not exist yet: every resource is created, or read.
 * What is not known is the engine's own sentinel, secrets are masked.
 *
 * Format: pulumi/pulumi `pkg/display/json.go` (`PreviewDigest`).
 */
export function renderPreview({ resources, configRegion }: StackRecords): string {
  const steps = resources.map((record) => ({
    op: record.external ? "read" : "create",
    urn: record.urn,
    provider: referenceTo(record.provider),
    newState: stateOf(record),
  }));
  const count = (op: string) => steps.filter((step) => step.op === op).length;
  const digest = {
    ...(configRegion === undefined ? {} : { config: { "aws:region": configRegion } }),
    steps,
    changeSummary: { create: count("create"), ...(count("read") > 0 ? { read: count("read") } : {}) },
  };
  return `${JSON.stringify(digest, undefined, 2)}\n`;
}

/**
 * True for what `renderPreview` wrote. What the engine writes is none: it says how long the preview took.
 */
export function isRendered(text: string): boolean {
  const digest = tryParseObject(text);
  if (digest === undefined || !Array.isArray(digest.steps) || !isObject(digest.changeSummary)) return false;
  const keys = ["config", "steps", "changeSummary"];
  return (
    Object.keys(digest).every((key) => keys.includes(key)) &&
    digest.steps.every((step) => isObject(step) && (step.op === "create" || step.op === "read"))
  );
}

function stateOf(record: ResourceRecord): object {
  const { urn, type, id, inputs, outputs, parent, provider, propertyDependencies, external, position } = record;
  return {
    urn,
    custom: provider !== undefined || type.startsWith("pulumi:providers:"),
    id,
    type,
    inputs,
    outputs,
    parent,
    external,
    provider: referenceTo(provider),
    propertyDependencies,
    ...(position ? { sourcePosition: `project:///${position.path}#${position.line},${position.column}` } : {}),
  };
}

/** Resources name their provider with its id, which is not known before it exists. */
function referenceTo(provider: string | undefined): string | undefined {
  return provider && `${provider}::${UNKNOWN_STRING}`;
}
