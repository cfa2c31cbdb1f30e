import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KnownError } from "../../../linter/io/errors";
import { readDocument, type StackDocument } from "../../../linter/sources/documents";
import { parseArn } from "../../../policies/model/arn";
import type { StackRecords } from "../../../policies/model/record";
import { isUnknownString } from "../../../policies/model/value";
import type { Mutation } from "../../support/mutate";
import { asPack, propertiesRead } from "../../support/reads";
import { faults, findingsOf } from "./silence";

const FIXTURES = join(__dirname, "../../fixtures");
/** The shapes in which the records reach the rules, and how each of them spells a value that nobody knows. */
const FORMS = {
  document: {
    show: (views: readonly StackRecords[]) => views,
    ways: ["secret", "sentinel", "sentinel with dependencies"],
  },
  pack: { show: asPack, ways: ["secret", "sentinel with dependencies", "symbol"] },
} as const;

function read(name: string): StackDocument | KnownError {
  try {
    return readDocument(readFileSync(join(FIXTURES, name), "utf8"), name);
  } catch (error) {
    if (error instanceof KnownError) return error;
    throw error;
  }
}

const names = ["corpus", "recordings", "documents", "examples"]
  .flatMap((kind) => readdirSync(join(FIXTURES, kind), { recursive: true }).map((name) => `${kind}/${name}`))
  .filter((name) => /\/(state|preview)[^/]*\.json$/.test(name))
  .sort();
const all = names.map((name) => [name, read(name)] as const);
const documents = all.flatMap(([name, document]) =>
  document instanceof KnownError ? [] : [[name, document] as const],
);

test("only previews that failed are left out", () => {
  const refused = all.flatMap(([, document]) => (document instanceof KnownError ? [document.message] : []));
  expect(refused.filter((message) => !message.includes("the preview failed"))).toEqual([]);
  expect(documents.length).toBeGreaterThan(50);
});

/** A recording against a provider that makes answers up: the ARN names another account, or another name. */
function contradictsItself(views: readonly StackRecords[], { urn, path }: Mutation): boolean {
  const resources = views.flatMap((view) => view.resources);
  const resource = resources.find((one) => one.urn === urn);
  const text = resource?.outputs?.arn;
  const arn = typeof text === "string" ? parseArn(text) : undefined;
  if (!resource || !arn || path[0] !== "arn") return false;
  const name = resource.inputs?.name ?? resource.outputs?.name;
  const provider = resources.find((one) => one.urn === resource.provider);
  const accounts = JSON.stringify([provider?.inputs, provider?.outputs]).match(/\b\d{12}\b/g) ?? [];
  return (typeof name === "string" && name !== arn.resource) || accounts.some((account) => account !== arn.account);
}

/**
 * The text names none of the resources that Pulumi says it comes from (a refreshed state, whose settings somebody
 * changed by hand). Once it is unknown the one behind it is the one that is meant: that is another program.
 */
function leadsElsewhere(views: readonly StackRecords[], { urn, path, how }: Mutation): boolean {
  if (how !== "sentinel with dependencies") return false;
  const resources = views.flatMap((view) => view.resources);
  const resource = resources.find((one) => one.urn === urn);
  const property = String(path[0]);
  const behind = new Set(resource?.propertyDependencies?.[property]);
  const value = resource?.inputs?.[property] ?? resource?.outputs?.[property];
  if (behind.size === 0 || typeof value !== "string") return false;
  const names = resources
    .filter((one) => behind.has(one.urn))
    .flatMap(({ id, inputs, outputs }) => [id, ...Object.values(inputs ?? {}), ...Object.values(outputs ?? {})]);
  return value === "" || !(names.includes(value) || isUnknownString(value));
}

describe("every property that a reader reads, made unknown in every way that a source has for it", () => {
  const cases = documents.flatMap(([name, document]) =>
    Object.entries(FORMS).map(([form, { show, ways }]) => [name, form, show([document]), ways] as const),
  );

  let tried = 0;
  let passedOver = 0;
  test.each(cases)("%s as a %s", (_, __, views, ways) => {
    const before = findingsOf(views);
    const mutations = propertiesRead(views, (watched) => findingsOf(watched)).flatMap(({ urn, property }) =>
      ways.map((how): Mutation => ({ urn, path: [property], how })),
    );
    const possible = mutations.filter((one) => !contradictsItself(views, one) && !leadsElsewhere(views, one));
    tried += possible.length;
    passedOver += mutations.length - possible.length;
    const found = possible.flatMap((mutation) =>
      faults(views, before, mutation).map((fault) => `${mutation.urn} ${mutation.path} ${mutation.how}: ${fault}`),
    );
    expect(found).toEqual([]);
  });

  test("thousands of values, of which hardly any are passed over", () => {
    expect(tried).toBeGreaterThan(10_000);
    expect(passedOver).toBeLessThan(tried / 100);
  });
});
