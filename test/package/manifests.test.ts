import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/engine";

const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
const manifest = read("package.json");
const pack = read("policies/package.json");

/** The engine reads the pack's own manifest; npm reads the root's. */
describe("policies/package.json", () => {
  test.each(["version", "license"])("has the %s of the package", (key) => {
    expect(pack[key]).toBe(manifest[key]);
  });

  test("asks for the same versions as the package, of no package that the package does without", () => {
    expect(Object.keys(pack.dependencies).length).toBeGreaterThan(0);
    expect({ ...manifest.dependencies, ...manifest.peerDependencies }).toMatchObject(pack.dependencies);
  });

  test("starts the file that PulumiPolicy.yaml starts", () => {
    expect(readFileSync(join(root, "policies", "PulumiPolicy.yaml"), "utf8")).toContain(`\nmain: ${pack.main}\n`);
  });
});

test("the range of the SDK is the one that the policy SDK asks for, which is installed beside it", () => {
  const { dependencies } = read("node_modules/@pulumi/policy/package.json");
  expect(manifest.peerDependencies["@pulumi/pulumi"]).toBe(dependencies["@pulumi/pulumi"]);
});

test("who has the SDKs of a program gets no second copy of them", () => {
  expect(manifest.dependencies).not.toHaveProperty(["@pulumi/aws"]);
  expect(manifest.dependencies).not.toHaveProperty(["@pulumi/pulumi"]);
  // What a plugin's own installation does not install by itself is missing there.
  expect(manifest).not.toHaveProperty("peerDependenciesMeta");
});
