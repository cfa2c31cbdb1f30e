import { type Expected, expect_, RULES, type RuleId } from "./oracle";
import { urnOf } from "./properties";
import { configuration, render } from "./render";
import { type Found, lint } from "./subject";
import { type Allowed, type Verdict, worst } from "./verdicts";
import { normal } from "./view";
import { allOf, type Form, regionOf, stackOf, type World } from "./world";

/** One rule and subject of which the two speak differently. */
export interface Disagreement {
  kind: "missed" | "softened" | "silent" | "wrong" | "noisy" | "unwaived" | "refused";
  key: string;
  expected: Allowed;
  found: Verdict;
}

const BY_TOPIC: readonly RuleId[] = [
  "unmonitored-topic",
  "topic-region",
  "topic-fifo",
  "topic-publish-permission",
  "subscription-filter",
  "subscription-pending",
];

/** What a finding is about, as the oracle calls it. Several where the message names several. */
function subjects(world: World, finding: Found): string[] {
  const rule = finding.rule as RuleId;
  if (BY_TOPIC.includes(rule)) return topicsOf(world, finding);
  const called = (label: string) =>
    finding.urn?.endsWith(`::${label}`) || new RegExp(`\\b${label}\\b`).test(finding.message);
  if (rule === "event-bus-default") {
    const all = allOf(world, "destination").filter(({ label }) => called(label));
    return all.length > 0 ? all.map(({ label }) => `destination:${label}`) : ["?"];
  }
  if (rule === "unmonitored-event-bus") {
    const region = finding.region ?? /\b[a-z]{2}-[a-z]+-\d\b/.exec(finding.message)?.[0];
    return [`bus@${region}`];
  }
  if (finding.identity !== null && !finding.identity.startsWith("urn:"))
    return [`${finding.identity}@${finding.region}`];
  if (finding.identity === null) {
    const unnamed = allOf(world, "identity").filter(({ late, label }) => late && called(label));
    if (unnamed.length > 0) return unnamed.map((one) => urnOf(world, one));
  }
  return [finding.urn ?? finding.identity ?? "?"];
}

function topicsOf(world: World, { urn, message }: Found): string[] {
  const topics = allOf(world, "topic");
  const own = topics.filter((one) => urnOf(world, one) === urn);
  const names = new Set([...topics.map(({ name }) => name), "far-topic"]);
  const said = [...names].filter((name) => new RegExp(`\\b${name}\\b`).test(message));
  const all = own.length > 0 ? own.map(({ name }) => name) : said;
  return all.length > 0 ? all.map((name) => `topic:${name}`) : ["?"];
}

export interface Comparison {
  disagreements: Disagreement[];
  findings: Found[];
  expected: Expected;
}

export function compare(world: World, form: Exclude<Form, "pack">): Comparison {
  const expected = expect_(world, form);
  let findings: Found[];
  try {
    findings = lint(render(world, form), configuration(world)).findings;
  } catch (error) {
    const refused: Disagreement = { kind: "refused", key: String(error), expected: ["none"], found: "violation" };
    return { disagreements: [refused], findings: [], expected };
  }
  return { disagreements: disagreements(world, findings, expected), findings, expected };
}

export function disagreements(world: World, findings: readonly Found[], expected: Expected): Disagreement[] {
  const found = new Map<string, Verdict>();
  for (const finding of findings) {
    if (!RULES.includes(finding.rule as RuleId)) continue;
    for (const subject of subjects(world, finding)) {
      const key = `${finding.rule} ${subject}`;
      if (finding.identity === null && isOpenGroup(world, finding, expected)) continue;
      const grouped = expected.groups.some(
        ({ rule, subjects: all }) => rule === finding.rule && /\bat least\b/.test(finding.message) && all.length > 0,
      );
      if (grouped) continue;
      found.set(key, worst([found.get(key) ?? "none", finding.verdict]));
    }
  }
  const result: Disagreement[] = [];
  for (const key of new Set([...expected.allowed.keys(), ...found.keys()])) {
    const verdict = found.get(key) ?? "none";
    const allowed = expected.of(key);
    if (!allowed.includes(verdict))
      result.push({ kind: kindOf(allowed, verdict), key, expected: allowed, found: verdict });
  }
  for (const { rule, subjects: all } of expected.groups.filter((group) => group.subjects.length > 0)) {
    const names = all.map((subject) => subject.split("@").slice(0, -1).join("@") || subject);
    const told = findings.some(
      (one) =>
        one.rule === rule &&
        one.verdict === "violation" &&
        names.some((name) => one.message.includes(name) || one.identity === name || one.urn === name),
    );
    if (!told)
      result.push({ kind: "missed", key: `${rule} group ${all.join(" ")}`, expected: ["violation"], found: "none" });
  }
  return result;
}

/** A group that is not the oracle's own: of each of its members somebody may say that nobody receives the type. */
function isOpenGroup(world: World, { rule, region, message }: Found, expected: Expected): boolean {
  if (!/\bat least \d+ of\b/.test(message)) return false;
  const members = allOf(world, "identity").flatMap(({ name, label }) =>
    message.includes(` ${normal(name)} (`) || message.includes(` ${label} (`) ? [normal(name)] : [],
  );
  const told = members.map((name) => expected.of(`${rule} ${name}@${region}`));
  return told.length > 1 && told.every((allowed) => allowed.includes("violation") || allowed.includes("none"));
}

function kindOf(allowed: Allowed, verdict: Verdict): Disagreement["kind"] {
  if (verdict === "violation") return allowed.includes("waived") ? "unwaived" : "wrong";
  if (verdict === "unverified" || verdict === "waived") return allowed.includes("violation") ? "softened" : "noisy";
  if (allowed.includes("violation") && !allowed.includes("unverified")) return "missed";
  return allowed.includes("waived") ? "unwaived" : "silent";
}

/** The world without what is at its default, for people. */
export function describeWorld(world: World): string {
  const lines = world.stacks.map((stack, at) => `stack ${at} ${JSON.stringify(stack)}`);
  for (const one of world.resources) {
    const { label, stack, type, ...rest } = one;
    lines.push(`${stackOf(world, one).stack} ${type} ${label} ${JSON.stringify(rest)}`);
  }
  return [...lines, `configuration ${JSON.stringify(configuration(world))}`].join("\n");
}

/** What a policy said, as the linter would say it: a pack names the identity in the message only. */
export function fromPolicy(
  world: World,
  { policy, urn, message }: { policy: string; urn: string; message: string },
): Found {
  const base = { rule: policy, verdict: "violation" as const, urn, message };
  const own = allOf(world, "identity").find((one) => urnOf(world, one) === urn);
  if (own !== undefined) {
    const unnamed = own.late && own.change === "new";
    return { ...base, identity: unnamed ? null : normal(own.name), region: regionOf(world, own) };
  }
  const region = /\b[a-z]{2}-[a-z]+-\d\b/.exec(message)?.[0] ?? null;
  const names = [...new Set(allOf(world, "identity").map(({ name }) => normal(name)))];
  const said = names.filter((name) => message.includes(name)).sort((a, b) => b.length - a.length)[0];
  return { ...base, identity: said ?? null, region };
}
