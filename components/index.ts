/**
 * Pulumi components for Amazon SES: identities whose bounces and complaints somebody receives.
 *
 * @packageDocumentation
 */
export type { DeliveryDestination, FeedbackDestination } from "./args/destination";
export type { FeedbackHandlerArgs } from "./args/feedback-handler";
export type { IntendedOverride, MonitoredIdentityArgs } from "./args/monitored-identity";
export type { ReputationAlarmsArgs } from "./args/reputation-alarms";
export { FeedbackHandler } from "./feedback-handler";
export { MonitoredIdentity } from "./monitored-identity";
export type { DnsRecord } from "./parts/dns";
export { sesKeyPolicyStatement } from "./parts/key-policy";
export { ReputationAlarms } from "./reputation-alarms";
