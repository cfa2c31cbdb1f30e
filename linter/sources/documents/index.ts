import { isObject, type Json } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";
import type { Input } from "../../io/files";
import { parseJson, tryParseObject } from "../../io/json";
import type { StackDocument } from "./document";
import { count, describe, EXPECTED, kindOf, object } from "./fields";
import { type PiecesOptions, type ReadPieces, readPieces } from "./pieces";
import { readPreview } from "./preview";
import { missingIn, type SourceRoots } from "./record";
import { readState } from "./state";

export type { StackDocument } from "./document";
export { mergeDocuments } from "./merge";
export type { SourceRoots } from "./record";
export { isRendered, renderPreview } from "./render";

const PREVIEW_KEYS = ["steps", "changeSummary", "diagnostics", "duration"];

/**
 * Reads a `pulumi stack export`, a checkpoint file or a `pulumi preview --json`, recognised from its content, as
 * what will exist afterwards. Properties stay where the parser put them: no copies. A resource that is odd in itself
 * keeps a record that says so (`defect`); a document that can't be understood throws `KnownError`, which names it.
 *
 * Formats: pulumi/pulumi `sdk/go/common/apitype/core.go` (`UntypedDeployment`, `VersionedCheckpoint`, `ResourceV3`)
 * and `pkg/display/json.go` (`PreviewDigest`).
 * @param roots folders that positions are relative to, by project; default: the project's own
 */
export function readDocument(text: string, name: string, roots: SourceRoots = {}): StackDocument {
  const source = printable(name);
  if (!/\S/.test(text)) throw new KnownError(`${source}: the file is empty; ${EXPECTED}`);
  return understand(parseDocument(text, source), source, roots);
}

/** How often a document is read in pieces: again with the rows that matter after all. */
const PASSES = 4;

export interface ReadOptions {
  roots?: SourceRoots;
  /** No other document is read, so that nobody else can name its resources. */
  isOnly?: boolean;
  /** Read it whole in any case. */
  isWhole?: boolean;
}

/**
 * Reads a document as `readDocument` does, a large one in pieces: memory is needed for what is kept of it, and there is
 * no limit to its size. What can't be read so is read whole, which also says where it is broken.
 */
export function readInput(input: Input, name: string, options: ReadOptions = {}): StackDocument {
  const { roots = {}, isOnly = false, isWhole = false } = options;
  const wanted = new Set<string>();
  let withoutLeaves = isOnly;
  for (let pass = 0; pass < PASSES && !isWhole; pass++) {
    const read = inPieces(input, { wanted, withoutLeaves });
    if (read === undefined) break;
    const document = understand(read.content, printable(name), roots);
    const missing = missingIn(document.resources);
    const isEnough = read.isEnoughFor(document.resources);
    if (missing.length === 0 && isEnough) return document;
    for (const urn of missing) wanted.add(urn);
    withoutLeaves &&= isEnough;
  }
  return readDocument(input.text(), name, roots);
}

function inPieces(input: Input, options: PiecesOptions): ReadPieces | undefined {
  const pieces = input.open();
  if (pieces === undefined) return undefined;
  try {
    return readPieces(pieces, options);
  } catch (error) {
    // What the scanner stumbles over is for `JSON.parse` to judge.
    if (error instanceof WebAssembly.RuntimeError) return undefined;
    throw error;
  } finally {
    pieces.close();
  }
}

function understand(content: unknown, source: string, roots: SourceRoots): StackDocument {
  if (!isObject(content)) throw new KnownError(`${source}: found ${kindOf(content)}; ${EXPECTED}`);
  if (Object.hasOwn(content, "deployment")) {
    refuseVersion(content, source);
    const deployment = object(content, "deployment", source) ?? {};
    // The engine leaves out the resources of an empty stack, never the manifest.
    if (Object.hasOwn(deployment, "resources") || Object.hasOwn(deployment, "manifest")) {
      return readState(deployment, { source, path: "deployment", roots });
    }
  }
  if (Object.hasOwn(content, "checkpoint")) {
    refuseVersion(content, source);
    const checkpoint = object(content, "checkpoint", source) ?? {};
    return readState(object(checkpoint, "latest", source) ?? {}, { source, path: "checkpoint.latest", roots });
  }
  if (PREVIEW_KEYS.some((key) => Object.hasOwn(content, key))) return readPreview(content, source, roots);
  throw new KnownError(`${source}: found ${describe(content)}; ${EXPECTED}`);
}

/** What the newest engine writes. Source: pulumi/pulumi `sdk/go/common/apitype/core.go`, `DeploymentSchemaVersionLatest`. */
const NEWEST_VERSION = 4;

function refuseVersion(content: Json, source: string): void {
  const version = count(content, "version", source);
  if (version === undefined || (Number.isInteger(version) && version >= 1 && version <= NEWEST_VERSION)) return;
  throw new KnownError(
    `${source}: its version is ${version}, and only versions 1 to ${NEWEST_VERSION} are known; use a newer ses-guard`,
  );
}

function parseDocument(text: string, source: string): unknown {
  try {
    return parseJson(text, source);
  } catch (error) {
    const first = tryParseObject(text.slice(0, Math.max(0, text.indexOf("\n"))));
    if (first === undefined || !("sequence" in first)) throw error;
    throw new KnownError(`${source}: found ${describe(first)}; ${EXPECTED}`);
  }
}
