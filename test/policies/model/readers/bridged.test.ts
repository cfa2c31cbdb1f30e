import { READERS } from "../../../../policies/model/readers";
import { isObject } from "../../../../policies/model/value";
import schema from "../../../fixtures/terraform-aws-5.100.json";
import { factOf } from "./read";

/** What a block of the Terraform schema has, by name; `list` and blocks that may stand often are lists in Pulumi. */
type Block = { readonly [name: string]: "value" | "list" | { many: boolean; block: Block } };
type Json = Record<string, unknown>;
const SCHEMA: Readonly<Record<string, Block>> = schema as Record<string, Block>;

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Terraform's names as the bridge writes them; throws where Terraform has no such name. */
function bridge(block: Block, written: Json): Json {
  const entries = Object.entries(written).map(([name, value]): [string, unknown] => {
    const about = block[name];
    if (about === undefined) throw new Error(`Terraform has no ${name}`);
    if (about === "value" || about === "list") {
      // All lists here are plural already.
      expect([name, about === "list" ? /s$/.test(name) : true]).toEqual([name, true]);
      return [camel(name), value];
    }
    if (!isObject(value)) throw new Error(`${name} is a block`);
    const inside = bridge(about.block, value);
    return about.many ? [`${camel(name)}s`, [inside]] : [camel(name), inside];
  });
  return Object.fromEntries(entries);
}

