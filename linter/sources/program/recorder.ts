import type * as Resources from "@pulumi/pulumi/proto/resource_pb";
import { providerUrn, type ResourceRecord } from "../../../policies/model/record";
import { type Json, UNKNOWN_STRING } from "../../../policies/model/value";
import { positionOf, toPlace } from "./positions";
import { withoutSecrets } from "./properties";

export const STACK_TYPE = "pulumi:pulumi:Stack";

/** A registration while transforms may still change it. */
export interface Draft {
  properties: Json;
  dependencies: Record<string, string[]>;
  provider: string;
  version: string;
}

export interface RecorderOptions {
  project: string;
  stack: string;
  /** Folder that positions are relative to. */
  positionsFrom: string;
  /** Texts that no record may hold. */
  secretValues: readonly string[];
}

/** Remembers what a program registers and reads, as records. */
export class Recorder {
  readonly resources: ResourceRecord[] = [];
  /** The program has run to its end: its stack's outputs are registered. */
  isComplete = false;
  private readonly byUrn = new Map<string, ResourceRecord>();
  private readonly versions = new Map<string, string>();
  private readonly urnPrefix: string;
  private readonly stackUrn: string;

  constructor(private readonly options: RecorderOptions) {
    const { project, stack } = options;
    this.urnPrefix = `urn:pulumi:${stack}::${project}`;
    this.stackUrn = `${this.urnPrefix}::${STACK_TYPE}::${project}-${stack}`;
  }

  find(urn: string): ResourceRecord | undefined {
    return this.byUrn.get(urn);
  }

  /** Throws where a resource of this type and name is already there. */
  add(
    request: Resources.RegisterResourceRequest | Resources.ReadResourceRequest,
    draft: Draft,
    more: Partial<ResourceRecord>,
  ): ResourceRecord {
    const { project, stack, positionsFrom } = this.options;
    const type = request.getType();
    const parent = request.getParent() || (type === STACK_TYPE ? undefined : this.stackUrn);
    const record: ResourceRecord = {
      type,
      urn: this.freeUrn(parent, type, request.getName()),
      stack: `${project}/${stack}`,
      inputs: withoutSecrets(draft.properties, this.options.secretValues),
      parent,
      propertyDependencies: draft.dependencies,
      position: positionOf(toPlace(request.getSourceposition(), positionsFrom), this.find(parent ?? "")?.position),
      ...more,
    };
    this.byUrn.set(record.urn, record);
    this.resources.push(record);
    return record;
  }

  setOutputs(urn: string, outputs: Json): void {
    const record = this.byUrn.get(urn);
    if (record === undefined) return;
    record.outputs = withoutSecrets(outputs, this.options.secretValues);
    if (record.type === STACK_TYPE) this.isComplete = true;
  }

  /** Remembers the version of a package, and returns how registrations refer to it. */
  addPackage(name: string, version: string): string {
    const reference = `${name}@${version}`;
    this.versions.set(reference, version);
    return reference;
  }

  /** Resources without an explicit provider share one per package and version, as the engine names it. */
  providerOf(type: string, draft: Draft, packageReference: string): string | undefined {
    if (type.startsWith("pulumi:")) return undefined;
    if (draft.provider) return providerUrn(draft.provider);
    const version = draft.version || this.versions.get(packageReference) || "";
    const name = version ? `default_${version.replace(/[^A-Za-z0-9]/g, "_")}` : "default";
    return `${this.urnPrefix}::pulumi:providers:${type.slice(0, type.indexOf(":"))}::${name}`;
  }

  private freeUrn(parent: string | undefined, type: string, name: string): string {
    const urn = `${this.urnPrefix}::${qualifiedType(parent, type)}::${name}`;
    if (!this.byUrn.has(urn)) return urn;
    // Two names that are not known may differ; two that are known do not.
    if (urn.includes(UNKNOWN_STRING)) return `${urn}-${this.resources.length}`;
    throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
  }
}

/** `PARENT$TYPE`; the stack itself is not part of its children's types. */
function qualifiedType(parent: string | undefined, type: string): string {
  const parentType = parent?.split("::")[2];
  return parentType === undefined || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
}
