import { writeAtomically } from "../io/output";
import { checkOutput, fileOf } from "../outputs";
import { type ProgramOptions, settingsOf } from "../program-options";
import { isRendered, renderPreview } from "../sources/documents";
import { offlinePreview } from "../sources/program/offline-preview";

export interface RenderOptions extends ProgramOptions {
  output?: string;
}

/**
 * `ses-guard render`: the offline preview of one program as `pulumi preview --json` would write it; empty where it is
 * written to a file, which replaces nothing but an earlier one. Throws `KnownError` where the program does not run to
 * its end.
 */
export async function render(folder: string, options: RenderOptions): Promise<string> {
  const path = fileOf(options.output);
  const inputs = options.mocks === undefined ? [] : [options.mocks];
  if (path !== undefined) checkOutput(path, inputs, { isOurs: isRendered, name: "earlier output of render" });
  const text = renderPreview(await offlinePreview(folder, settingsOf(options)));
  if (path === undefined) return text;
  writeAtomically(path, text);
  return "";
}
