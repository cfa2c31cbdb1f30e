import { writeAtomically } from "../io/output";
import { type ProgramOptions, settingsOf } from "../program-options";
import { renderPreview } from "../sources/documents";
import { offlinePreview } from "../sources/program/offline-preview";

export interface RenderOptions extends ProgramOptions {
  output?: string;
}

/**
 * `ses-guard render`: the offline preview of one program as `pulumi preview --json` would write it; empty where it is
 * written to a file. Throws `KnownError` where the program does not run to its end.
 */
export async function render(folder: string, options: RenderOptions): Promise<string> {
  const text = renderPreview(await offlinePreview(folder, settingsOf(options)));
  if (options.output === undefined) return text;
  writeAtomically(options.output, text);
  return "";
}
