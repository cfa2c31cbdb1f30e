import { type Config, DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import { parseArn } from "../../../policies/model/arn";
import type { Finding } from "../../../policies/model/finding";
import { normaliseIdentity } from "../../../policies/model/identity";
import type { StackRecords } from "../../../policies/model/record";
import { type Mutation, mutate } from "../../support/mutate";

export function findingsOf(views: readonly StackRecords[], config: Partial<Config> = {}): Finding[] {
  return evaluate(views, { ...DEFAULT_CONFIG, ...config }, "2026-11-23").findings;
}

/** Rules about an identity itself. Where its name is known, no unknown value excuses their silence. */
const STRICT = new Set([
  "bounce-handling",
  "complaint-handling",
  "feedback-forwarding-off",
  "address-shadows-domain",
  "subdomain-shadows-domain",
  "duplicate-identity",
  "conflicting-notification",
]);

const TWO = new Set(["duplicate-identity", "conflicting-notification"]);

/** Properties that say which identity a resource is. */
const NAMES = new Set(["domain", "email", "emailIdentity", "identity", "arn", "#id"]);

/**
 * What an unknown value has silenced, and what it has made certain that was not. A violation is still told where its
 * rule says something about the same identity or resource; where the value made the subject itself unrecognisable, a
 * new doubt about the resource that has it does.
 */
export function faults(views: readonly StackRecords[], before: readonly Finding[], mutation: Mutation): string[] {
  if (isContradicted(views, mutation)) return [];
  // The one candidate among the dependencies is the one (section 2 of the contract), whatever else the list had.
  const namesOwner = mutation.path[0] === "topics" || (mutation.path[0] === "arn" && mutation.urn.includes("Policy"));
  if (namesOwner && (mutation.how.endsWith("dependencies") || namesOtherRegion(views, mutation))) return [];
  const after = findingsOf(mutate(views, mutation));
  const told = new Set(before.map(exactly));
  const doubts = after.filter((one) => one.verdict === "unverified" && !told.has(exactly(one)));
  const found: string[] = [];
  for (const finding of before) {
    if (finding.verdict !== "violation") continue;
    // Whether a setting without a topic was deployed, its id tells.
    if (finding.rule === "topic-dropped" && mutation.path[0] === "#id") continue;
    if (isStillToCome(views, mutation)) continue;
    const related = after.some((one) => one.rule === finding.rule && isAbout(one, finding));
    if (related) continue;
    const renamed = NAMES.has(String(mutation.path[0]));
    const doubted = doubts.some((one) => one.urn === mutation.urn || isAbout(one, finding));
    if (doubted && (renamed || !STRICT.has(finding.rule))) continue;
    // What is only read is judged for nothing, so that it has no doubt of its own either.
    const read = views.some((view) => view.resources.some((one) => one.urn === mutation.urn && one.external));
    if (read && renamed) continue;
    found.push(`silenced ${shown(finding)}`);
  }
  for (const finding of after) {
    if (finding.verdict !== "violation") continue;
    const known = before.filter((one) => one.verdict === "violation" && one.rule === finding.rule);
    const isNew = !known.some((one) => isAbout(one, finding)) && violationsOf(after, finding.rule) > known.length;
    // An identity without a name is judged by the settings that could be its own, no longer by those of its name.
    const renamed = NAMES.has(String(mutation.path[0]));
    const unnamed = renamed && finding.identity === null;
    // The nearest domain that is known by name counts, although one without a name may be nearer.
    const nearer = finding.rule.endsWith("-shadows-domain") && renamed;
    // An identity loses what a resource says that is no longer known to be about it.
    // Of two resources for one identity, or two settings, each is judged alone where it is not known that they meet.
    const wasTwo = before.some(({ rule, identity }) => TWO.has(rule) && identity === finding.identity);
    const wasOne = namesOf(views, mutation).includes(finding.identity ?? "");
    if (isNew && !unnamed && !nearer && !wasTwo && !wasOne) found.push(`invented ${shown(finding)}`);
  }
  return found;
}

/**
 * Whether what else the view says contradicts the value: the answers of a provider that is none. Then there is something
 * else to be certain of once it is not known: what its dependencies lead to, its resource's own name, its provider's account.
 */
function isContradicted(views: readonly StackRecords[], { urn, path, how }: Mutation): boolean {
  const resources = views.flatMap((view) => view.resources);
  const resource = resources.find((one) => one.urn === urn);
  const property = String(path[0]);
  const value = resource?.inputs?.[property] ?? resource?.outputs?.[property];
  if (resource === undefined || typeof value !== "string") return false;
  const behind = resource.propertyDependencies?.[property] ?? [];
  if (how === "sentinel with dependencies" && behind.length > 0) {
    const answers = resources.filter((one) => behind.includes(one.urn)).map((one) => [one.id, one.inputs, one.outputs]);
    return !JSON.stringify(answers).includes(JSON.stringify(value));
  }
  const arn = property === "arn" ? parseArn(value) : undefined;
  if (arn === undefined) return false;
  const name = resource.inputs?.name ?? resource.outputs?.name;
  const provider = resources.find((one) => one.urn === resource.provider);
  const [account = arn.account] = /\b\d{12}\b/.exec(JSON.stringify([provider?.inputs, provider?.outputs])) ?? [];
  return account !== arn.account || (typeof name === "string" && !value.endsWith(name));
}

/**
 * Whether the pack takes it for what the provider will compute: of a resource that the deployment makes (section 2 of the
 * contract), about which nobody can say what holds for the one that is there. The id of what is not there does not exist.
 */
function isStillToCome(views: readonly StackRecords[], { urn, path, how }: Mutation): boolean {
  const resource = views.flatMap(({ resources }) => resources).find((one) => one.urn === urn);
  if (resource === undefined) return false;
  if (path[0] === "#id") return Object.keys(resource.outputs ?? {}).length === 0;
  const isDeclared = resource.propertyDependencies && String(path[0]) in resource.propertyDependencies;
  return resource.inputs === undefined && how === "sentinel with dependencies" && !isDeclared;
}

/** Names that the changed resource had. */
function namesOf(views: readonly StackRecords[], { urn, path }: Mutation): string[] {
  if (!NAMES.has(String(path[0]))) return [];
  const resource = views.flatMap(({ resources }) => resources).find((one) => one.urn === urn);
  const values = [resource?.inputs, resource?.outputs].map((properties) => properties?.[String(path[0])]);
  return values.filter((value) => typeof value === "string").map((value) => normaliseIdentity(value).name);
}

function violationsOf(findings: readonly Finding[], rule: string): number {
  return findings.filter((one) => one.verdict === "violation" && one.rule === rule).length;
}

const exactly = (one: Finding) => JSON.stringify([one.rule, one.verdict, one.urn, one.message]);
const shown = (one: Finding) => `${one.rule} ${one.identity}@${one.region} ${one.urn?.split("::").slice(2).join(" ")}`;

function isAbout(one: Finding, other: Finding): boolean {
  return (one.identity !== null && one.identity === other.identity) || (one.urn !== null && one.urn === other.urn);
}

/** A policy of a topic in another Region than its own: once its topic is not known, it is for one of its own Region. */
function namesOtherRegion(views: readonly StackRecords[], { urn }: Mutation): boolean {
  const policy = views.flatMap(({ resources }) => resources).find((one) => one.urn === urn);
  const arn = policy?.inputs?.arn ?? policy?.outputs?.arn;
  return typeof arn === "string" && parseArn(arn)?.region !== "us-east-1";
}
