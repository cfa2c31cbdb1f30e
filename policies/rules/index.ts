import { addressShadowsDomain } from "./address-shadows-domain";
import { bounceHandling } from "./bounce-handling";
import { complaintHandling } from "./complaint-handling";
import { configurationSetTls } from "./configuration-set-tls";
import { conflictingNotification } from "./conflicting-notification";
import { defaultConfigurationSet } from "./default-configuration-set";
import { deliveryFailureTypes } from "./delivery-failure-types";
import { dkimSigning } from "./dkim-signing";
import { duplicateIdentity } from "./duplicate-identity";
import { duplicateNotifications } from "./duplicate-notifications";
import { emailOnlySubscriber } from "./email-only-subscriber";
import { eventBusDefault } from "./event-bus-default";
import { eventDestinationDisabled } from "./event-destination-disabled";
import { feedbackForwardingOff } from "./feedback-forwarding-off";
import { functionPermission } from "./function-permission";
import { identityPolicyPublic } from "./identity-policy-public";
import { missingConfigurationSet } from "./missing-configuration-set";
import { queueDeadLetter } from "./queue-dead-letter";
import { queueEncryption } from "./queue-encryption";
import { queuePolicy } from "./queue-policy";
import { regionalDifference } from "./regional-difference";
import { reputationAlarm } from "./reputation-alarm";
import { reputationMetrics } from "./reputation-metrics";
import { sendingPaused } from "./sending-paused";
import type { Rule } from "./shared/rule";
import { staleOverride } from "./stale-override";
import { subdomainShadowsDomain } from "./subdomain-shadows-domain";
import { subscriptionDeadLetter } from "./subscription-dead-letter";
import { subscriptionFilter } from "./subscription-filter";
import { subscriptionLoop } from "./subscription-loop";
import { subscriptionPending } from "./subscription-pending";
import { subscriptionPlaintext } from "./subscription-plaintext";
import { suppressionDiffers } from "./suppression-differs";
import { suppressionList } from "./suppression-list";
import { topicDataProtection } from "./topic-data-protection";
import { topicDropped } from "./topic-dropped";
import { topicEncryption } from "./topic-encryption";
import { topicFifo } from "./topic-fifo";
import { topicPublic } from "./topic-public";
import { topicPublishPermission } from "./topic-publish-permission";
import { topicPublishScope } from "./topic-publish-scope";
import { topicRegion } from "./topic-region";
import { unknownIdentity } from "./unknown-identity";
import { unmonitoredEventBus } from "./unmonitored-event-bus";
import { unmonitoredTopic } from "./unmonitored-topic";
import { unverified } from "./unverified";
import { verificationLost } from "./verification-lost";

/** All rules, in the order of the rule table. `stale-override` comes after those it looks at, `unverified` last. */
export const rules: readonly Rule[] = [
  bounceHandling,
  complaintHandling,
  feedbackForwardingOff,
  unmonitoredTopic,
  addressShadowsDomain,
  subdomainShadowsDomain,
  duplicateIdentity,
  conflictingNotification,
  unknownIdentity,
  regionalDifference,
  topicDropped,
  topicRegion,
  topicFifo,
  topicPublishPermission,
  topicPublishScope,
  topicEncryption,
  topicDataProtection,
  topicPublic,
  eventDestinationDisabled,
  eventBusDefault,
  unmonitoredEventBus,
  subscriptionFilter,
  subscriptionPending,
  subscriptionPlaintext,
  subscriptionDeadLetter,
  emailOnlySubscriber,
  subscriptionLoop,
  queuePolicy,
  queueEncryption,
  functionPermission,
  queueDeadLetter,
  duplicateNotifications,
  suppressionList,
  reputationMetrics,
  dkimSigning,
  identityPolicyPublic,
  missingConfigurationSet,
  configurationSetTls,
  deliveryFailureTypes,
  sendingPaused,
  verificationLost,
  suppressionDiffers,
  reputationAlarm,
  defaultConfigurationSet,
  staleOverride,
  unverified,
];
