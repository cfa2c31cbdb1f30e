import { existsSync } from "node:fs";
import { join } from "node:path";
import { printable } from "../../../policies/text/printable";
import { readText } from "../../io/files";
import { STACK_REFERENCE } from "./mocks";
import { PREVIEW_INSTEAD, type Project } from "./project";

/** What an error is explained by, beside its own text. */
export interface Circumstances {
  project: Project;
  /** Tokens of the functions that were called and have no answer here. */
  unanswered: readonly string[];
  /** The error itself is passed on: it is an inline program's. */
  hasCause: boolean;
}

interface Cause {
  sign: RegExp;
  advise(circumstances: Circumstances, match: RegExpExecArray): string | undefined;
}

/** The first whose sign is in the text, and that has something to say. */
const CAUSES: readonly Cause[] = [
  {
    sign: /Missing required configuration variable/,
    advise: ({ project }) => {
      const where = project.environment ? ", which may come from the stack's environment" : "";
      return `add it to Pulumi.${printable(project.stack)}.yaml${where}, or give it with --config-value KEY=VALUE`;
    },
  },
  {
    sign: /Cannot find (?:module|package) '([^./'][^']*)'/,
    advise: ({ project }, [, name = ""]) =>
      isAlias(name, project)
        ? "that is a path alias of the compiler's, which Node.js does not know; load what resolves it, as pulumi up " +
          'needs it too: runtime: { name: nodejs, options: { nodeargs: "-r tsconfig-paths/register" } }'
        : "install the program's dependencies",
  },
  {
    sign: /Unknown file extension "\.[cm]?tsx?"/,
    advise: () =>
      "the program is an ES module in TypeScript, which this Node.js does not load by itself: use Node.js 22.18 or newer, " +
      `a loader (nodeargs: "--import tsx"), or ${PREVIEW_INSTEAD}`,
  },
  {
    sign: /CredentialsProviderError|Could not load credentials|Missing (?:region|credentials) in config|Region is missing|ExpiredToken|UnrecognizedClientException|InvalidClientTokenId/,
    advise: () =>
      "the program itself calls AWS, for which it has no credentials here; ask with a function of @pulumi/aws, which " +
      `--mocks can answer, or ${PREVIEW_INSTEAD}`,
  },
  {
    sign: /promise(?:s)? (?:was|were) still active|promise leak|exited before the following/i,
    advise: () => "the program waits for something that never comes; await or end it",
  },
  {
    sign: /(?:^|\n)\s*(?:<ref \*\d+> )?(?:Uncaught )?\w*Error\b/,
    advise: ({ unanswered }) =>
      unanswered.length === 0
        ? undefined
        : `it may be the answer of a function that only AWS knows; --mocks FILE gives it, with these lines: ${mockLines(unanswered)}`,
  },
];

/** What can be done about an error, in one line. */
export function adviceFor(text: string, circumstances: Circumstances): string {
  for (const { sign, advise } of CAUSES) {
    const match = sign.exec(text);
    const advice = match ? advise(circumstances, match) : undefined;
    if (advice !== undefined) return advice;
  }
  return circumstances.hasCause ? "its cause is the whole error" : "--verbose shows what the program wrote";
}

/** The lines of a file for `--mocks` that answer functions, for a sentence. */
export function mockLines(tokens: readonly string[]): string {
  return tokens.map((token) => `\`${mockLine(token)}\``).join(", ");
}

/** The line that answers a function. */
export function mockLine(token: string): string {
  return printable(`${token}: { NAME: VALUE }`);
}

/** The line that gives the outputs of a stack. */
export function referenceLine(stack: string): string {
  const name = /^[\w./-]+$/.test(stack) ? stack : JSON.stringify(stack);
  return printable(`${STACK_REFERENCE}: { ${name}: { NAME: VALUE } }`);
}

/** `@/mail`, `~/mail`, or what `paths` of the compiler's configuration begins. */
function isAlias(name: string, project: Project): boolean {
  if (/^[@~#]\//.test(name)) return true;
  const file = join(project.root, project.tsconfig ?? "tsconfig.json");
  if (!existsSync(file)) return false;
  const [, paths = ""] = /"paths"\s*:\s*\{([^}]*)\}/.exec(readText(file)) ?? [];
  return [...paths.matchAll(/"([^"*]+)\*?"\s*:/g)].some(([, start = ""]) => name.startsWith(start));
}
