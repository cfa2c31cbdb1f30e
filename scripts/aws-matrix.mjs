// Type-checks the components with `@pulumi/aws` from the oldest 7 to the newest, at both ends of every range whose declarations
// differ. Prints a table; exits 1 where they do not compile. Needs the registry and half a minute, therefore no part of the
// tests. `npm run matrix:aws [-- VERSION…]`. Programs with 6 are no part of it: the declarations that are published name no
// type of `@pulumi/aws`, and the components say that they need 7.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const work = mkdtempSync(join(tmpdir(), "ses-guard-aws-"));

/** Up to 7.29 the declarations let fewer arguments turn out to be absent. */
const VERSIONS = ["7.2.0", "7.29.0", "7.30.0", "7"];

function unpacked(wanted) {
  const folder = join(work, wanted);
  mkdirSync(folder);
  const options = { cwd: folder, encoding: "utf8" };
  execFileSync("npm", ["pack", "--silent", `@pulumi/aws@${wanted}`], options);
  const [tarball] = readdirSync(folder);
  execFileSync("tar", ["xzf", tarball], options);
  return join(folder, "package");
}

/** The errors in our own files. */
function errorsWith(aws) {
  const config = join(work, "tsconfig.json");
  const compilerOptions = {
    noEmit: true,
    rootDir: "/",
    types: ["node"],
    typeRoots: [join(root, "node_modules", "@types")],
    skipLibCheck: true,
    paths: { "@pulumi/aws": [join(aws, "index.d.ts")], "@pulumi/aws/*": [join(aws, "*")] },
  };
  const settings = { extends: join(root, "tsconfig.json"), compilerOptions, include: [join(root, "components")] };
  writeFileSync(config, JSON.stringify({ ...settings, exclude: [] }));
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", config, "--pretty", "false", "--listFiles"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const lines = stdout.split("\n");
  if (!lines.some((line) => line.startsWith(aws))) throw new Error(`no file of ${aws} was read`);
  return lines.filter((line) => /^components\/.*error TS/.test(line));
}

function main() {
  symlinkSync(join(root, "node_modules"), join(work, "node_modules"));
  const chosen = process.argv.slice(2);
  let isFine = true;
  console.log("| `@pulumi/aws` | the components |\n| --- | --- |");
  for (const wanted of chosen.length > 0 ? chosen : VERSIONS) {
    const aws = unpacked(wanted);
    const { version } = JSON.parse(readFileSync(join(aws, "package.json"), "utf8"));
    const errors = errorsWith(aws);
    for (const error of errors) console.error(error);
    isFine &&= errors.length === 0;
    console.log(`| ${version} | ${errors.length === 0 ? "compile" : `${errors.length} errors`} |`);
    rmSync(dirname(aws), { recursive: true, force: true });
  }
  return isFine;
}

try {
  process.exitCode = main() ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
