/**
 * Pulumi components for Amazon SES: identities whose bounces and complaints somebody receives.
 *
 * @packageDocumentation
 */
export type { DeliveryDestination, FeedbackDestination } from "./args/destination";
export type { FeedbackHandlerArgs } from "./args/feedback-handler";
export type { FeedbackTopicArgs } from "./args/feedback-topic";
export type { EventDestination, MonitoredConfigurationSetArgs } from "./args/monitored-configuration-set";
export type { DnsRecordChoice, IntendedOverride, MonitoredIdentityArgs } from "./args/monitored-identity";
export type { ReputationAlarmsArgs } from "./args/reputation-alarms";
export { FeedbackHandler } from "./feedback-handler";
export { FeedbackTopic } from "./feedback-topic";
export { MonitoredConfigurationSet } from "./monitored-configuration-set";
export { MonitoredIdentity } from "./monitored-identity";
export { namesOf010 } from "./moving";
export type { DnsRecord } from "./parts/dns";
export { sesKeyPolicyStatement, sesTopicPolicyStatement, type TopicSources } from "./parts/policies";
export { ReputationAlarms } from "./reputation-alarms";
