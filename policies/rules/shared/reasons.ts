import type { Reason } from "../../model/reason";

/** A reason as the end of a sentence, without its full stop. */
export function sayReason(reason: Reason): string {
  switch (reason.kind) {
    case "nothing-declared":
      return "nothing is declared, so SES forwards them to whatever mailbox the sender gave";
    case "forwarding-off":
      return "feedback forwarding is off and nothing else carries them";
    case "forwarding-rejected":
      return "they are only forwarded by email, which the configuration rejects";
    case "destination-disabled":
      return `event destination ${reason.destination} is not enabled`;
    case "cloudwatch-only":
      return `event destination ${reason.destination} sends counts to CloudWatch, no addresses`;
    case "set-not-default":
      return `configuration set ${reason.set} listens, but it is not the default of this identity`;
    case "pinpoint-ended":
      return `event destination ${reason.destination} sends to Pinpoint, which ended on 2026-10-30`;
    case "not-a-topic":
      return `${reason.setting} names ${reason.target}, which is no topic`;
    case "topic-deleted":
      return `topic ${reason.topic}, which would carry them, ${goneFor(reason)}`;
    case "topic-taken-back":
      return `this preview deletes ${reason.by}, which takes away the topic that ${reason.setting} sets`;
    case "set-deleted":
      return `configuration set ${reason.set} ${goneFor(reason)}`;
    case "stream-deleted":
      return `stream ${reason.stream}, which event destination ${reason.destination} sends to, is deleted by this preview`;
    case "role-deleted":
      return `role ${reason.role}, which event destination ${reason.destination} delivers as, is deleted by this preview`;
    case "send-time-set-silent":
      return `configuration set ${reason.set}, named at send time in place of the default one, does not carry them`;
    case "may-set-topic":
      return `${reason.setting} may set its topic`;
    case "may-belong-to-set":
      return `event destination ${reason.destination} may belong to its configuration set`;
    case "twin-region":
      return `whether it is one identity with ${reason.twin} is not known`;
    case "default-set-unknown":
      return "its default configuration set is not known";
    case "set-not-in-view":
      return `its configuration set ${reason.set ?? "of another stack"} is not in view`;
    case "managed-elsewhere":
      return "it is managed elsewhere";
    case "carrier-unknown":
      return `it is not known whether ${reason.carrier ?? "a destination"} carries them`;
    case "forwarding-unknown":
      return "it is not known whether feedback forwarding is on";
    default:
      return sayHiding(reason);
  }
}

function goneFor({ missing }: { missing?: true | undefined }): string {
  return missing ? "does not exist" : "is deleted by this preview";
}

type HidingKind =
  | "remote-component"
  | "dynamic-resource"
  | "template-unknown"
  | "template-with-ses"
  | "template-with-templates"
  | "serverless-application"
  | "provisioned-product"
  | "cloud-control"
  | "kubernetes-controller"
  | "command"
  | "override-unknown"
  | "override-without-reason"
  | "malformed"
  | "not-read";

/** Why a resource was not looked into. */
function sayHiding(reason: Extract<Reason, { kind: HidingKind }>): string {
  switch (reason.kind) {
    case "remote-component":
      return "its children are made by a plugin, which does not run without the engine";
    case "dynamic-resource":
      return "a dynamic resource may create identities out of sight";
    case "template-unknown":
      return "its CloudFormation template cannot be read here";
    case "template-with-ses":
      return "its CloudFormation template contains SES resources";
    case "template-with-templates":
      return "its CloudFormation template includes other templates";
    case "serverless-application":
      return "the template of a serverless application cannot be read here";
    case "provisioned-product":
      return "the template of a provisioned product cannot be read here";
    case "cloud-control":
      return "it may create SES resources through Cloud Control";
    case "kubernetes-controller":
      return "a controller of its Kubernetes cluster makes SES resources for it";
    case "command":
      return "its command may call SES";
    case "override-without-reason":
      return "the reason of its intendedOverride is blank, so the override excuses nothing";
    case "override-unknown":
      return "its intended override is not known here";
    case "malformed":
    case "not-read":
      return reason.problem;
  }
}
