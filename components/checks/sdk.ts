import type { Problem } from "./problem";

/** `@pulumi/aws` from which on a resource takes a Region of its own; older ones leave it out without a word. */
const OLDEST_MAJOR = 7;

/** What keeps every component from working: the program's `@pulumi/aws` is too old. */
export function sdkProblems(version: string = installedVersion()): Problem[] {
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return [];
  return [{ path: "@pulumi/aws", given: version, allowed: `${OLDEST_MAJOR} or newer, npm install @pulumi/aws@7` }];
}

function installedVersion(): string {
  const { version }: { version: string } = require("@pulumi/aws/package.json");
  return version;
}
