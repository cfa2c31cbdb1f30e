import { ACCOUNT, lastPart } from "./kinds";
import { forwards } from "./ses";
import type { Thing, World } from "./world";

/** Somebody who hears of one kind of feedback of one identity: `us-east-1/example.com Bounce sqs arn:aws:sqs:…`. */
export type Listener = string;

const TYPES = ["Bounce", "Complaint", "Delivery"] as const;
type FeedbackType = (typeof TYPES)[number];
const EVENTS: Record<FeedbackType, [eventType: string, detailType: string]> = {
  Bounce: ["BOUNCE", "Email Bounced"],
  Complaint: ["COMPLAINT", "Email Complaint Received"],
  Delivery: ["DELIVERY", "Email Delivered"],
};

/** Whom SES would tell, were there feedback now. `forwarding` stands for the sender's mailbox. */
export function listeners(world: World): Set<Listener> {
  const found = new Set<Listener>();
  for (const [identity, thing] of world.all("identity")) {
    for (const type of TYPES) {
      for (const who of hearers(world, identity, thing, type)) found.add(`${identity} ${type} ${who}`);
    }
  }
  return found;
}

function hearers(world: World, identity: string, thing: Thing, type: FeedbackType): string[] {
  const [region = "", ...rest] = identity.split("/");
  const name = rest.join("/");
  const topicArn = world.get(`notification ${identity}|${type}`)?.topicArn;
  const heard = typeof topicArn === "string" && topicArn !== "" ? hear(world, topicArn, `identity/${name}`) : [];
  const bySet =
    typeof thing.configurationSetName === "string" ? bySetOf(world, region, thing.configurationSetName, type) : [];
  const byMail = type !== "Delivery" && forwards(world, region, name) ? ["forwarding"] : [];
  return [...heard, ...bySet, ...byMail];
}

function bySetOf(world: World, region: string, set: string, type: FeedbackType): string[] {
  if (!world.has(`set ${region}/${set}`)) return [];
  const [eventType, detailType] = EVENTS[type];
  return world.all("destination").flatMap(([rest, destination]) => {
    const types = destination.matchingEventTypes as string[];
    if (!rest.startsWith(`${region}/${set}|`) || destination.enabled !== true || !types.includes(eventType)) return [];
    const { topicArn } = (destination.snsDestination ?? {}) as { topicArn?: string };
    if (topicArn) return hear(world, topicArn, `configuration-set/${set}`);
    return destination.eventBridgeDestination ? onBus(world, region, detailType) : [];
  });
}

/** Targets of the default bus's rules that let the events through. */
function onBus(world: World, region: string, detailType: string): string[] {
  return world.all("target").flatMap(([rest, { arn }]) => {
    const pattern = world.get(`rule ${rest.slice(0, rest.indexOf("|"))}`)?.eventPattern;
    const { "detail-type": types } = JSON.parse(String(pattern ?? "{}"));
    return rest.startsWith(`${region}/`) &&
      (types === undefined || types.includes(detailType)) &&
      delivers(world, arn, "events")
      ? [`target ${arn}`]
      : [];
  });
}

/** Subscribers of a topic to which SES may publish in this name; of a topic of another account, its owner. */
function hear(world: World, topicArn: string, source: string): string[] {
  if (topicArn.split(":")[4] !== ACCOUNT) return [`owner ${topicArn}`];
  if (!world.has(`topic ${topicArn}`) || !mayPublish(world, topicArn, source)) return [];
  return world
    .all("subscription")
    .filter(([, s]) => s.topicArn === topicArn && delivers(world, s.endpoint, "sns", topicArn))
    .map(([, { protocol, endpoint }]) => `${protocol} ${endpoint}`);
}

type Statement = { Effect: string; Principal?: unknown; Condition?: Record<string, Record<string, string | string[]>> };

const statements = (policy: unknown): Statement[] =>
  (typeof policy === "string" ? JSON.parse(policy) : ((policy as object | undefined) ?? { Statement: [] })).Statement;

/** Without a policy of its own a topic has the owner's, which lets SES of the same account through (F12). */
function mayPublish(world: World, topicArn: string, source: string): boolean {
  const policy = world.get(`topic-policy ${topicArn}`)?.policy;
  if (policy === undefined) return true;
  return statements(policy).some(
    ({ Effect, Principal, Condition }) =>
      Effect === "Allow" && JSON.stringify(Principal ?? "").includes("ses.amazonaws.com") && admits(Condition, source),
  );
}

/** Whether the ARNs that a condition asks for include one that ends like this. */
function admits(condition: Statement["Condition"], source: string): boolean {
  const wanted = Object.values(condition ?? {}).flatMap((operator) =>
    Object.entries(operator)
      .filter(([key]) => key.toLowerCase() === "aws:sourcearn")
      .flatMap(([, value]) => value),
  );
  return wanted.length === 0 || wanted.some((pattern) => matches(pattern, source));
}

function matches(pattern: string, source: string): boolean {
  const expression = pattern
    .split(":")
    .slice(5)
    .join(":")
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*");
  return new RegExp(`^(?:${expression || ".*"})$`, "i").test(source);
}

/** Whether a queue or function that AWS holds takes what it is sent; others are their owners' business. */
function delivers(world: World, endpoint: unknown, service: "sns" | "events", from?: string): boolean {
  const target = String(endpoint);
  if (target.startsWith("arn:aws:sqs:")) return queueTakes(world, target, service);
  if (target.startsWith("arn:aws:lambda:")) return functionTakes(world, target, service, from);
  return true;
}

function queueTakes(world: World, queueArn: string, service: string): boolean {
  const [, , , region, account] = queueArn.split(":");
  const name = lastPart(queueArn, ":");
  if (account !== ACCOUNT) return true;
  if (!world.has(`queue ${region}/${name}`)) return false;
  const policy = world.get(`queue-policy https://sqs.${region}.amazonaws.com/${account}/${name}`)?.policy;
  return statements(policy).some(
    ({ Effect, Principal }) => Effect === "Allow" && JSON.stringify(Principal ?? "").includes(`${service}.`),
  );
}

function functionTakes(world: World, target: string, service: string, from: string | undefined): boolean {
  const functionArn = target.split(":").slice(0, 7).join(":");
  return world.all("permission").some(([rest, { statement }]) => {
    const { Principal, Condition } = statement as Statement;
    const source = Object.values(Condition ?? {}).flatMap((operator) => Object.values(operator));
    return (
      rest.startsWith(`${functionArn}|`) &&
      JSON.stringify(Principal).includes(service) &&
      (from === undefined || source.length === 0 || source.includes(from))
    );
  });
}
