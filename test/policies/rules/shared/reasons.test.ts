import type { Reason } from "../../../../policies/model/reason";
import { sayReason } from "../../../../policies/rules/shared/reasons";

type Kind = Reason["kind"];
type Data<K extends Kind> = Omit<Extract<Reason, { kind: K }>, "kind">;

/** Every kind with its wording; one left out does not compile. */
const WORDINGS: { [K in Kind]: readonly (readonly [Data<K>, string])[] } = {
  "nothing-declared": [[{}, "nothing is declared, so SES forwards them to whatever mailbox the sender gave"]],
  "forwarding-off": [[{}, "feedback forwarding is off and nothing else carries them"]],
  "forwarding-rejected": [[{}, "they are only forwarded by email, which the configuration rejects"]],
  "stream-deleted": [
    [
      { destination: "events", stream: "feed" },
      "stream feed, which event destination events sends to, is deleted by this preview",
    ],
  ],
  "role-deleted": [
    [
      { destination: "events", role: "deliver" },
      "role deliver, which event destination events delivers as, is deleted by this preview",
    ],
  ],
  "destination-disabled": [[{ destination: "toTopic" }, "event destination toTopic is not enabled"]],
  "cloudwatch-only": [[{ destination: "counts" }, "event destination counts sends counts to CloudWatch, no addresses"]],
  "set-not-default": [[{ set: "main" }, "configuration set main listens, but it is not the default of this identity"]],
  "pinpoint-ended": [[{ destination: "app" }, "event destination app sends to Pinpoint, which ended on 2026-10-30"]],
  "not-a-topic": [[{ setting: "bounces", target: "TODO" }, "bounces names TODO, which is no topic"]],
  "topic-deleted": [
    [{ topic: "feedback" }, "topic feedback, which would carry them, is deleted by this preview"],
    [{ topic: "feedback", missing: true }, "topic feedback, which would carry them, does not exist"],
  ],
  "topic-taken-back": [
    [{ setting: "complaints", by: "old" }, "this preview deletes old, which takes away the topic that complaints sets"],
  ],
  "set-deleted": [
    [{ set: "main" }, "configuration set main is deleted by this preview"],
    [{ set: "main", missing: true }, "configuration set main does not exist"],
  ],
  "send-time-set-silent": [
    [{ set: "main" }, "configuration set main, named at send time in place of the default one, does not carry them"],
  ],
  "may-set-topic": [[{ setting: "bounces" }, "bounces may set its topic"]],
  "may-belong-to-set": [[{ destination: "toTopic" }, "event destination toTopic may belong to its configuration set"]],
  "twin-region": [[{ twin: "other" }, "whether it is one identity with other is not known"]],
  "default-set-unknown": [[{}, "its default configuration set is not known"]],
  "set-not-in-view": [
    [{ set: "main" }, "its configuration set main is not in view"],
    [{ set: undefined }, "its configuration set of another stack is not in view"],
  ],
  "managed-elsewhere": [[{}, "it is managed elsewhere"]],
  "carrier-unknown": [
    [{ carrier: "toTopic" }, "it is not known whether toTopic carries them"],
    [{ carrier: undefined }, "it is not known whether a destination carries them"],
  ],
  "forwarding-unknown": [[{}, "it is not known whether feedback forwarding is on"]],
  "remote-component": [[{}, "its children are made by a plugin, which does not run without the engine"]],
  "dynamic-resource": [[{}, "a dynamic resource may create identities out of sight"]],
  "template-unknown": [[{}, "its CloudFormation template cannot be read here"]],
  "template-with-ses": [[{}, "its CloudFormation template contains SES resources"]],
  "template-with-templates": [[{}, "its CloudFormation template includes other templates"]],
  "serverless-application": [[{}, "the template of a serverless application cannot be read here"]],
  "provisioned-product": [[{}, "the template of a provisioned product cannot be read here"]],
  "cloud-control": [[{}, "it may create SES resources through Cloud Control"]],
  "kubernetes-controller": [[{}, "a controller of its Kubernetes cluster makes SES resources for it"]],
  command: [[{}, "its command may call SES"]],
  "override-unknown": [[{}, "its intended override is not known here"]],
  "override-without-reason": [[{}, "the reason of its intendedOverride is blank, so the override excuses nothing"]],
  "not-read": [[{ problem: "AWS denied it" }, "AWS denied it"]],
  malformed: [[{ problem: "its URN is broken" }, "its URN is broken"]],
};

const cases = Object.entries(WORDINGS).flatMap(([kind, wordings]) =>
  wordings.map(([data, wording]) => [{ kind, ...data } as Reason, wording] as const),
);

test.each(cases)("%j", (reason, wording) => {
  expect(sayReason(reason)).toBe(wording);
});
