import type { Report } from "../report/shapes";

export interface RenderOptions {
  /** Escape sequences for colours: on a terminal only. */
  color: boolean;
  /** Columns to wrap text at. */
  width: number;
}

/** A report as the text of one format, ending in a newline. Equal input gives equal text. */
export type Reporter = (report: Report, options: RenderOptions) => string;
