// Generated from scripts/generate/facts.mjs, which names the sources, by `npm run generate`.

/** Regions that are on in every account; all others of the partition `aws` have to be opted in to. */
export const DEFAULT_REGIONS: ReadonlySet<string> = new Set([
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "sa-east-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2"
]);

/** Types of events of SES by their v2 name, as events and EventBridge name them. */
export const EVENTS = {
  BOUNCE: {"eventType":"Bounce","detailType":"Email Bounced"},
  COMPLAINT: {"eventType":"Complaint","detailType":"Email Complaint Received"},
  DELIVERY: {"eventType":"Delivery","detailType":"Email Delivered"},
  REJECT: {"eventType":"Reject","detailType":"Email Rejected"},
  RENDERING_FAILURE: {"eventType":"Rendering Failure","detailType":"Email Rendering Failed"},
  DELIVERY_DELAY: {"eventType":"DeliveryDelay","detailType":"Email Delivery Delayed"},
} as const;

/** What a service needs in the policy of a key that encrypts what it writes to. */
export const KEY_ACTIONS: readonly string[] = ["kms:GenerateDataKey*","kms:Decrypt"];
