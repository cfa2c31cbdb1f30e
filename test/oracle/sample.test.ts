import fc from "fast-check";
import { compare } from "./compare";
import { worlds } from "./generator";

/* A sample of what `npm run oracle` tries at length: the linter and the oracle say the same of whole organisations. */
const WORLDS = 150;

test.each(["state", "preview", "both", "partial"] as const)("%s: the linter and the oracle say the same", (form) => {
  const disagreements = fc
    .sample(worlds(), { seed: 20261125, numRuns: WORLDS })
    .flatMap((world) => compare(world, form).disagreements);
  expect(disagreements).toEqual([]);
});
