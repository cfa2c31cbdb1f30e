import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { mergeDocuments, readDocument } from "../../../linter/sources/documents";
import type { Finding } from "../../../policies/model/finding";
import type { ResourceRecord, StackRecords } from "../../../policies/model/record";
import { type Json, UNKNOWN } from "../../../policies/model/value";
import { anyView } from "../../generators/stacks";
import { type Mutation, mutations } from "../../support/mutate";
import { faults, findingsOf } from "./silence";

const FIXTURES = join(__dirname, "../../fixtures");
const RUNS = 200;
/** Fixed, so that a run says something about the code and not about luck; any other one does too. */
const SEED = Number(process.env.SEED ?? 20_261_123);

const picks = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 20, maxLength: 20 });

function check(property: fc.IRawProperty<unknown>, numRuns = RUNS): void {
  fc.assert(property, { numRuns, seed: SEED, endOnFailure: true });
}

const sorted = (findings: readonly Finding[]) => findings.map((one) => JSON.stringify(one)).sort();

describe("every value of the corpus made unknown, one at a time", () => {
  const folders = ["corpus", "recordings"].flatMap((kind) =>
    readdirSync(join(FIXTURES, kind)).map((name) => `${kind}/${name}`),
  );
  const cases = folders.flatMap((folder) =>
    ["state", "preview"].flatMap((kind) => {
      const names = readdirSync(join(FIXTURES, folder)).filter(
        (name) => name.startsWith(kind) && name.endsWith(".json"),
      );
      return names.length > 0 ? [[`${folder} ${kind}`, folder, names] as const] : [];
    }),
  );

  test.each(cases)("%s", (_, folder, names) => {
    const documents = names.map((name) => readDocument(readFileSync(join(FIXTURES, folder, name), "utf8"), name));
    const views = mergeDocuments(documents);
    const before = findingsOf(views);
    const all = mutations(views);
    expect(all.length).toBeGreaterThan(0);
    const found = all.flatMap((mutation) =>
      faults(views, before, mutation).map(
        (fault) => `${mutation.urn} ${mutation.path.join(".")} ${mutation.how}: ${fault}`,
      ),
    );
    expect(found).toEqual([]);
  });
});

test("an unknown value silences nothing and invents nothing", () => {
  let tried = 0;
  check(
    fc.property(anyView, picks, (view, numbers) => {
      const before = findingsOf([view]);
      const all = mutations([view]);
      for (const number of all.length > 0 ? numbers : []) {
        const mutation = all[number % all.length] as Mutation;
        tried++;
        expect(faults([view], before, mutation)).toEqual([]);
      }
    }),
  );
  expect(tried).toBeGreaterThan(RUNS);
});

test("equal input gives equal findings, and is left as it was", () => {
  check(
    fc.property(anyView, (view) => {
      const text = JSON.stringify(view);
      expect(findingsOf([view])).toEqual(findingsOf([view]));
      expect(JSON.stringify(view)).toBe(text);
    }),
  );
});

test("order does not matter", () => {
  check(
    fc.property(
      anyView.chain((view) =>
        fc.tuple(fc.constant(view), fc.shuffledSubarray(view.resources, { minLength: view.resources.length })),
      ),
      ([view, resources]) => {
        expect(sorted(findingsOf([{ ...view, resources }]))).toEqual(sorted(findingsOf([view])));
      },
    ),
  );
});

test("how a view is cut into stacks does not matter", () => {
  check(
    fc.property(anyView, fc.nat(), (view, at) => {
      const cut = at % (view.resources.length + 1);
      const parts = [view.resources.slice(0, cut), view.resources.slice(cut)];
      const views = parts.map((resources): StackRecords => ({ ...view, resources }));
      expect(sorted(findingsOf(views))).toEqual(sorted(findingsOf([view])));
    }),
  );
});

test("an unrelated resource changes nothing", () => {
  const unrelated: ResourceRecord[] = [
    {
      type: "aws:s3/bucket:Bucket",
      urn: "urn:pulumi:prod::mail::aws:s3/bucket:Bucket::other",
      stack: "mail/prod",
      inputs: { bucket: "b", policy: UNKNOWN },
    },
    {
      type: "aws:sns/topic:Topic",
      urn: "urn:pulumi:prod::other::aws:sns/topic:Topic::z",
      stack: "other/prod",
      id: "arn:aws:sns:ap-south-2:999999999999:z",
      inputs: { name: "z" },
      outputs: { arn: "arn:aws:sns:ap-south-2:999999999999:z", region: "ap-south-2" },
    },
  ];
  check(
    fc.property(anyView, (view) => {
      const more = { ...view, resources: [...view.resources, ...unrelated] };
      expect(sorted(findingsOf([more]))).toEqual(sorted(findingsOf([view])));
    }),
  );
});

test("taking a channel away never improves the handling", () => {
  const isChannel = ({ type }: ResourceRecord) =>
    /identityNotificationTopic|[eE]ventDestination:|FeedbackAttributes/.test(type);
  const handling = (view: StackRecords) =>
    findingsOf([view]).filter(
      ({ rule, verdict }) => verdict === "violation" && /^(bounce|complaint)-handling$/.test(rule),
    );
  const subject = ({ rule, urn }: Finding) => `${rule} ${urn}`;
  let taken = 0;
  check(
    fc.property(anyView, (view) => {
      const before = handling(view).map(subject);
      for (const channel of view.resources.filter(isChannel)) {
        taken++;
        const after = handling({ ...view, resources: view.resources.filter((one) => one !== channel) }).map(subject);
        expect(after).toEqual(expect.arrayContaining(before));
      }
    }),
  );
  expect(taken).toBeGreaterThan(RUNS / 2);
});

test("odd types anywhere: never an exception, and no rule fails", () => {
  const odd = fc.constantFrom<unknown>(
    null,
    0,
    -1,
    true,
    "",
    "x",
    [],
    [[]],
    {},
    { a: null },
    [null],
    "__proto__",
    UNKNOWN,
    Number.NaN,
    "\u0000",
    "{",
    "[]",
    { Statement: 1 },
  );
  check(
    fc.property(anyView, picks, odd, odd, (view, numbers, one, two) => {
      let at = 0;
      const next = (): number => numbers[at++ % numbers.length] as number;
      const resources = view.resources.map((resource): ResourceRecord => {
        const change = (properties: Json | undefined) => {
          const names = Object.keys(properties ?? {});
          if (properties === undefined || names.length === 0) return properties;
          const name = names[next() % names.length] as string;
          return {
            ...properties,
            [name]: next() % 2 ? one : { ...Object(properties[name]), deeper: two },
          };
        };
        return { ...resource, inputs: change(resource.inputs), outputs: change(resource.outputs) };
      });
      for (const { message } of findingsOf([{ ...view, resources }]))
        expect(message).not.toContain("rule itself failed");
    }),
    RUNS * 2,
  );
});
