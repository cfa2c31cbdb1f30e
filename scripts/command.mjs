// packages/ses-guard: the package of the command alone, made of what the build wrote. It has no dependencies: programs
// bring their SDK. `node scripts/command.mjs [FOLDER]`, after `npm run build`.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(process.argv[2] ?? join(root, "packages", "ses-guard"));
const { version, license, keywords, engines, repository, homepage, bugs } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);

/** [from, to] */
const FILES = [
  ["dist/cli.js", "dist/cli.js"],
  ["dist/lib", "dist/lib"],
  ["dist/child", "dist/child"],
  ["dist/LICENSES.txt", "dist/LICENSES.txt"],
  ["policies/generated/ses-guard.schema.json", "ses-guard.schema.json"],
  ["problem-matcher.json", "problem-matcher.json"],
  ["CHANGELOG.md", "CHANGELOG.md"],
  ["LICENSE", "LICENSE"],
];

const README = `# ses-guard

Makes sure nobody sends mail through Amazon SES without listening to bounces and complaints: checks Pulumi programs
(\`ses-guard preview\`), states and previews (\`ses-guard lint\`), without credentials.

This package is the command alone and has no dependencies; programs are run with the \`@pulumi/pulumi\` that they have.
The components and the policy pack are in \`pulumi-ses-guard\`, which has the command too.

Start and documentation: ${homepage}
`;

const manifest = {
  name: "ses-guard",
  version,
  description:
    "Checks that somebody listens to the bounces and complaints of Amazon SES, in Pulumi programs and stacks.",
  license,
  keywords,
  engines,
  bin: { "ses-guard": "dist/cli.js" },
  repository,
  homepage,
  bugs,
};

try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [from, to] of FILES) cpSync(join(root, from), join(folder, to), { recursive: true });
  writeFileSync(join(folder, "README.md"), README);
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
} catch (error) {
  console.error(`command.mjs: ${error.message}`);
  process.exitCode = 1;
}
