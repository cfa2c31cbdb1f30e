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
  const wrong: Disagreement[] = [];
  for (const finding of findings) {
    if (!RULES.includes(finding.rule as RuleId)) continue;
    const group = groupOf(world, finding);
    if (group !== undefined) {
      if (!justified(group, finding, expected))
        wrong.push({
          kind: "wrong",
          key: `${finding.rule} ${finding.message}`,
          expected: ["none"],
          found: "violation",
        });
      continue;
    }
    for (const subject of subjects(world, finding)) {
      const key = `${finding.rule} ${subject}`;
      found.set(key, worst([found.get(key) ?? "none", finding.verdict]));
    }
  }
  const result = wrong;
  for (const key of new Set([...expected.allowed.keys(), ...found.keys()])) {
    const verdict = found.get(key) ?? "none";
    const allowed = expected.of(key);
    if (!allowed.includes(verdict))
      result.push({ kind: kindOf(allowed, verdict), key, expected: allowed, found: verdict });
  }
  for (const { rule, subjects: all } of expected.groups.filter(({ required }) => required)) {
    const told = findings.some(
      (one) =>
        one.rule === rule &&
        one.verdict === "violation" &&
        groupOf(world, one)?.members.some((member) => all.includes(member)),
    );
    if (!told)
      result.push({ kind: "missed", key: `${rule} group ${all.join(" ")}`, expected: ["violation"], found: "none" });
  }
  return result;
}

interface SaidGroup {
  atLeast: number;
  members: string[];
}

/** What a finding about several identities says: at least so many of them. */
function groupOf(world: World, { rule, message }: Found): SaidGroup | undefined {
  const said = /\bat least (\d+) of (.+): there are fewer/.exec(message);
  if (said === null || BY_TOPIC.includes(rule as RuleId)) return undefined;
  const members = (said[2] ?? "").split(/, (?=\S+ \()| and /).map((member) => {
    const [, called = "?", region = "?"] = /^(\S+) \((?:\d+, )?([a-z0-9-]+)/.exec(member) ?? [];
    const unnamed = allOf(world, "identity").find(({ label }) => label === called);
    return unnamed === undefined ? `${called}@${region}` : urnOf(world, unnamed);
  });
  return { atLeast: Number(said[1]), members };
}

/** Whether so many of the members go without, whomever the settings serve. */
function justified({ atLeast, members }: SaidGroup, { rule, message }: Found, expected: Expected): boolean {
  // Which event destinations a set of unknown name has, the oracle leaves open.
  if (message.includes("fewer event destinations"))
    return members.every((member) => expected.of(`${rule} ${member}`).includes("violation"));
  return expected.groups.some((group) => {
    const serving = group.settings.filter((owners) => owners.some((owner) => members.includes(owner)));
    return (
      group.rule === rule &&
      members.every((member) => group.subjects.includes(member)) &&
      atLeast <= members.length - serving.length
    );
  });
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
