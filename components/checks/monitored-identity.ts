import type * as pulumi from "@pulumi/pulumi";
import type { FeedbackDestination } from "../args/destination";
import type { MonitoredIdentityArgs } from "../args/monitored-identity";
import { type Destination, SUBSCRIBERS } from "../parts/channel";
import { arnParts } from "../parts/names";
import { type Problem, show } from "./arguments";
import { isAddress } from "./formats";
import { knownRegion, otherRegion } from "./region";

/** What the types allow and SES does not. */
export function contradictions(
  args: MonitoredIdentityArgs,
  opts: pulumi.ComponentResourceOptions | undefined,
): Problem[] {
  const problems: Problem[] = [];
  const region = knownRegion(args.region, opts);
  for (const path of ["bounces", "complaints", "deliveries"] as const) {
    const destination = args[path] as FeedbackDestination | undefined;
    if (destination !== undefined) problems.push(...contradictionsOf(path, destination, region));
  }
  if (typeof args.identity !== "string") return problems;
  if (args.zoneId !== undefined && isAddress(args.identity)) {
    problems.push({
      path: "zoneId",
      given: `a zone for ${show(args.identity)}`,
      allowed: "a zone where the identity is a domain; addresses have no records of their own",
    });
  }
  const domain = args.identity.slice(args.identity.lastIndexOf("@") + 1).toLowerCase();
  if (typeof args.mailFromDomain === "string" && !args.mailFromDomain.toLowerCase().endsWith(`.${domain}`)) {
    problems.push({
      path: "mailFromDomain",
      given: `${show(args.mailFromDomain)} for ${show(args.identity)}`,
      allowed: "a subdomain of the identity's domain",
    });
  }
  return problems;
}

function contradictionsOf(path: string, destination: FeedbackDestination, region: string | undefined): Problem[] {
  const problems: Problem[] = [];
  const { topicArn, forwardByEmail } = destination;
  const lists = SUBSCRIBERS.filter((kind) => (destination as Destination)[kind]?.length);
  if (topicArn !== undefined && lists.length > 0) {
    problems.push({
      path: `${path}.${lists[0]}`,
      given: `subscribers beside topicArn ${show(topicArn)}`,
      allowed: "either an existing topic (topicArn), to which its owner subscribes, or subscribers of a new one",
    });
  }
  if (topicArn === undefined && lists.length === 0 && forwardByEmail !== true) {
    problems.push({
      path,
      given: "no destination",
      allowed: `at least one of topicArn, ${SUBSCRIBERS.join(", ")}${path === "deliveries" ? "" : ", forwardByEmail: true"}`,
    });
  }
  for (const kind of SUBSCRIBERS) {
    const list = destination[kind] ?? [];
    list.forEach((subscriber, index) => {
      if (typeof subscriber === "string" && list.indexOf(subscriber) < index) {
        problems.push({
          path: `${path}.${kind}[${index}]`,
          given: `${show(subscriber)} again`,
          allowed: "each subscriber once",
        });
      }
    });
  }
  if (region === undefined) return problems;
  const elsewhere = (arn: unknown): arn is string => typeof arn === "string" && arnParts(arn).region !== region;
  if (elsewhere(topicArn)) problems.push(otherRegion(path, topicArn, region));
  destination.functionArns?.forEach((functionArn, index) => {
    if (!elsewhere(functionArn)) return;
    problems.push({
      path: `${path}.functionArns[${index}]`,
      given: `${show(functionArn)} for an identity in ${region}`,
      allowed: "a function in the identity's Region, where the permission to call it is made",
    });
  });
  return problems;
}
