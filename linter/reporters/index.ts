import { nearest } from "../../policies/text/nearest";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import type { Report } from "../report/shapes";
import type { RenderOptions, Reporter } from "./reporter";

// `require`, so that a format's library is loaded only when that format is asked for.
const LOADERS = {
  text: () => (require("./text") as typeof import("./text")).text,
  json: () => (require("./json") as typeof import("./json")).json,
  sarif: () => (require("./sarif") as typeof import("./sarif")).sarif,
  junit: () => (require("./junit") as typeof import("./junit")).junit,
  github: () => (require("./github") as typeof import("./github")).github,
  markdown: () => (require("./markdown") as typeof import("./markdown")).markdown,
  gitlab: () => (require("./gitlab") as typeof import("./gitlab")).gitlab,
  asff: () => (require("./asff") as typeof import("./asff")).asff,
  html: () => (require("./html") as typeof import("./html")).html,
} satisfies Record<string, () => Reporter>;

export type Format = keyof typeof LOADERS;
export const FORMATS = Object.keys(LOADERS) as readonly Format[];

/**
 * The report in a format of `FORMATS`; its library is loaded on first use.
 * @throws KnownError for a format that does not exist
 */
export function renderReport(report: Report, format: string, options: RenderOptions): string {
  if (isFormat(format)) return LOADERS[format]()(report, options);
  const suggestion = nearest(format, FORMATS);
  const hint = suggestion === undefined ? `use one of ${FORMATS.join(", ")}` : `did you mean ${suggestion}?`;
  throw new KnownError(`--format ${printable(format.slice(0, 40))}: unknown format, ${hint}`);
}

function isFormat(format: string): format is Format {
  return Object.hasOwn(LOADERS, format);
}
