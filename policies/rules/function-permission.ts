import { EVERYTHING, parsePolicy } from "../model/iam/document";
import { evaluatePolicy, serviceContext } from "../model/iam/evaluate";
import { shortfalls } from "../model/inventory/ownership";
import type { Inventory, LambdaFunction, Subscription, Topic } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { isKnown, UNKNOWN } from "../model/value";
import { isForSns, Permits } from "./shared/permits";
import { createRule, type Reporter } from "./shared/rule";
import { type Subscriber, subscribed } from "./shared/subscribers";
import { aboutTopic, accuse, carries, topicName } from "./shared/topics";
import { list } from "./shared/words";

const messages = {
  tooFew: (atLeast: number, functions: readonly string[]) =>
    `Nothing permits SNS to invoke at least ${atLeast} of the subscribed functions ${list(functions)}: there are fewer permissions for a function that is not known than functions without one.`,
  functionUnknown: (subscription: string, topic: string) =>
    `The function behind subscription ${subscription} to ${topic} is not known, so its permission cannot be checked.`,
  permissionUnknown: (name: string, topic: string) => `Whether ${topic} may invoke function ${name} is not known.`,
  notPermitted: (name: string, topic: string) => `Nothing permits SNS to invoke function ${name} for ${topic}.`,
  neverRuns: (name: string, topic: string) =>
    `Function ${name}, which hears ${topic}, never runs: its reserved concurrency is 0.`,
  roleRefuses: (subscription: string, role: string, topic: string) =>
    `Subscription ${subscription} of ${topic} delivers as role ${role}, which does not let SNS assume it.`,
  roleUnknown: (subscription: string, topic: string) =>
    `Whether SNS may assume the role that subscription ${subscription} of ${topic} delivers as is not known.`,
};

export const functionPermission = createRule({
  id: "function-permission",
  level: "mandatory",
  severity: "high",
  summary: "A subscribed function that SNS may not invoke, or a Firehose subscription whose role it may not assume.",
  why: "A function is invoked by nobody until a permission says otherwise; SNS then fails quietly and the notification is lost.",
  facts: ["F11"],
  source: "AWS Lambda Developer Guide, Invoking Lambda functions with Amazon SNS notifications",
  fix: "Add an aws.lambda.Permission with principal sns.amazonaws.com, sourceArn of the topic and, for a version or alias, its qualifier; for Firehose, let sns.amazonaws.com sts:AssumeRole in assumeRolePolicy of the aws.iam.Role.",
  messages,
  check({ inventory }, report) {
    const permits = new Permits();
    for (const subscriber of subscribed(inventory, ({ lambda }) => lambda)) {
      const { link, about, name, topicName } = subscriber;
      if (link.kind === "unknown") {
        report.unverified(about, messages.functionUnknown(name, topicName), { pending: link.pending });
      } else checkFunction(subscriber, link.target, permits, report);
    }
    sayShortfalls(inventory, report);
    for (const topic of inventory.usedTopics) {
      for (const subscription of topic.subscriptions) checkRole(topic, subscription, report);
    }
  },
});

function checkFunction(
  { topic, subscription, about, name, topicName }: Subscriber<LambdaFunction>,
  lambda: LambdaFunction,
  permits: Permits,
  report: Reporter,
): void {
  const { permissions, possiblePermissions, resource, reservedConcurrency } = lambda;
  if (reservedConcurrency === 0) accuse(report, topic.uses, about, messages.neverRuns(name, topicName));
  if (resource?.external && permissions.length === 0) return;
  const allowed = permits.allow(lambda, topic, subscription.qualifier);
  if (allowed === true) return;
  const possible = possiblePermissions.matching("for SNS", isForSns)[0];
  if (allowed === UNKNOWN || possible) {
    const pending = !isKnown(topic.arn);
    report.unverified(about, messages.permissionUnknown(name, topicName), { pending });
  } else accuse(report, topic.uses, about, messages.notPermitted(name, topicName), { absence: true });
}

/** Firehose: SNS delivers as a role. Source: SNS Developer Guide, "Fanout to Firehose delivery streams". */
function checkRole(topic: Topic, { protocol, role, resource }: Subscription, report: Reporter): void {
  if (protocol !== "firehose") return;
  const about = { ...aboutTopic(topic), resource };
  const subject = `topic ${topicName(topic)} that ${carries(topic)}`;
  const name = nameOf(resource.urn);
  if (role.kind === "unknown") report.unverified(about, messages.roleUnknown(name, subject), { pending: role.pending });
  if (role.kind !== "found" || role.target.resource?.external) return;
  const { trust } = role.target;
  const document = parsePolicy(trust.value) ?? UNKNOWN;
  // A trust policy is about its own role and names no resource.
  const statements = document === UNKNOWN ? [] : document.statements.map((one) => ({ ...one, resource: EVERYTHING }));
  const { decision } = evaluatePolicy(document === UNKNOWN ? UNKNOWN : { ...document, statements }, {
    service: "sns.amazonaws.com",
    action: "sts:AssumeRole",
    resource: "",
    context: serviceContext("sns.amazonaws.com", { account: UNKNOWN, arn: UNKNOWN }),
  });
  if (decision === "denied") {
    const roleName = nameOf(role.target.resource?.urn ?? "");
    accuse(report, topic.uses, about, messages.roleRefuses(name, roleName, subject));
  } else if (decision === "unknown") {
    report.unverified(about, messages.roleUnknown(name, subject), { pending: trust.pending });
  }
}

/** Functions that surely lack a permission: more of them do than there are permissions for unknown functions. */
function sayShortfalls(inventory: Inventory, report: Reporter): void {
  const bare = new Set<LambdaFunction>();
  for (const { link } of subscribed(inventory, ({ lambda }) => lambda)) {
    if (link.kind !== "found" || link.target.resource?.external || link.target.permissions.length > 0) continue;
    bare.add(link.target);
  }
  const possible = ({ possiblePermissions }: LambdaFunction) => possiblePermissions.matching("for SNS", isForSns);
  for (const { owners, atLeast } of shortfalls([...bare], possible)) {
    const names = owners.map(({ resource }) => nameOf(resource?.urn ?? "")).sort();
    report.violation({ resource: owners[0]?.resource }, messages.tooFew(atLeast, names), { absence: true });
  }
}
