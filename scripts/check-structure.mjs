// What the product code may look like: who may import whom, never in a circle; how long a file may be, how many casts
// there may be; that every file of the model has a test. (Function length and complexity are biome's.) Exits 1 and names every breach in a line.
// `node scripts/check-structure.mjs [ROOT]`; with --borders it prints the table instead, for the test of the table.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const MAX_LINES = 300;
/** `as const` is no cast. */
const MAX_CASTS_PER_1000_LINES = 5;

const model = (...names) => names.map((name) => `policies/model/${name}`);
const BASICS = model(
  "value",
  "record",
  "arn",
  "region",
  "account",
  "home",
  "identity",
  "finding",
  "reason",
  "reading",
  "collections",
);
const ASKED = ["policies/model", "!policies/model/readers", "!policies/model/build"];
const RULES = ["policies", "!policies/pack", "!policies/index"];
const LINTER = ["linter", "!linter/cli", "!linter/index"];
const ENGINE = ["@pulumi/*", "@grpc/*", "google-protobuf"];

/**
 * [files and folders, what they may import]. A row names only what stands above it, and itself where its files may
 * import each other; `!` takes something out again. A name of no folder here is a package, with `*` for any ending.
 * The row that counts for a file is the one with the longest name.
 */
const BORDERS = [
  [["policies/text"], ["policies/text"]],
  [
    ["policies/config", "policies/generated"],
    ["policies/config", "policies/generated", "policies/text", "@sinclair/typebox"],
  ],
  [model("value"), []],
  [BASICS, [...BASICS, "policies/text", "policies/generated/facts", "policies/generated/partitions", "node:url"]],
  [model("iam"), model("value", "iam")],
  [model("inventory"), [...BASICS, ...model("iam", "inventory"), "policies/text"]],
  [model("topic"), [...BASICS, ...model("inventory")]],
  [model("forwarding"), [...BASICS, ...model("inventory")]],
  [model("flow"), [...BASICS, ...model("iam", "inventory", "forwarding"), "policies/config"]],
  [model("handling"), [...BASICS, ...model("inventory", "flow"), "policies/config"]],
  [model("access"), ["policies/generated/facts", ...BASICS, ...model("iam", "inventory")]],
  [model("filter"), model("value", "iam")],
  [model("bus"), ["policies/generated/facts", ...BASICS, ...model("iam", "inventory", "filter")]],
  [model("hears"), [...BASICS, ...model("iam", "inventory", "filter", "flow", "access")]],
  [
    model("receivers"),
    [...BASICS, ...model("inventory", "filter", "flow", "handling", "hears", "bus"), "policies/config"],
  ],
  [model("shadows"), [...BASICS, ...model("inventory", "flow", "topic"), "policies/config"]],
  [model("readers"), [...BASICS, ...model("iam", "inventory", "readers"), "policies/text"]],
  [model("build"), [...BASICS, ...model("iam", "inventory", "readers"), "policies/config", "policies/text"]],
  [["policies/rules/shared"], [...ASKED, "policies/rules/shared", "policies/config", "policies/text"]],
  [["policies/rules"], [...ASKED, "policies/rules/shared", "policies/text"]],
  [["policies/rules/index"], ["policies/rules"]],
  [["policies/exceptions"], ["policies/model", "policies/rules", "policies/config", "policies/text"]],
  [
    ["policies/evaluate"],
    ["policies/exceptions", "policies/model", "policies/rules", "policies/config", "policies/text"],
  ],
  [["policies/pack"], ["policies", "!policies/index", "@pulumi/policy", "@pulumi/pulumi/proto/*", "node:async_hooks"]],
  [["policies/index"], ["policies/pack", "@pulumi/policy"]],

  [["linter/generated"], []],
  [
    ["linter/io"],
    [
      "linter/io",
      "policies/text",
      ...model("value"),
      "node:*",
      "yaml",
      "jsonc-parser",
      "supports-hyperlinks",
      "@inquirer/*",
    ],
  ],
  [["linter/setup"], ["linter/setup", "linter/io", "policies/text", "node:*"]],
  [
    ["linter/sources/documents"],
    [
      "linter/sources/documents",
      "linter/io",
      "linter/generated/scanner",
      ...BASICS,
      ...model("readers"),
      "policies/text",
    ],
  ],
  [
    ["linter/sources/program"],
    ["linter/sources/program", "linter/io", ...BASICS, "policies/text", "node:*", ...ENGINE],
  ],
  [["linter/aws"], ["@aws-sdk/*"]],
  [
    ["linter/sources/account"],
    ["linter/sources/account", "linter/aws", "linter/io", ...BASICS, "policies/text", "@aws-sdk/*"],
  ],
  [
    ["linter/proof"],
    [
      "linter/proof",
      "linter/sources/account/doubts",
      "linter/sources/account/limits",
      "linter/sources/account/permissions",
      "linter/aws",
      "linter/io",
      ...model("value"),
      "policies/generated/facts",
      "policies/text",
      "@aws-sdk/*",
    ],
  ],
  [["linter/report"], ["linter/report", "linter/io", ...RULES, "js-tokens"]],
  [
    ["linter/candidates"],
    [
      "linter/proof/outcome",
      "linter/proof/plan",
      "linter/sources/account",
      "linter/report",
      "linter/io",
      "policies/config",
      ...BASICS,
      "policies/text",
    ],
  ],
  [
    ["linter/inventory"],
    [
      "linter/inventory",
      "linter/report",
      "linter/io",
      "linter/sources/documents",
      "policies/config",
      ...BASICS,
      "policies/text",
      "node:*",
    ],
  ],
  [
    ["linter/reporters"],
    [
      "linter/reporters",
      "linter/report",
      "linter/proof/outcome",
      "linter/proof/plan",
      "linter/proof/leftovers",
      "linter/io/errors",
      "linter/io/terminal",
      "linter/generated/page",
      "node:crypto",
      ...BASICS,
      "policies/text",
      "junit-report-builder",
      "node-sarif-builder",
    ],
  ],
  [
    ["linter/config"],
    ["linter/io", "policies/config", ...model("finding", "record"), "policies/text", "lilconfig", "node:*"],
  ],
  [["linter/program-options"], ["linter/io", "linter/sources/program", "policies/text"]],
  [
    ["linter/stacks"],
    [
      "linter/stacks",
      "linter/io",
      "linter/program-options",
      "linter/sources",
      "policies/config",
      "policies/model/record",
      "policies/text",
      "node:*",
    ],
  ],
  [["linter/outputs"], ["linter/io", "linter/reporters", "policies/text", "node:*"]],
  [["linter/run"], [...LINTER, "!linter/run", "!linter/commands", ...RULES, "node:*"]],
  [["linter/commands"], [...LINTER, "!linter/commands", ...RULES, "node:*"]],
  [["linter/cli"], ["linter", "!linter/index", "policies/text", "commander", "@bomb.sh/tab/*", "node:*"]],
  [["linter/index"], [...LINTER, "!linter/commands", ...RULES]],

  [["components/handler"], ["components/handler", "@aws-sdk/*", "node:crypto"]],
  [["components"], ["components", "!components/handler", "schema.json", "@pulumi/*", "ajv", "node:crypto", "node:url"]],
];

