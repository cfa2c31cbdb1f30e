import fc from "fast-check";
import { type Episode, life } from "../generators/life";
import { type IdentitySpec, NOBODY } from "./life-program";
import { chooser, faultsOf } from "./lives";

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
