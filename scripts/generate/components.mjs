// The components' generated files, for `npm run generate`.
import { generatedFiles } from "../generate-components.mjs";

/** @returns {Map<string, string>} content by path */
export function generate() {
  return new Map(Object.entries(generatedFiles()));
}