const ARN = "arn:aws:sns:us-east-1:111122223333:t";
const POLICY = "{}";
/** Terraform type and what is written there; the same in `aws`. */
const SAME: readonly [terraform: string, written: Json, type: string, inputs: Json][] = [
  ["ses_domain_identity", { domain: "example.com" }, "ses/domainIdentity", { domain: "example.com" }],
  ["ses_email_identity", { email: "a@example.com" }, "ses/emailIdentity", { email: "a@example.com" }],
  [
    "sesv2_email_identity",
    { email_identity: "example.com", configuration_set_name: "main" },
    "sesv2/emailIdentity",
    { emailIdentity: "example.com", configurationSetName: "main" },
  ],
  [
    "ses_identity_notification_topic",
    { identity: "example.com", notification_type: "Bounce", topic_arn: ARN },
    "ses/identityNotificationTopic",
    { identity: "example.com", notificationType: "Bounce", topicArn: ARN },
  ],
  [
    "sesv2_email_identity_feedback_attributes",
    { email_identity: "example.com", email_forwarding_enabled: true },
    "sesv2/emailIdentityFeedbackAttributes",
    { emailIdentity: "example.com", emailForwardingEnabled: true },
  ],
  [
    "sesv2_account_suppression_attributes",
    { suppressed_reasons: ["BOUNCE"] },
    "sesv2/accountSuppressionAttributes",
    { suppressedReasons: ["BOUNCE"] },
  ],
  ["ses_domain_dkim", { domain: "example.com" }, "ses/domainDkim", { domain: "example.com" }],
  [
    "ses_identity_policy",
    { identity: "example.com", policy: POLICY },
    "ses/identityPolicy",
    { identity: "example.com", policy: POLICY },
  ],
  [
    "sesv2_email_identity_policy",
    { email_identity: "example.com", policy: POLICY },
    "sesv2/emailIdentityPolicy",
    { emailIdentity: "example.com", policy: POLICY },
  ],
  [
    "ses_configuration_set",
    { name: "main", reputation_metrics_enabled: true, delivery_options: { tls_policy: "Require" } },
    "ses/configurationSet",
    { name: "main", reputationMetricsEnabled: true, deliveryOptions: { tlsPolicy: "Require" } },
  ],
  [
    "sesv2_configuration_set",
    {
      configuration_set_name: "main",
      reputation_options: { reputation_metrics_enabled: true },
      delivery_options: { tls_policy: "REQUIRE" },
      suppression_options: { suppressed_reasons: ["BOUNCE"] },
    },
    "sesv2/configurationSet",
    {
      configurationSetName: "main",
      reputationOptions: { reputationMetricsEnabled: true },
      deliveryOptions: { tlsPolicy: "REQUIRE" },
      suppressionOptions: { suppressedReasons: ["BOUNCE"] },
    },
  ],
  [
    "ses_event_destination",
    { configuration_set_name: "main", enabled: true, matching_types: ["bounce"], sns_destination: { topic_arn: ARN } },
    "ses/eventDestination",
    { configurationSetName: "main", enabled: true, matchingTypes: ["bounce"], snsDestination: { topicArn: ARN } },
  ],
  [
    "ses_event_destination",
    {
      configuration_set_name: "main",
      matching_types: ["bounce"],
      cloudwatch_destination: { value_source: "emailHeader" },
    },
    "ses/eventDestination",
    {
      configurationSetName: "main",
      matchingTypes: ["bounce"],
      cloudwatchDestinations: [{ valueSource: "emailHeader" }],
    },
  ],
  [
    "sesv2_configuration_set_event_destination",
    {
      configuration_set_name: "main",
      event_destination: {
        enabled: true,
        matching_event_types: ["BOUNCE"],
        event_bridge_destination: { event_bus_arn: ARN },
      },
    },
    "sesv2/configurationSetEventDestination",
    {
      configurationSetName: "main",
      eventDestination: { enabled: true, matchingEventTypes: ["BOUNCE"], eventBridgeDestination: { eventBusArn: ARN } },
    },
  ],
  [
    "sns_topic",
    { name: "t", kms_master_key_id: "alias/k", fifo_topic: true, policy: POLICY },
    "sns/topic",
    { name: "t", kmsMasterKeyId: "alias/k", fifoTopic: true, policy: POLICY },
  ],
  ["sns_topic_policy", { arn: ARN, policy: POLICY }, "sns/topicPolicy", { arn: ARN, policy: POLICY }],
  [
    "sns_topic_data_protection_policy",
    { arn: ARN, policy: POLICY },
    "sns/dataProtectionPolicy",
    { arn: ARN, policy: POLICY },
  ],
  [
    "sns_topic_subscription",
    { topic_arn: ARN, protocol: "sqs", endpoint: ARN, filter_policy: "{}", filter_policy_scope: "MessageBody" },
    "sns/topicSubscription",
    { topic: ARN, protocol: "sqs", endpoint: ARN, filterPolicy: "{}", filterPolicyScope: "MessageBody" },
  ],
  [
    "sns_topic_subscription",
    { topic_arn: ARN, protocol: "https", endpoint: "https://x", redrive_policy: POLICY, pending_confirmation: true },
    "sns/topicSubscription",
    { topic: ARN, protocol: "https", endpoint: "https://x", redrivePolicy: POLICY, pendingConfirmation: true },
  ],
  [
    "sqs_queue",
    { name: "q", policy: POLICY, kms_master_key_id: "k", redrive_policy: POLICY },
    "sqs/queue",
    { name: "q", policy: POLICY, kmsMasterKeyId: "k", redrivePolicy: POLICY },
  ],
  ["sqs_queue_policy", { queue_url: "u", policy: POLICY }, "sqs/queuePolicy", { queueUrl: "u", policy: POLICY }],
  [
    "sqs_queue_redrive_policy",
    { queue_url: "u", redrive_policy: POLICY },
    "sqs/redrivePolicy",
    { queueUrl: "u", redrivePolicy: POLICY },
  ],
  [
    "kms_key",
    { policy: POLICY, is_enabled: false, customer_master_key_spec: "RSA_2048", key_usage: "SIGN_VERIFY" },
    "kms/key",
    { policy: POLICY, isEnabled: false, customerMasterKeySpec: "RSA_2048", keyUsage: "SIGN_VERIFY" },
  ],
  ["kms_replica_key", { policy: POLICY, enabled: false }, "kms/replicaKey", { policy: POLICY, enabled: false }],
  ["kms_external_key", { policy: POLICY, enabled: false }, "kms/externalKey", { policy: POLICY, enabled: false }],
  ["kms_key_policy", { key_id: "k", policy: POLICY }, "kms/keyPolicy", { keyId: "k", policy: POLICY }],
  ["kms_alias", { name: "alias/k", target_key_id: "k" }, "kms/alias", { name: "alias/k", targetKeyId: "k" }],
  [
    "lambda_function",
    { function_name: "f", reserved_concurrent_executions: 0 },
    "lambda/function",
    { name: "f", reservedConcurrentExecutions: 0 },
  ],
  ["lambda_alias", { name: "live", function_name: "f" }, "lambda/alias", { name: "live", functionName: "f" }],
  [
    "lambda_permission",
    {
      function_name: "f",
      principal: "sns.amazonaws.com",
      action: "lambda:InvokeFunction",
      source_arn: ARN,
      qualifier: "1",
    },
    "lambda/permission",
    { function: "f", principal: "sns.amazonaws.com", action: "lambda:InvokeFunction", sourceArn: ARN, qualifier: "1" },
  ],
  ["iam_role", { name: "r", assume_role_policy: POLICY }, "iam/role", { name: "r", assumeRolePolicy: POLICY }],
  ["cloudwatch_event_bus", { name: "b" }, "cloudwatch/eventBus", { name: "b" }],
  [
    "cloudwatch_event_rule",
    { name: "r", event_bus_name: "b", event_pattern: "{}", state: "DISABLED" },
    "cloudwatch/eventRule",
    { name: "r", eventBusName: "b", eventPattern: "{}", state: "DISABLED" },
  ],
  ["cloudwatch_event_target", { rule: "r" }, "cloudwatch/eventTarget", { rule: "r" }],
];

