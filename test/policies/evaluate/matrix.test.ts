import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { KnownError } from "../../../linter/io/errors";
import { mergeDocuments, readDocument } from "../../../linter/sources/documents";
import type { StackRecords } from "../../../policies/model/record";
import { type Mutation, mutations } from "../../support/mutate";
import { asInPack } from "../../support/pack-records";
import { type Reads, watched } from "../../support/reads";
import { faults, findingsOf } from "./silence";

const FIXTURES = join(__dirname, "../../fixtures");

/** What a source is shown, and how it can say that a value is not known. */
interface Form {
  show: (views: readonly StackRecords[]) => readonly StackRecords[];
  ways: readonly Mutation["how"][];
  /** The way for what the program left out. */
  added: Mutation["how"];
}

const FORMS: Record<string, Form> = {
  document: { show: (views) => views, ways: ["secret", "sentinel", "sentinel with dependencies"], added: "sentinel" },
  pack: { show: asInPack, ways: ["secret", "sentinel with dependencies", "symbol"], added: "secret" },
};

const read = ["corpus", "recordings", "documents", "examples"]
  .flatMap((folder) => readdirSync(join(FIXTURES, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.name.endsWith(".json") && entry.name !== "expected.json")
  .map((entry) => relative(FIXTURES, join(entry.parentPath, entry.name)))
  .sort()
  .map((name) => ({ name, ...viewsOf(name) }));
const documents = read.flatMap(({ name, views }) => (views ? [[name, views] as const] : []));

function viewsOf(name: string): { views?: StackRecords[]; refused?: string } {
  try {
    return { views: mergeDocuments([readDocument(readFileSync(join(FIXTURES, name), "utf8"), name)]) };
  } catch (error) {
    if (error instanceof KnownError) return { refused: error.message };
    throw error;
  }
}

/** Whatever a reader reads of a resource, which nobody knows any more: what is there, and what the program leaves out. */
function mutationsOfWhatIsRead(views: readonly StackRecords[], { ways, added }: Form): Mutation[] {
  const { views: noted, reads } = watched(views);
  findingsOf(noted);
  const present = mutations(views, ways).filter(
    ({ urn, path }) => path[0] === "#id" || reads.get(urn)?.has(String(path[0])),
  );
  return [...present, ...additions(views, reads, added)];
}

function additions(views: readonly StackRecords[], reads: Reads, how: Mutation["how"]): Mutation[] {
  const resources = views.flatMap((view) => view.resources);
  return resources.flatMap(({ urn, inputs, outputs }) =>
    [...(reads.get(urn) ?? [])]
      .filter((property) => inputs?.[property] === undefined && outputs?.[property] === undefined)
      .map((property): Mutation => ({ urn, path: [property], how, added: true })),
  );
}

let tried = 0;

describe.each(Object.entries(FORMS))("in a %s, nothing that becomes unknown silences or invents", (_, form) => {
  test.each(documents)("%s", (_name, given) => {
    const views = form.show(given);
    const before = findingsOf(views);
    const found = mutationsOfWhatIsRead(views, form).flatMap((mutation) => {
      tried++;
      const place = [mutation.urn.split("::").slice(2).join(" "), mutation.path.join("."), mutation.how].join(" ");
      return faults(views, before, mutation).map((fault) => `${place}: ${fault}`);
    });
    expect(found).toEqual([]);
  });
});

test("there was something to try, and only failed previews were left out", () => {
  expect(tried).toBeGreaterThan(15_000);
  for (const { refused } of read) if (refused !== undefined) expect(refused).toMatch(/the preview failed with/);
});
