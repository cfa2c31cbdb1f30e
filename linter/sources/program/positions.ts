import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourcePosition } from "@pulumi/pulumi/proto/source_pb";
import type { Position } from "../../../policies/model/record";

/** A registration's place in the program, relative to a folder; undefined where the SDK does not know it. */
export function toPosition(position: SourcePosition | undefined, root: string): Position | undefined {
  if (!position?.getUri().startsWith("file:") || position.getLine() === 0) return undefined;
  const path = fileURLToPath(position.getUri());
  return relativePosition({ path, line: position.getLine(), column: position.getColumn() }, root);
}

/** A position with an absolute path, relative to a folder. */
export function relativePosition({ path, line, column }: Position, from: string): Position {
  return { path: relative(from, path).split(sep).join("/"), line, column };
}