const bridgedToken = (terraform: string) => `aws:index/${camel(terraform)}:${camel(`_${terraform}`)}`;
const ownToken = (type: string) =>
  `aws:${type}:${type.slice(type.indexOf("/") + 1).replace(/^./, (c) => c.toUpperCase())}`;
/** Two destinations differ in their functions, whatever these answer. */
const told = (fact: unknown) =>
  JSON.stringify(fact, (_, value) => (typeof value === "function" ? value("bounce") : value));

test.each(SAME)("aws_%s says the same under its bridged name", (terraform, written, type, inputs) => {
  const block = SCHEMA[`aws_${terraform}`];
  if (!block) throw new Error(`Terraform has no aws_${terraform}`);
  const fact = factOf(bridgedToken(terraform), bridge(block, written));
  expect(told(fact)).toEqual(told(factOf(ownToken(type), inputs)));
});

test("every type of aws has its bridged name, and each is tried here", () => {
  const own = [...READERS.keys()].filter((type) => type.startsWith("aws:") && !type.startsWith("aws:index/"));
  const bridgedTypes = [...READERS.keys()].filter((type) => type.startsWith("aws:index/"));
  // One type has two tokens, the one of the documentation and the one of the package.
  expect(bridgedTypes).toHaveLength(own.length - 1);
  // Terraform had no endpoints in several Regions in 5.100.
  const later = "aws:index/sesv2MultiRegionEndpoint:Sesv2MultiRegionEndpoint";
  const tried = new Set(SAME.map(([terraform]) => bridgedToken(terraform)));
  expect(bridgedTypes.filter((type) => !tried.has(type))).toEqual([
    later,
    "aws:index/sesv2TenantResourceAssociation:Sesv2TenantResourceAssociation",
    // Not in the recorded schema; its three properties are called the same.
    "aws:index/lambdaEventSourceMapping:LambdaEventSourceMapping",
    // Only its name and ARN are read.
    "aws:index/kinesisFirehoseDeliveryStream:KinesisFirehoseDeliveryStream",
  ]);
});
