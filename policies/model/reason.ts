/** Why something is not handled, or could not be decided. Names of resources as messages show them. */
export type Reason =
  // Why nobody receives a notification type.
  | { kind: "nothing-declared" }
  | { kind: "forwarding-off" }
  | { kind: "forwarding-rejected" }
  | { kind: "destination-disabled"; destination: string }
  | { kind: "cloudwatch-only"; destination: string }
  | { kind: "set-not-default"; set: string }
  | { kind: "pinpoint-ended"; destination: string }
  /** `target`: what stands where a topic's ARN should. */
  | { kind: "not-a-topic"; setting: string; target: string }
  | { kind: "topic-deleted"; topic: string; missing?: true | undefined }
  | { kind: "topic-taken-back"; setting: string; by: string }
  | { kind: "set-deleted"; set: string; missing?: true | undefined }
  | { kind: "stream-deleted"; destination: string; stream: string }
  | { kind: "role-deleted"; destination: string; role: string }
  /** A set named at send time replaces the default one. */
  | { kind: "send-time-set-silent"; set: string }
  // Why nobody knows whether somebody does.
  | { kind: "may-set-topic"; setting: string }
  | { kind: "may-belong-to-set"; destination: string }
  /** `twin`: an identity of the same name whose Region is not known. */
  | { kind: "twin-region"; twin: string }
  | { kind: "default-set-unknown" }
  /** `set` undefined: it stands in another stack, which alone knows its name. */
  | { kind: "set-not-in-view"; set: string | undefined }
  | { kind: "managed-elsewhere" }
  /** `carrier`: the setting or destination; undefined where no resource in view declares it. */
  | { kind: "carrier-unknown"; carrier: string | undefined }
  | { kind: "forwarding-unknown" }
  // Why a resource was not looked into.
  | { kind: "remote-component" }
  | { kind: "dynamic-resource" }
  | { kind: "template-unknown" }
  | { kind: "template-with-ses" }
  | { kind: "template-with-templates" }
  | { kind: "serverless-application" }
  | { kind: "provisioned-product" }
  | { kind: "cloud-control" }
  | { kind: "kubernetes-controller" }
  | { kind: "command" }
  | { kind: "override-unknown" }
  | { kind: "override-without-reason" }
  /** `problem`: what its source found wrong with the record, in the source's words. */
  | { kind: "malformed"; problem: string }
  /** A call to the live account failed. `problem`: why, and what to do, as the end of a sentence. */
  | { kind: "not-read"; problem: string };
