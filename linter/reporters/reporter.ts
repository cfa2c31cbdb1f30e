import type { Report } from "../report/shapes";

export interface RenderOptions {
  /** Escape sequences for colours: on a terminal only. */
  color: boolean;
  /** Columns to wrap text at. */
  width: number;
  /** Escape sequences that link the names of rules: on a terminal that knows them only. Default false. */
  links?: boolean;
  /** How many findings of one kind are written out. Default 5. */
  max?: number;
  /** When the report was made, as ISO 8601 writes it, for the formats that have to say it. */
  now?: string;
  /** Of the page, for HTML. */
  title?: string;
}

/** A report as the text of one format, ending in a newline. Equal input gives equal text. */
export type Reporter = (report: Report, options: RenderOptions) => string;
