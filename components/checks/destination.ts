import { type Destination, hasSubscribers, SUBSCRIBER_KINDS, withoutSpelling } from "../parts/destination";
import { sameEndpoint } from "../parts/unique-endpoints";
import type { Problem } from "./problem";
import { isElsewhere, otherRegion } from "./region";
import { show } from "./show";

/** What the checks read of every kind of destination. */
export interface AnyDestination extends Destination {
  acrossRegions?: boolean;
  byConfigurationSet?: boolean;
  forwardByEmail?: boolean;
  busTargets?: Record<string, unknown>;
}

/** `path` of a member; the destination may be the arguments themselves. */
const at = (path: string, member: string): string => (path === "" ? member : `${path}.${member}`);

/** What the types allow and nobody can deliver to. @param choices the ways to say who hears, as `allowed` names them */
export function destinationProblems(path: string, destination: AnyDestination, choices: readonly string[]): Problem[] {
  const { topicArn, byConfigurationSet, busTargets = {} } = destination;
  const ways = [
    topicArn !== undefined && `topicArn ${show(topicArn)}`,
    hasSubscribers(destination) && "subscribers",
    byConfigurationSet === true && "byConfigurationSet",
    Object.keys(busTargets).length > 0 && "busTargets",
  ].filter((way) => way !== false);
  const problems = [...duplicates(path, destination), ...unusedDeadLetters(path, destination)];
  if (ways.length > 1) {
    problems.push({
      path: path || "arguments",
      given: ways.join(" beside "),
      allowed: "one of them; the owner of an existing topic subscribes to it",
    });
  }
  if (ways.length === 0 && destination.forwardByEmail !== true) {
    problems.push({
      path: path || "arguments",
      given: "no destination",
      allowed: `at least one of ${choices.join(", ")}`,
    });
  }
  return problems;
}

/** Two names for one endpoint would be two resources for one subscription. */
function duplicates(path: string, destination: Destination): Problem[] {
  return SUBSCRIBER_KINDS.flatMap((kind) => {
    const seen = new Map<string, string>();
    return Object.entries(destination[kind] ?? {}).flatMap(([key, endpoint]) => {
      if (typeof endpoint !== "string") return [];
      const same = withoutSpelling(kind, endpoint);
      const other = seen.get(same);
      seen.set(same, other ?? key);
      return other === undefined ? [] : [sameEndpoint(at(path, `${kind}.${key}`), other)];
    });
  });
}

function unusedDeadLetters(path: string, destination: AnyDestination): Problem[] {
  const takers = [destination.queues, destination.webhooks, destination.busTargets];
  if (destination.deadLetterQueueArn === undefined) return [];
  if (takers.some((map) => Object.keys(map ?? {}).length > 0)) return [];
  return [
    {
      path: at(path, "deadLetterQueueArn"),
      given: "a queue that nothing uses",
      allowed: "a queue beside queues or webhooks of a topic that is made here",
    },
  ];
}

/** What must be in the same Region as the topic, and is known not to be. */
export function destinationRegionProblems(path: string, destination: AnyDestination, region: string): Problem[] {
  const problems: Problem[] = [];
  const refuse = (member: string, arn: unknown, what: string) => {
    if (isElsewhere(arn, region)) problems.push(otherRegion(at(path, member), arn, region, what));
  };
  refuse("topicArn", destination.topicArn, "a topic");
  refuse("deadLetterQueueArn", destination.deadLetterQueueArn, "a queue");
  for (const [key, arn] of Object.entries(destination.functions ?? {})) {
    refuse(`functions.${key}`, arn, "a function");
  }
  for (const [key, arn] of Object.entries(destination.busTargets ?? {})) {
    refuse(`busTargets.${key}`, arn, "a target");
  }
  if (destination.acrossRegions !== true) {
    for (const [key, arn] of Object.entries(destination.queues ?? {})) {
      refuse(
        `queues.${key}`,
        arn,
        `a queue whose policy admits the topic (acrossRegions: true says that it does), or a queue`,
      );
    }
  }
  return problems;
}

/** A key encrypts in its own Region only. An alias or id is one of the topic's Region in any case. */
export function keyElsewhere(kmsKeyId: unknown, region: string): Problem[] {
  return isElsewhere(kmsKeyId, region) ? [otherRegion("kmsKeyId", kmsKeyId, region, "a key")] : [];
}

/** A key encrypts topics that are made here; given topics and forwarding have none. */
export function unusedKey(kmsKeyId: unknown, destinations: readonly (Destination | undefined)[]): Problem[] {
  if (kmsKeyId === undefined || destinations.some((one) => one !== undefined && hasSubscribers(one))) return [];
  return [
    {
      path: "kmsKeyId",
      given: "a key that nothing uses",
      allowed: "a key where a topic is made: beside emails, webhooks, queues or functions",
    },
  ];
}
