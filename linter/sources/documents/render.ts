import type { ResourceRecord, StackRecords } from "../../../policies/model/record";
import { UNKNOWN_STRING } from "../../../policies/model/value";

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
