import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourcePosition } from "@pulumi/pulumi/proto/source_pb";
import type { Position } from "../../../policies/model/record";
import { tryParseObject } from "../../io/json";

/** Where a resource was registered. */
export interface Place {
  /** The nearest line that the program's owner can edit. */
  own?: Position;
  /** The nearest line of all, where it is another: one of a package. */
  inner?: Position;
}

/** A registration's place, as the program's process has written it (`child/positions.js`), relative to a folder. */
export function toPlace(position: SourcePosition | undefined, from: string): Place {
  if (!position?.getUri().startsWith("file:") || position.getLine() === 0) return {};
  const uri = new URL(position.getUri());
  const mark = decodeURIComponent(uri.hash.slice(1));
  uri.hash = "";
  const told = { path: fileURLToPath(uri), line: position.getLine(), column: position.getColumn() };
  if (mark === "package") return { inner: relativePosition(told, from) };
  const inner = tryParseObject(mark);
  return {
    own: relativePosition(told, from),
    ...(isPosition(inner) ? { inner: relativePosition(inner, from) } : {}),
  };
}

/** The place that a finding about the resource shows: its own, else that of the component around it. */
export function positionOf({ own, inner }: Place, parent: Position | undefined): Position | undefined {
  const nearest = own ?? parent;
  if (nearest === undefined) return undefined;
  const { path, line, column } = nearest;
  return { path, line, column, ...(inner ? { inner } : {}) };
}

function isPosition(value: unknown): value is Position {
  return (
    typeof value === "object" &&
    value !== null &&
    "path" in value &&
    typeof value.path === "string" &&
    "line" in value &&
    typeof value.line === "number" &&
    "column" in value &&
    typeof value.column === "number"
  );
}

/** A position with an absolute path, relative to a folder. */
export function relativePosition({ path, line, column }: Position, from: string): Position {
  return { path: relative(from, path).split(sep).join("/"), line, column };
}
