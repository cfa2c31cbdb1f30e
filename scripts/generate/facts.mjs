// What AWS says and both the components and the rules know. Neither imports the other, so each gets the same file.

/**
 * Regions that are on in every account; all others of the partition `aws`, those to come included, have to be opted in
 * to. The list is closed: it ends with the Regions of March 2019. Osaka is older, but SNS counts it among the others.
 * Source: AWS Account Management, "Enable or disable AWS Regions"; Amazon SNS Developer Guide, "Sending Amazon SNS
 * messages to an Amazon SQS queue or AWS Lambda function in a different Region".
 */
const DEFAULT_REGIONS = [
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1"],
  ...["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3"],
  ...["ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
];

/**
 * Types of events by their v2 name: `eventType` of the event, `detail-type` of its EventBridge event.
 * Source: EventBridge events reference, "Amazon Simple Email Service events"; SES, "Contents of event data".
 */
const EVENTS = {
  BOUNCE: { eventType: "Bounce", detailType: "Email Bounced" },
  COMPLAINT: { eventType: "Complaint", detailType: "Email Complaint Received" },
  DELIVERY: { eventType: "Delivery", detailType: "Email Delivered" },
  REJECT: { eventType: "Reject", detailType: "Email Rejected" },
  RENDERING_FAILURE: { eventType: "Rendering Failure", detailType: "Email Rendering Failed" },
  DELIVERY_DELAY: { eventType: "DeliveryDelay", detailType: "Email Delivery Delayed" },
};

/** What a service needs in the policy of a key that encrypts what it writes to (F13). */
const KEY_ACTIONS = ["kms:GenerateDataKey*", "kms:Decrypt"];

const rows = (values) => Object.entries(values).map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`);

export async function generate() {
  const text = [
    "// Generated from scripts/generate/facts.mjs, which names the sources, by `npm run generate`.",
    "",
    "/** Regions that are on in every account; all others of the partition `aws` have to be opted in to. */",
    `export const DEFAULT_REGIONS: ReadonlySet<string> = new Set(${JSON.stringify(DEFAULT_REGIONS, null, 2)});`,
    "",
    "/** Types of events of SES by their v2 name, as events and EventBridge name them. */",
    `export const EVENTS = {\n${rows(EVENTS).join("\n")}\n} as const;`,
    "",
    "/** What a service needs in the policy of a key that encrypts what it writes to. */",
    `export const KEY_ACTIONS: readonly string[] = ${JSON.stringify(KEY_ACTIONS)};`,
    "",
  ].join("\n");
  return new Map(["policies/generated/facts.ts", "components/generated/facts.ts"].map((path) => [path, text]));
}
