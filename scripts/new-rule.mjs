// `npm run new-rule NAME`: a rule, its test and its page, with blanks that neither compiler nor tests let pass, and its
// line in the index. `--root DIR` writes into another copy of the repository.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** A blank to fill in. `npm run generate` and the parity test refuse text in these brackets. */
const blank = (what) => `<${what}>`;

const rule = (name, constant) => `import { createRule } from "./shared/rule";
import { describeIdentity } from "./shared/words";

export const ${constant} = createRule({
  id: "${name}",
  level: "${blank("mandatory or advisory")}",
  severity: "${blank("critical, high, medium or low")}",
  summary: "${blank("what it finds, one sentence")}",
  why: "${blank("what happens to a sender who ignores it")}",
  facts: ["${blank("numbers of docs/ses.md, F1 to F24")}"],
  source: "${blank("the page of the AWS documentation that says so")}",
  fix: "${blank("what to do about it")}",
  messages: {
    found: (identity: string) => \`\${identity} ${blank("where, why")}.\`,
  },
  check({ inventory }, report, messages) {
    for (const identity of inventory.identities) {
      report.violation({ identity }, messages.found(describeIdentity(identity)));
    }
  },
});
`;

const test = (name, constant) => `import { ${constant} } from "../../../policies/rules/${name}";
import { testRule } from "./tester";

testRule(${constant}, {
  fails: [],
  passes: [],
  unknown: [],
});
`;

const page = (name) => `<!-- begin header -->
<!-- end header -->

## Fails

${blank("what is wrong with this program")}

\`\`\`ts fails
import * as aws from "@pulumi/aws";
\`\`\`

<!-- begin output -->
<!-- end output -->

## Passes

${blank("what is different")}

\`\`\`ts passes
import * as aws from "@pulumi/aws";
\`\`\`

## How to fix

${blank("step by step")}

## How to allow

Accept it for one identity, with a reason and a last day:

\`\`\`yaml allows
exceptions:
  - rule: ${name}
    identity: example.com
    reason: ${blank("an example of a good one")}
    expires: 2027-06-30
\`\`\`

In the policy pack the same entry stands under \`settings\`, and \`"${name}": "disabled"\` silences the rule
([configuration](../configuration.md#in-the-policy-pack)).
`;

/** The index with the rule's import, in order, and the rule itself before those that look at the others. */
function withRule(index, name, constant) {
  const lines = index.split("\n");
  const after = lines.findIndex((line) => pathOf(line) > `./${name}`);
  const at = after < 0 ? lines.indexOf("") : after;
  lines.splice(at, 0, `import { ${constant} } from "./${name}";`);
  lines.splice(lines.indexOf("  staleOverride,"), 0, `  ${constant},`);
  return lines.join("\n");
}

function pathOf(line) {
  return /^import .* from "(.*)";$/.exec(line)?.[1] ?? "";
}

function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { root: { type: "string" } } });
  const root = values.root ?? dirname(dirname(fileURLToPath(import.meta.url)));
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) throw new Error("usage: npm run new-rule NAME");
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(name)) {
    throw new Error(`${JSON.stringify(name)} is no name for a rule: two words or more, lower case, with hyphens`);
  }
  const constant = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const index = "policies/rules/index.ts";
  const files = new Map([
    [`policies/rules/${name}.ts`, rule(name, constant)],
    [`test/policies/rules/${name}.test.ts`, test(name, constant)],
    [`docs/rules/${name}.md`, page(name)],
  ]);
  for (const path of files.keys()) if (existsSync(join(root, path))) throw new Error(`${path} exists already`);
  files.set(index, withRule(readFileSync(join(root, index), "utf8"), name, constant));
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    console.log(path === index ? `changed: ${path}` : `written: ${path}`);
  }
  console.log(
    "Fill in the blanks, <like this>, then: npm run generate && npm run check && npx jest test/policies/rules test/docs",
  );
}

try {
  main();
} catch (error) {
  console.error(`new-rule: ${error.message}`);
  process.exitCode = 1;
}
