/**
 * Pulumi components for Amazon SES: identities whose bounces and complaints somebody receives.
 *
 * @packageDocumentation
 */
export type { DnsRecord } from "./dns";
export { FeedbackHandler, type FeedbackHandlerArgs } from "./feedback-handler";
export {
  type DeliveryDestination,
  type FeedbackDestination,
  type IntendedOverride,
  MonitoredIdentity,
  type MonitoredIdentityArgs,
  sesKeyPolicyStatement,
} from "./monitored-identity";
export { ReputationAlarms, type ReputationAlarmsArgs } from "./reputation-alarms";
