import { asString, hasSentinel, isKnown, type Json, toValue, UNKNOWN, type Value } from "./value";

/** Where in the program a resource was registered; `path` is relative to the project. Lines and columns from 1. */
export interface Position {
  path: string;
  line: number;
  column: number;
  /** Where the registration itself stands, when that is in a package which the program's owner can't edit. */
  inner?: { path: string; line: number; column: number };
}

/**
 * One resource, the same shape from every source: state, preview, pack, offline program, live account.
 * Properties are kept as the source has them (no copies: a state has tens of thousands of rows) and are read
 * through `read`, which tells known, unknown and absent apart.
 */
export interface ResourceRecord {
  type: string;
  urn: string;
  /** `project/stack`. */
  stack: string;
  /** The provider's id, where there is one. */
  id?: unknown;
  /** What the program declares. Undefined where the source shows outputs only (a policy pack). */
  inputs?: Json;
  /** What the provider answered, or for components registered. */
  outputs?: Json;
  parent?: string;
  /** URN of the provider resource, without its id. */
  provider?: string;
  /** URNs behind each top-level input. */
  propertyDependencies?: Record<string, readonly string[]>;
  /** Only read (`.get()`, import without management): supplies names, is judged for nothing. */
  external?: boolean;
  position?: Position;
  /** What is wrong with the record itself (a broken URN, inputs that are no object); such a resource is unverified. */
  defect?: string;
  /** The preview deletes it: what refers to it leads nowhere. Its properties are the last known ones. */
  gone?: true;
  /** It is gone because the live account does not have it, whatever refers to it. */
  missing?: true;
  /** It is gone because a replacement takes its place, and is deleted before that is made or afterwards. */
  superseded?: "before" | "afterwards";
  /** The preview creates it, so that nothing which the preview leaves unchanged can serve it. */
  created?: true;
  /** It has children that the source cannot show (a component of a plugin). */
  opaque?: true;
}

/**
 * Why a source left resources out: a preview does not show what it leaves as it is, one for targets skips the others, or
 * the document lacks steps that it counts itself.
 */
export type Omission = "unchanged" | "untargeted" | "cut";

/** A stack that a view shows in part. */
export interface PartialStack {
  readonly stack: string;
  readonly omissions: readonly Omission[];
  readonly deleted: readonly ResourceRecord[];
}

/** Everything one source says about one stack, or one program, or one account and Region. */
export interface StackRecords {
  resources: ResourceRecord[];
  /** Value of `aws:region` in the stack's configuration, where the source shows it. */
  configRegion?: string;
  /** The same for each package that has a Region of its own, by package: `aws-native:region` is not `aws:region`. */
  configRegions?: Readonly<Record<string, string | undefined>>;
  /** Configuration of the stack under `aws:` and `aws-native:`, where the source shows it. */
  config?: Json;
  /**
   * The source left resources out (a preview without `--show-sames`): absence proves nothing here.
   */
  partial?: boolean;
  /** Why, where `partial`: `unchanged` where nothing is said. */
  omissions?: readonly Omission[];
  /**
   * URNs that the program declares and this run does not create (`--target`, `--exclude`). They have no record, and the
   * stack is partial because of them, whatever else is given.
   */
  untargeted?: readonly string[];
  /** `project/stack`s this covers. */
  stacks?: string[];
  /**
   * What a program might have registered, had the source known more: types of resources, any where they are not named.
   */
  mayBeMissing?: {
    reason: string;
    position?: Position;
    types?: string[] /** On a value that is not known. */;
    failed?: true;
  }[];
  /**
   * Answers that a program went without: the line of a file for `--mocks` that gives each, and the URN of the stack
   * reference, where it is one.
   */
  unanswered?: readonly { line: string; reference?: string }[];
}

/** A property: what the program declares, else what the provider answered. */
export function read(resource: ResourceRecord, property: string): Value<unknown> {
  const input = own(resource.inputs, property);
  if (input !== undefined) return input;
  const output = own(resource.outputs, property);
  // In a pack only outputs are visible. An unknown one that no input declares is computed by the provider.
  if (output === UNKNOWN && resource.inputs === undefined && !isDeclared(resource, property)) return undefined;
  return output;
}

/** True where the program itself sets the property, so that its value is a decision and not a default. */
export function isDeclared(resource: ResourceRecord, property: string): boolean {
  if (resource.inputs !== undefined) return own(resource.inputs, property) !== undefined;
  return resource.propertyDependencies !== undefined && Object.hasOwn(resource.propertyDependencies, property);
}

/** A property the provider computes (an ARN, a URL): the answer first, an input of the same name second. */
export function readOutput(resource: ResourceRecord, property: string): Value<unknown> {
  const output = own(resource.outputs, property);
  return output === undefined ? own(resource.inputs, property) : output;
}

/** The provider's id; unknown while the resource does not exist. */
export function readId(resource: ResourceRecord): Value<string> {
  return asString(resource.id);
}

/**
 * Whether it may be there already, so that others may call it by a name that this source does not show: it has an id, or
 * in a pack, which shows none, an answer that is kept secret, or an ARN that somebody declares. An answer that is still to
 * come is a sentinel.
 */
export function mayExist(resource: ResourceRecord): boolean {
  const { id, inputs, outputs } = resource;
  if (isKnown(id)) return true;
  if (inputs !== undefined || outputs === undefined) return false;
  if (isDeclared(resource, "arn") || isDeclared(resource, "topicArn")) return true;
  return Object.values(outputs).some((value) => toValue(value) === UNKNOWN && !hasSentinel(value));
}

// Read hundreds of thousands of times. Nobody asks for a name that `Object.prototype` has, so none is found there.
function own(properties: Json | undefined, property: string): Value<unknown> {
  return properties === undefined ? undefined : toValue(properties[property]);
}

export interface UrnParts {
  stack: string;
  type: string;
  name: string;
}

/**
 * `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`; undefined where the text is not a URN. The name may contain `::`.
 * Source: Pulumi documentation, "URNs".
 */
export function parseUrn(urn: string): UrnParts | undefined {
  if (!urn.startsWith("urn:pulumi:")) return undefined;
  const first = urn.indexOf("::");
  const second = first < 0 ? -1 : urn.indexOf("::", first + 2);
  const third = second < 0 ? -1 : urn.indexOf("::", second + 2);
  if (third < 0) return undefined;
  const qualified = urn.slice(second + 2, third);
  return {
    stack: `${urn.slice(first + 2, second)}/${urn.slice(11, first)}`,
    type: qualified.slice(qualified.lastIndexOf("$") + 1),
    name: urn.slice(third + 2),
  };
}

/** The resource's own name in the program, for messages; the whole URN where it is not well-formed. */
export function nameOf(urn: string): string {
  return parseUrn(urn)?.name ?? urn;
}

/** `URN::ID`, as resources name their provider, without the id. */
export function providerUrn(reference: string): string {
  const end = reference.lastIndexOf("::");
  return end > 0 ? reference.slice(0, end) : reference;
}

/** `project:///index.ts#12,1` as previews write it; undefined for a place that no file has (line 0, 26 digits). */
export function parsePosition(text: unknown): Position | undefined {
  if (typeof text !== "string") return undefined;
  const [, path, line, column] = /^project:\/\/\/([^#]+)#([1-9]\d{0,8}),([1-9]\d{0,8})$/.exec(text) ?? [];
  return path === undefined ? undefined : { path, line: Number(line), column: Number(column) };
}