/** What leaves nothing behind when types are taken out, or only hands on what others define. */
const DECLARATIONS = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
]);

const PRODUCT = ["components", "policies", "linter"];
const args = process.argv.slice(2);
const root = args.find((arg) => !arg.startsWith("--")) ?? dirname(dirname(fileURLToPath(import.meta.url)));

if (args.includes("--borders")) {
  console.log(JSON.stringify(BORDERS));
} else {
  const files = PRODUCT.flatMap(sources).map(read);
  const breaches = [
    ...climbingRows(),
    ...files.flatMap(wrongImports),
    ...circles(files),
    ...untested(files),
    ...tooLong(files),
    ...tooManyCasts(files),
  ];
  for (const breach of new Set(breaches)) console.log(breach);
  if (files.length === 0) console.log(`no product code in ${root}`);
  process.exitCode = breaches.length > 0 || files.length === 0 ? 1 : 0;
}

/** Paths of all sources below a folder, relative to the root. */
function sources(folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.sort(byName).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ["dist", "node_modules"].includes(entry.name) ? [] : sources(path);
    return /(?<!\.d)\.[cm]?[jt]s$/.test(entry.name) ? [path] : [];
  });
}

function byName({ name: a }, { name: b }) {
  return a < b ? -1 : 1;
}

function read(path) {
  const text = readFileSync(join(root, path), "utf8");
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = { imports: [], casts: [] };
  collect(tree, tree, found);
  const hasCode = tree.statements.some((statement) => !DECLARATIONS.has(statement.kind));
  const lines = text.trimEnd().split("\n").length;
  return { path, isGenerated: path.includes("/generated/"), hasCode, lines, ...found };
}

function collect(node, tree, found) {
  const line = () => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
  const name = moduleName(node);
  if (name !== undefined) found.imports.push({ name, line: line() });
  if (isCast(node)) found.casts.push(line());
  ts.forEachChild(node, (child) => collect(child, tree, found));
}

/** What a node imports: a declaration, `import()`, `require()`, `require.resolve()` or a type. */
function moduleName(node) {
  let literal;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) literal = node.moduleSpecifier;
  else if (ts.isExternalModuleReference(node)) literal = node.expression;
  else if (ts.isImportTypeNode(node)) literal = node.argument.literal;
  else if (ts.isCallExpression(node) && isLoader(node.expression)) literal = node.arguments[0];
  return literal && ts.isStringLiteralLike(literal) ? literal.text : undefined;
}

