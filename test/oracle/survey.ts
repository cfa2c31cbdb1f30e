/*
 * Not a test: counts the disagreements of each kind, and shows the smallest world of those that ORACLE_CLASS names.
 *
 *     ORACLE_WORLDS=1000 ORACLE_CLASS='missed bounce' npx jest --testMatch '**\/oracle/survey.ts' -w 1
 *
 * ORACLE_DUMP=FOLDER keeps the documents and the configuration of those that are shown.
 * ORACLE_TAME=1 leaves out what version 0.1.0 is known to read differently.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { compare, type Disagreement, describeWorld } from "./compare";
import { refsOf, worlds } from "./generator";
import { configuration, render } from "./render";
import { knowsAccounts } from "./subject";
import type { Form, Resource, Stack, World } from "./world";

const RUNS = Number(process.env.ORACLE_WORLDS ?? 300);
const SEED = Number(process.env.ORACLE_SEED ?? 1);
const DUMP = process.env.ORACLE_DUMP;
const ONLY = process.env.ORACLE_CLASS;
const options = knowsAccounts() ? {} : { accounts: false as const };
/** Only what the contract did not change since 0.1.0. */
function tame(world: World): World {
  const stacks = world.stacks.slice(0, 1).map((stack): Stack => {
    const [first] = stack.providers;
    const providers = stack.providers.map((one) => ({
      ...one,
      tells: "nothing" as const,
      account: first?.account ?? "",
    }));
    return { ...stack, providers, nativeRegion: first?.region ?? "us-east-1", inConfiguration: false };
  });
  let resources = world.resources.filter((one) => one.stack === 0 && isTame(one));
  for (let before = -1; before !== resources.length; ) {
    before = resources.length;
    const labels = new Set(resources.map(({ label }) => label));
    resources = resources.filter((one) =>
      refsOf(one).every((ref) =>
        (ref.is === "link" ? [ref.label] : ref.is === "unknown" ? ref.among : []).every((label) => labels.has(label)),
      ),
    );
  }
  return { ...world, stacks, resources, sendTime: [], inventory: [] };
}

function isTame(one: Resource): boolean {
  if (one.change === "deleted" || one.change === "renamed") return false;
  const plain = refsOf(one).every(
    (ref) =>
      ref.is === "link" ||
      ref.is === "name" ||
      (ref.is === "arn" && ref.name.startsWith("far")) ||
      (ref.is === "unknown" && ref.among.length === 1),
  );
  if (!plain) return false;
  switch (one.type) {
    case "identity":
      return one.api !== "bridged" && !one.late && !one.external && !one.name.includes("+");
    case "notification":
      return typeof one.topic !== "string";
    case "destination":
      return one.enabled === true && one.to.kind !== "bus" && one.to.kind !== "pinpoint";
    case "subscription":
      return one.protocol !== "email" && !one.pending;
    default:
      return true;
  }
}

const source = process.env.ORACLE_TAME === "1" ? worlds(options).map(tame) : worlds(options);
const classOf = ({ kind, key }: Disagreement) => `${kind} ${kind === "refused" ? key.slice(0, 60) : key.split(" ")[0]}`;

test.each((process.env.ORACLE_FORMS ?? "state,preview,both,partial").split(","))(
  "%s",
  (form_) => {
    const form = form_ as Exclude<Form, "pack">;
    const sample = fc.sample(source, { seed: SEED, numRuns: RUNS });
    const count = new Map<string, number>();
    let bad = 0;
    for (const world of sample) {
      const all = compare(world, form).disagreements;
      if (all.length > 0) bad++;
      for (const one of new Set(all.map(classOf))) count.set(one, (count.get(one) ?? 0) + 1);
    }
    let text = `${form}: ${bad} of ${RUNS}\n${[...count]
      .sort((a, b) => b[1] - a[1])
      .map(([k, n]) => `${n} ${k}`)
      .join("\n")}\n`;
    const shown = new Set<string>();
    for (const one of count.keys()) {
      if (ONLY === undefined || !new RegExp(ONLY).test(one)) continue;
      const r = fc.check(
        fc.property(source, (world: World) => !compare(world, form).disagreements.some((d) => classOf(d) === one)),
        { seed: SEED, numRuns: RUNS },
      );
      if (!r.failed || !r.counterexample) continue;
      const world = r.counterexample[0];
      const description = describeWorld(world);
      if (shown.has(description)) continue;
      shown.add(description);
      const { disagreements, findings } = compare(world, form);
      if (DUMP !== undefined) {
        const name = join(DUMP, `${form} ${one}`.replaceAll(" ", "-"));
        writeFileSync(`${name}.config.json`, JSON.stringify(configuration(world), undefined, 2));
        for (const document of render(world, form)) writeFileSync(`${name}.${document.name}`, document.text);
      }
      text += `\n=== ${form} ${one}\n${disagreements.map((d) => JSON.stringify(d)).join("\n")}\n${description}\n${findings.map((f) => `  ${f.verdict} ${f.rule} ${f.identity}@${f.region} ${f.urn?.split("::").at(-1)}: ${f.message}`).join("\n")}\n`;
    }
    process.stdout.write(`${text}\n`);
  },
  1000000,
);
