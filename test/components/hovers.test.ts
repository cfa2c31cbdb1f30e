import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import ts from "typescript";
import { root } from "../support/engine";

const FOLDER = join(root, "components");
const ARGUMENTS = join(FOLDER, "args");

interface Constraint {
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  enum?: (string | number)[];
}
const constraints: Record<string, Constraint> = JSON.parse(readFileSync(join(FOLDER, "constraints.json"), "utf8"));

interface Argument {
  name: string;
  isOptional: boolean;
  isFlag: boolean;
  hover: string;
}

/** What an editor shows of a declaration. */
function hoverOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join(" ");
}

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
}

const isExported = (node: ts.ClassDeclaration) =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
const isOutput = (node: ts.ClassElement) =>
  ts.isPropertyDeclaration(node) && node.type?.getText().startsWith("pulumi.Output") === true;

const sources = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map(({ name }) => parse(join(folder, name)));

const args: Argument[] = sources(ARGUMENTS).flatMap((file) =>
  file.statements.filter(ts.isInterfaceDeclaration).flatMap(({ name, members }) =>
    members.filter(ts.isPropertySignature).map((member) => ({
      name: `${name.text}.${member.name.getText()}`,
      isOptional: member.questionToken !== undefined,
      isFlag: member.type?.getText() === "boolean",
      hover: hoverOf(member),
    })),
  ),
);

const exampleIn = (hover: string) => / Example: `([^`]+)`\.$/.exec(hover)?.[1];

test("the arguments are all here", () => {
  expect(args.length).toBeGreaterThan(70);
  const plain = Object.keys(constraints).filter((name) => !/[[{]/.test(name));
  expect(plain.filter((name) => !args.some((one) => one.name === name))).toEqual([]);
});

describe.each(args)("the hover of $name", ({ name, isOptional, isFlag, hover }) => {
  test("says what it is, its default, and an example that is an expression; no number of a fact", () => {
    expect(hover).toMatch(/^\S.{12,}/);
    expect(hover).not.toMatch(/\bF\d+\b/);
    expect(/ Default(?: |: )\S| Required unless /.test(hover)).toBe(isOptional);
    const example = exampleIn(hover);
    const { diagnostics = [] } = ts.transpileModule(`(${example});`, { reportDiagnostics: true });
    expect({ example, errors: diagnostics.length }).toEqual({ example: expect.any(String), errors: 0 });
    if (isFlag) expect(example).toMatch(/^(?:true|false)$/);
  });

  test("says the range or the choice that is enforced, and keeps to it", () => {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, enum: choices = [] } = constraints[name] ?? {};
    const limits = [minimum, maximum, exclusiveMinimum, exclusiveMaximum, ...choices].filter(
      (one) => one !== undefined,
    );
    const words = hover.split(/[^\w.]+|\.(?=\s)/);
    expect(limits.filter((limit) => !words.includes(String(limit)))).toEqual([]);
    if (limits.length === 0) return;
    const { format, ...checked } = { format: undefined, ...constraints[name] };
    expect(new Ajv({ strict: false }).validate(checked, JSON.parse(exampleIn(hover) ?? "null"))).toBe(true);
  });
});

test("the hovers of components and of their outputs name no number of a fact", () => {
  const hovers = sources(FOLDER).flatMap((file) =>
    file.statements
      .filter(ts.isClassDeclaration)
      .filter(isExported)
      .flatMap((component) => [component, ...component.members.filter(isOutput)].map(hoverOf)),
  );
  expect(hovers.length).toBeGreaterThan(20);
  expect(hovers.filter((hover) => hover === "" || /\bF\d+\b/.test(hover))).toEqual([]);
});
