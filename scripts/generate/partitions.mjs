// The partitions of AWS as its SDK knows them: which Regions are whose, and the names of their endpoints.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const PACKAGE = join("@aws-sdk", "core");
// The package exports only a function, which answers `aws` for whatever it does not know.
const FILE = join("dist-es", "submodules", "client", "util-endpoints", "lib", "aws", "partitions.js");

export async function generate() {
  const exported = createRequire(import.meta.url).resolve("@aws-sdk/core/client");
  const root = exported.slice(0, exported.lastIndexOf(PACKAGE) + PACKAGE.length);
  const { partitionsInfo } = await import(pathToFileURL(join(root, FILE)).href);
  const rows = partitionsInfo.partitions.map(({ id, regionRegex, outputs }) => {
    if (!/^\^.*\$$/.test(regionRegex)) throw new Error(`partition ${id} takes any text that holds ${regionRegex}`);
    const { source } = new RegExp(regionRegex.replaceAll("\\-", "-"));
    return `  { id: ${JSON.stringify(id)}, dnsSuffix: ${JSON.stringify(outputs.dnsSuffix)}, regions: /${source}/ },`;
  });
  if (rows.length === 0) throw new Error("the AWS SDK knows no partitions");
  const from = "// Generated from the endpoint rules of the AWS SDK (@aws-sdk/core) by `npm run generate`.";
  const text = `${from}\n\nexport const PARTITIONS = [\n${rows.join("\n")}\n];\n`;
  return new Map(
    ["policies/generated/partitions.ts", "components/generated/partitions.ts"].map((path) => [path, text]),
  );
}
