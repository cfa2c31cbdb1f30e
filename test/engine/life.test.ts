import fc from "fast-check";
import { type Episode, life } from "../generators/life";
import { type IdentitySpec, NOBODY, type Spec } from "./life-program";
import { chooser, faultsOf } from "./lives";
import { movedFromSet } from "./watch";

/** `npm run life` asks for 500. */
const SEQUENCES = Number(process.env.LIFE_SEQUENCES ?? 12);
const SEED = process.env.LIFE_SEED === undefined ? {} : { seed: Number(process.env.LIFE_SEED) };

jest.setTimeout(3_600_000);

test(`${SEQUENCES} lives, each operation of each update watched`, async () => {
  await fc.assert(
    fc.asyncProperty(life, fc.nat(), async (episodes, order) => {
      expect(await faultsOf(episodes, chooser(order))).toEqual([]);
    }),
    { numRuns: SEQUENCES, ...SEED },
  );
});

const CRM = { ...NOBODY, queues: { crm: "crm" } };
const MAIL: IdentitySpec = {
  lineage: "mail",
  name: "mail",
  identity: "example.com",
  region: "us-east-1",
  includeOriginalHeaders: false,
  bounces: CRM,
  complaints: CRM,
  deliveries: CRM,
};

describe("interrupted before its first, second, … sixth operation, and begun again", () => {
  test.each<[string, Partial<IdentitySpec>]>([
    [
      "renamed with an alias, one more queue",
      { name: "post", formerName: "mail", bounces: { ...CRM, queues: { crm: "crm", ops: "ops" } } },
    ],
    ["another identity", { identity: "example.org" }],
    [
      "forwarding in place of topics",
      { bounces: { ...NOBODY, forwardByEmail: true }, complaints: { ...NOBODY, forwardByEmail: true } },
    ],
    [
      "another queue",
      { bounces: { ...NOBODY, queues: { crm: "ops" } }, complaints: { ...NOBODY, queues: { ops: "ops" } } },
    ],
  ])("%s", async (what, edit) => {
    for (const stopBefore of [0, 1, 2, 3, 4, 5]) {
      const episodes: Episode[] = [
        { what: ["first update"], spec: { identities: [MAIL] }, fails: false },
        {
          what: [`${what}, stopped before ${stopBefore}`],
          spec: { identities: [{ ...MAIL, ...edit }] },
          stopBefore,
          fails: false,
        },
      ];
      expect(await faultsOf(episodes, chooser(stopBefore))).toEqual([]);
    }
  });
});

describe("a subscriber moves from a configuration set's own topic to an identity's", () => {
  const audit = { ...NOBODY, queues: { audit: "audit" } };
  const both = { ...NOBODY, queues: { audit: "audit", crm: "crm" } };
  const set = { name: "letters", region: "us-east-1", failures: false, bounces: CRM, complaints: CRM };
  const { deliveries: _, ...mail } = MAIL;
  const one: IdentitySpec = { ...mail, attached: true, complaints: audit };
  const given: Spec["set"] = { ...set, complaints: { ...CRM, way: "given" } };
  const before: Spec = { identities: [one], set };
  const subscribed: Spec = { identities: [{ ...one, complaints: both }], set };
  const after: Spec = { identities: [{ ...one, complaints: both }], set: given };
  const lived = (specs: Spec[], order: number) =>
    faultsOf(
      specs.map((spec, number) => ({ what: [`update ${number}`], spec, fails: false })),
      chooser(order),
    );

  test("in one update: a moment without it, which the docs tell and the generator leaves out", async () => {
    expect(movedFromSet(before, after)).toEqual(["complaints"]);
    const faults: string[] = [];
    for (const order of ORDERS) faults.push(...(await lived([before, after], order)));
    const paused = /ConfigurationSetEventDestination letters-complaint: .* Complaint sqs .*:crm no longer hears$/;
    expect(faults.length).toBeGreaterThan(0);
    // It is a moment only: at the end of the update nobody is missing.
    expect(faults.filter((fault) => !paused.test(fault))).toEqual([]);
  });

  test("in two, as the docs ask: never a moment without it", async () => {
    expect([...movedFromSet(before, subscribed), ...movedFromSet(subscribed, after)]).toEqual([]);
    for (const order of ORDERS) expect(await lived([before, subscribed, after], order)).toEqual([]);
  });
});

const ORDERS = Array.from({ length: 5 }, (_, order) => order * 7919);