function isLoader(callee) {
  return callee.kind === ts.SyntaxKind.ImportKeyword || /^require(\.resolve)?$/.test(callee.getText());
}

function isCast(node) {
  if (ts.isTypeAssertionExpression(node)) return true;
  return ts.isAsExpression(node) && !ts.isConstTypeReference(node.type);
}

/** The path below the root, without its ending, that a relative import leads to; packages stay as they are. */
function target(from, name) {
  if (!name.startsWith(".")) return name;
  const path = posix.join(posix.dirname(from), name).replace(/\/$/, "");
  const isFolder =
    [".ts", ".js"].every((end) => !existsSync(join(root, path + end))) && existsSync(join(root, path, "index.ts"));
  return isFolder ? `${path}/index` : bare(path);
}

function bare(path) {
  return path.replace(/\.[cm]?[jt]s$/, "");
}

function covers(name, path) {
  if (name.endsWith("*")) return path.startsWith(name.slice(0, -1));
  return path === name || path.startsWith(`${name}/`);
}

/** Whether `!names` take the path out of the others. A longer name counts more than a shorter one. */
function mayImport(allowed, path) {
  const longest = (names) => Math.max(-1, ...names.filter((name) => covers(name, path)).map(({ length }) => length));
  const refused = allowed.filter((name) => name.startsWith("!")).map((name) => name.slice(1));
  return longest(allowed.filter((name) => !name.startsWith("!"))) > longest(refused);
}

/** The row of the table for a file: [name, what it may import]. */
function rowOf(path) {
  const rows = BORDERS.flatMap(([names, allowed]) => names.map((name) => [name, allowed]));
  const own = rows.filter(([name]) => covers(name, path));
  return own.sort(([a], [b]) => b.length - a.length)[0];
}

function wrongImports({ path, imports }) {
  const row = rowOf(bare(path));
  if (row === undefined) return [`${path}:1 stands nowhere in the table of scripts/check-structure.mjs`];
  const [name, allowed] = row;
  return imports
    .filter((imported) => !mayImport(allowed, target(path, imported.name)))
    .map(({ name: module, line }) => `${path}:${line} imports ${module}: ${name} may import ${list(allowed)}`);
}

function list(allowed) {
  return allowed.length > 0 ? `only ${allowed.join(", ").replaceAll(", !", ", not ")}` : "nothing";
}

/** Rows that let something import what stands below it: arrows point one way. */
function climbingRows() {
  return BORDERS.flatMap(([names, allowed], index) => {
    const below = BORDERS.slice(index + 1).flatMap(([others]) => others);
    const climbs = below.filter((other) => !names.some((name) => covers(other, name)) && mayImport(allowed, other));
    return climbs.map((other) => `scripts/check-structure.mjs: ${names[0]} may import ${other}, which stands below it`);
  });
}

/** Each circle once, at the import that closes it. Types count: a reader follows them like anything else. */
function circles(files) {
  const imports = new Map(files.map((file) => [bare(file.path), file]));
  const done = new Set();
  const found = [];
  const visit = (name, way) => {
    if (done.has(name)) return;
    const { path, imports: own } = imports.get(name);
    for (const { name: module, line } of own) {
      const next = target(path, module);
      const start = [...way, name].indexOf(next);
      if (start >= 0)
        found.push(`${path}:${line} closes a circle: ${[...way, name].slice(start).join(" -> ")} -> ${next}`);
      else if (imports.has(next)) visit(next, [...way, name]);
    }
    done.add(name);
  };
  for (const name of imports.keys()) visit(name, []);
  return found;
}

/** The model is tested file by file: whoever changes one finds its test under the same name. */
function untested(files) {
  return files
    .filter(({ path, hasCode }) => hasCode && covers("policies/model", path))
    .map(({ path }) => [path, `test/${bare(path)}.test.ts`])
    .filter(([, test]) => !existsSync(join(root, test)))
    .map(([path, test]) => `${path}:1 has no test of its own: ${test}`);
}

function tooLong(files) {
  return files
    .filter(({ lines, isGenerated }) => !isGenerated && lines > MAX_LINES)
    .map(({ path, lines }) => `${path}:${MAX_LINES + 1} ${lines} lines; at most ${MAX_LINES} in a file`);
}

function tooManyCasts(files) {
  const own = files.filter(({ isGenerated }) => !isGenerated);
  const lines = own.reduce((sum, file) => sum + file.lines, 0);
  const casts = own.flatMap(({ path, casts }) => casts.map((line) => `${path}:${line}`));
  const allowed = (lines / 1000) * MAX_CASTS_PER_1000_LINES;
  if (casts.length < allowed) return [];
  const limit = `${casts.length} in ${lines} lines; fewer than ${MAX_CASTS_PER_1000_LINES} per 1,000 lines`;
  return casts.map((place) => `${place} casts with \`as\`: ${limit}`);
}
