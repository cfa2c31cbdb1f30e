import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../..");

/**
 * Type errors, `FILE: MESSAGE` each, of programs that exist in memory only, compiled together and strictly.
 * @param sources text by path; the path decides where packages are found
 */
export function typeErrors(sources: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    types: ["node", "jest"],
    paths: {
      "pulumi-ses-guard": [join(ROOT, "components/index.ts")],
      "pulumi-ses-guard/policies": [join(ROOT, "policies/pack/policies.ts")],
      "pulumi-ses-guard/linter": [join(ROOT, "linter/index.ts")],
    },
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = sources.get(file);
    return text === undefined
      ? getSourceFile.call(host, file, version, ...rest)
      : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}
