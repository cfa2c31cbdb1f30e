import fc from "fast-check";
import { worlds } from "./generator";
import { expect_, RULES } from "./oracle";
import { allOf, FORMS, type World } from "./world";

/** What has to meet often enough for the comparison to mean something: at least so many of a thousand worlds. */
const FEATURES: Record<string, [number, (world: World) => boolean]> = {
  "two stacks": [150, ({ stacks }) => stacks.length > 1],
  "two accounts": [
    150,
    ({ stacks }) => new Set(stacks.flatMap(({ providers }) => providers.map((one) => one.account))).size > 1,
  ],
  "a provider with a profile": [
    80,
    ({ stacks }) => stacks.some(({ providers }) => providers.some((one) => one.tells === "profile")),
  ],
  "one name several times": [200, (world) => repeated(allOf(world, "identity").map(({ name }) => name))],
  "a deleted resource": [200, ({ resources }) => resources.some(({ change }) => change === "deleted")],
  "a renamed resource": [100, ({ resources }) => resources.some(({ change }) => change === "renamed")],
  "a setting of an unknown owner": [
    150,
    (world) => allOf(world, "notification").some(({ identity }) => identity.is === "unknown"),
  ],
  "an identity of an unknown name": [15, (world) => allOf(world, "identity").some(({ late }) => late)],
  "a bridged identity": [80, (world) => allOf(world, "identity").some(({ api }) => api === "bridged")],
  "a native identity": [80, (world) => allOf(world, "identity").some(({ api }) => api === "native")],
  "an identity that is only read": [40, (world) => allOf(world, "identity").some(({ external }) => external)],
  "a set named at send time": [40, ({ sendTime }) => sendTime.length > 0],
  "an inventory": [40, ({ inventory }) => inventory.length > 0],
  "a pending subscriber": [40, (world) => allOf(world, "subscription").some(({ pending }) => pending)],
};

function repeated(names: readonly string[]): boolean {
  return new Set(names).size < names.length;
}

const sample = fc.sample(worlds(), { seed: 20261123, numRuns: 1000 });

test.each(Object.entries(FEATURES))("%s is met", (_, [least, has]) => {
  expect(sample.filter(has).length).toBeGreaterThanOrEqual(least);
});

/** Rules and verdicts that the oracle is sure of in some form, in how many worlds. */
test("every rule is violated, doubted and kept in some of the worlds", () => {
  const sure = new Map<string, number>();
  for (const world of sample) {
    const seen = new Set<string>();
    for (const form of FORMS) {
      for (const [key, allowed] of expect_(world, form).allowed) {
        if (allowed.length === 1) seen.add(`${key.split(" ")[0]} ${allowed[0]}`);
      }
    }
    for (const one of seen) sure.set(one, (sure.get(one) ?? 0) + 1);
  }
  const rare = RULES.flatMap((rule) => ["violation", "unverified", "none"].map((verdict) => `${rule} ${verdict}`))
    // The Region of an ARN is known, and so is the account of what a preview deletes.
    .filter((one) => one !== "topic-region unverified" && one !== "missing-configuration-set unverified")
    .filter((one) => (sure.get(one) ?? 0) < 3);
  expect(rare).toEqual([]);
});
