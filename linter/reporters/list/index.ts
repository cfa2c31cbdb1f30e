import type { Report } from "../../report/shapes";
import type { RenderOptions, Reporter } from "../reporter";

// `require`, so that a format is loaded only when it is asked for.
const LOADERS = {
  text: () => (require("./text") as typeof import("./text")).listText,
  json: () => (require("./json") as typeof import("./json")).listJson,
  markdown: () => (require("./markdown") as typeof import("./markdown")).listMarkdown,
  html: () => (require("../html") as typeof import("../html")).html,
} satisfies Record<string, () => Reporter>;

export type ListFormat = keyof typeof LOADERS;
export const LIST_FORMATS = ["text", "json", "markdown", "html"] as const satisfies readonly ListFormat[];

/** Who receives the feedback of each identity, in a format of `LIST_FORMATS`. */
export function renderList(report: Report, format: ListFormat, options: RenderOptions): string {
  return LOADERS[format]()(report, options);
}
