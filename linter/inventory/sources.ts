import { statSync } from "node:fs";
import { KnownError } from "../io/errors";
import { displayName, fileInput, headOf, standardInput } from "../io/files";
import { readInput, type StackDocument } from "../sources/documents";
import type { Origin } from "./entries";
import { looksLikeReport, type ParsedReport, parseReport } from "./reports";

/** The files that an inventory is made from, each with whence it is and when it was true. */
export interface Sources {
  reports: (Origin & { report: ParsedReport })[];
  documents: (Origin & { document: StackDocument })[];
}

/**
 * Reads reports and documents, told apart by their content. Throws `KnownError` for one that is missing, empty, or
 * neither.
 * @param now when standard input is true
 */
export async function readSources(files: readonly string[], now: Date): Promise<Sources> {
  if (files.filter((file) => file === "-").length > 1) {
    throw new KnownError("standard input (-) is given twice; it can be read once");
  }
  const sources: Sources = { reports: [], documents: [] };
  for (const file of new Set(files)) {
    const source = displayName(file);
    const input = file === "-" ? await standardInput() : fileInput(file);
    const head = headOf(input);
    if (!/\S/.test(head) && !/\S/.test(input.text()))
      throw new KnownError(`${source}: is empty, so what should be in it is not known; write it again`);
    const written = file === "-" ? now : statSync(file).mtime;
    if (looksLikeReport(head)) {
      const report = parseReport(input.text(), source);
      sources.reports.push({ source, seen: report.readAt ?? written, report });
    } else {
      sources.documents.push({ source, seen: timeOf(head) ?? written, document: readInput(input, file) });
    }
  }
  return sources;
}

/** When the engine wrote a state. Source: pulumi/pulumi `sdk/go/common/apitype/core.go`, `ManifestV1`. */
function timeOf(text: string): Date | undefined {
  const [, time = ""] = /"manifest"\s*:\s*\{\s*"time"\s*:\s*"([^"\\]{1,40})"/.exec(text.slice(0, 4000)) ?? [];
  const date = new Date(time);
  // Go's zero time stands where nobody knows.
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 2000 ? undefined : date;
}
