import type { InvokePermission, Topic } from "../model/inventory/types";
import { isKnown, UNKNOWN, type Unknown, type Value } from "../model/value";
import { createRule } from "./shared/rule";
import { subscribed } from "./shared/subscribers";
import { accuse } from "./shared/topics";

export const functionPermission = createRule({
  id: "function-permission",
  level: "mandatory",
  severity: "high",
  summary: "A subscribed function that SNS has no permission to invoke.",
  why: "A function is invoked by nobody until a permission says otherwise; SNS then fails quietly and the notification is lost.",
  facts: ["F11"],
  source: "AWS Lambda Developer Guide, Invoking Lambda functions with Amazon SNS notifications",
  fix: "Add an aws.lambda.Permission with principal sns.amazonaws.com and sourceArn of the topic.",
  messages: {
    functionUnknown: (subscription: string, topic: string) =>
      `The function behind subscription ${subscription} to ${topic} is not known, so its permission cannot be checked.`,
    permissionUnknown: (name: string, topic: string) => `Whether ${topic} may invoke function ${name} is not known.`,
    notPermitted: (name: string, topic: string) => `Nothing permits SNS to invoke function ${name} for ${topic}.`,
  },
  check({ inventory }, report, messages) {
    for (const { topic, link, about, name, topicName } of subscribed(inventory, ({ lambda }) => lambda)) {
      if (link.kind === "unknown") {
        report.unverified(about, messages.functionUnknown(name, topicName), { pending: link.pending });
        continue;
      }
      const { permissions, possiblePermissions, resource } = link.target;
      if (resource?.external && permissions.length === 0) continue;
      const answers = permissions.map((permission) => allows(permission, topic));
      if (answers.includes(true)) continue;
      const possible = possiblePermissions.find("for SNS", (permission) => allows(permission) !== false);
      if (answers.includes(UNKNOWN) || possible) {
        report.unverified(about, messages.permissionUnknown(name, topicName));
      } else accuse(report, topic.uses, about, messages.notPermitted(name, topicName), { absence: true });
    }
  },
});

/** Whether a permission lets SNS invoke its function, for any topic or for that one. */
function allows({ principal, action, source }: InvokePermission, topic?: Topic): boolean | Unknown {
  const parts = [
    matches(principal, /^(sns\.amazonaws\.com|\*)$/),
    matches(action, /^(lambda:(InvokeFunction|Invoke\*|\*)|\*)$/i),
    topic === undefined || comesFrom(source, topic),
  ];
  return parts.includes(false) ? false : parts.includes(UNKNOWN) ? UNKNOWN : true;
}

function matches(value: Value<string>, wanted: RegExp): boolean | Unknown {
  return isKnown(value) ? wanted.test(value) : value === UNKNOWN ? UNKNOWN : false;
}

function comesFrom(source: InvokePermission["source"], topic: Topic): boolean | Unknown {
  if (source.kind === "unknown") return UNKNOWN;
  return source.kind === "found" ? isTopic(source.target, topic) : source.kind === "absent";
}

function isTopic(source: Topic, topic: Topic): boolean | Unknown {
  if (source === topic) return true;
  if (!isKnown(source.arn)) return false;
  // A pattern, or an ARN beside a topic whose own is not known yet.
  const isOpen = source.arn.includes("*") || (!isKnown(topic.arn) && !source.resource && !isKnown(topic.name));
  return isOpen ? UNKNOWN : false;
}
