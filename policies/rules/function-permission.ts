import type { Permission, Topic } from "../model/inventory";
import { isKnown, UNKNOWN, type Unknown } from "../model/value";
import { createRule } from "./rule";
import { subscribed } from "./subscribers";
import { accuse } from "./topics";

export const functionPermission = createRule({
  id: "function-permission",
  level: "mandatory",
  severity: "high",
  summary: "A subscribed function that SNS has no permission to invoke.",
  why: "A function is invoked by nobody until a permission says otherwise; SNS then fails quietly and the notification is lost.",
  source: "F11: AWS Lambda Developer Guide, Invoking Lambda functions with Amazon SNS notifications",
  fix: "Add an aws.lambda.Permission with principal sns.amazonaws.com and sourceArn of the topic.",
  check({ inventory }, report) {
    for (const { topic, link, about, name, topicName } of subscribed(inventory, "lambda")) {
      if (link.kind === "unknown") {
        const message = `The function behind subscription ${name} to ${topicName} is not known, so its permission cannot be checked.`;
        report.unverified(about, message, { pending: link.pending });
        continue;
      }
      const { permissions, loosePermissions, resource } = link.target;
      if (resource?.external && permissions.length === 0) continue;
      const answers = permissions.map((permission) => allows(permission, topic));
      if (answers.includes(true)) continue;
      const loose = loosePermissions.find("for SNS", (permission) => allows(permission) !== false);
      if (answers.includes(UNKNOWN) || loose) {
        report.unverified(about, `Whether ${topicName} may invoke function ${name} is not known.`);
      } else {
        accuse(report, topic.uses, about, `Nothing permits SNS to invoke function ${name} for ${topicName}.`, {
          absence: true,
        });
      }
    }
  },
});

/** Whether a permission lets SNS invoke its function, for any topic or for that one. */
function allows({ principal, action, source }: Permission, topic?: Topic): boolean | Unknown {
  const parts: (boolean | Unknown)[] = [
    isKnown(principal)
      ? principal === "sns.amazonaws.com" || principal === "*"
      : principal === UNKNOWN
        ? UNKNOWN
        : false,
    isKnown(action) ? /^(lambda:(InvokeFunction|Invoke\*|\*)|\*)$/i.test(action) : action === UNKNOWN ? UNKNOWN : false,
    source.kind === "absent" || topic === undefined
      ? true
      : source.kind === "found"
        ? isTopic(source.target, topic)
        : source.kind === "unknown"
          ? UNKNOWN
          : false,
  ];
  return parts.includes(false) ? false : parts.includes(UNKNOWN) ? UNKNOWN : true;
}

function isTopic(source: Topic, topic: Topic): boolean | Unknown {
  if (source === topic) return true;
  // A pattern, or an ARN beside a topic whose own is not known yet.
  return isKnown(source.arn) &&
    (source.arn.includes("*") || (!isKnown(topic.arn) && !source.resource && !isKnown(topic.name)))
    ? UNKNOWN
    : false;
}
