import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { compare, type Disagreement, describeWorld } from "./compare";
import { worlds } from "./generator";
import { knowsAccounts } from "./subject";
import type { Form, World } from "./world";

const RUNS = Number(process.env.ORACLE_WORLDS ?? 300);
const SEED = Number(process.env.ORACLE_SEED ?? 1);
const ONLY = process.env.ORACLE_CLASS;
const options = knowsAccounts() ? {} : { accounts: false as const };
const TAME = process.env.ORACLE_TAME === "1";
function tame(w: World): boolean {
  if (!TAME) return true;
  return (
    w.stacks.length === 1 &&
    w.stacks.every((s) => s.providers.every((p) => p.tells === "nothing")) &&
    w.inventory.length === 0 && w.stacks.every((s) => s.nativeRegion === s.providers[0]?.region) &&
    w.sendTime.length === 0 &&
    w.resources.every(
      (r) =>
        r.change !== "deleted" &&
        r.change !== "renamed" && !(r.type === "subscription" && r.protocol === "email") && ![...Object.values(r)].some((v) => typeof v === "object" && v !== null && "is" in v && v.is === "arn" && !v.name.startsWith("far")) &&
        !(r.type === "identity" && (r.api === "bridged" || r.late || r.external)) &&
        !(r.type === "notification" && (typeof r.topic === "string" || r.topic.is === "text")) &&
        !(
          r.type === "destination" &&
          (r.enabled !== true ||
            r.to.kind === "bus" ||
            r.to.kind === "pinpoint" ||
            (r.to.kind === "sns" && r.to.topic.is === "text"))
        ) &&
        ![...Object.values(r)].some(
          (v) => typeof v === "object" && v !== null && "is" in v && v.is === "unknown" && v.among.length !== 1,
        ),
    )
  );
}
const source = worlds(options).filter(tame);
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
    for (const one of count.keys()) {
      if (ONLY === undefined || !new RegExp(ONLY).test(one)) continue;
      const r = fc.check(
        fc.property(
          source,
          (world: World) => !compare(world, form).disagreements.some((d) => classOf(d) === one),
        ),
        { seed: SEED, numRuns: RUNS },
      );
      if (!r.failed || !r.counterexample) continue;
      const world = r.counterexample[0];
      const { disagreements, findings } = compare(world, form);
      text += `\n=== ${form} ${one}\n${disagreements.map((d) => JSON.stringify(d)).join("\n")}\n${describeWorld(world)}\n${findings.map((f) => `  ${f.verdict} ${f.rule} ${f.identity}@${f.region} ${f.urn?.split("::").at(-1)}: ${f.message}`).join("\n")}\n`;
    }
    writeFileSync(`/tmp/oracle-survey-${form}.txt`, text);
  },
  1000000,
);
