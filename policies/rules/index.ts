import { addressShadowsDomain } from "./address-shadows-domain";
import { bounceHandling } from "./bounce-handling";
import { complaintHandling } from "./complaint-handling";
import { conflictingNotification } from "./conflicting-notification";
import { defaultConfigurationSet } from "./default-configuration-set";
import { duplicateIdentity } from "./duplicate-identity";
import { duplicateNotifications } from "./duplicate-notifications";
import { eventBusDefault } from "./event-bus-default";
import { eventDestinationDisabled } from "./event-destination-disabled";
import { feedbackForwardingOff } from "./feedback-forwarding-off";
import { functionPermission } from "./function-permission";
import { queueDeadLetter } from "./queue-dead-letter";
import { queueEncryption } from "./queue-encryption";
import { queuePolicy } from "./queue-policy";
import { regionalDifference } from "./regional-difference";
import { reputationMetrics } from "./reputation-metrics";
import type { Rule } from "./shared/rule";
import { staleOverride } from "./stale-override";
import { subdomainShadowsDomain } from "./subdomain-shadows-domain";
import { subscriptionFilter } from "./subscription-filter";
import { subscriptionLoop } from "./subscription-loop";
import { subscriptionPending } from "./subscription-pending";
import { suppressionList } from "./suppression-list";
import { topicEncryption } from "./topic-encryption";
import { topicFifo } from "./topic-fifo";
import { topicPublishPermission } from "./topic-publish-permission";
import { topicPublishScope } from "./topic-publish-scope";
import { topicRegion } from "./topic-region";
import { unknownIdentity } from "./unknown-identity";
import { unmonitoredTopic } from "./unmonitored-topic";
import { unverified } from "./unverified";

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
  topicRegion,
  topicFifo,
  topicPublishPermission,
  topicPublishScope,
  topicEncryption,
  eventDestinationDisabled,
  eventBusDefault,
  subscriptionFilter,
  subscriptionPending,
  subscriptionLoop,
  queuePolicy,
  queueEncryption,
  functionPermission,
  queueDeadLetter,
  duplicateNotifications,
  suppressionList,
  reputationMetrics,
  defaultConfigurationSet,
  staleOverride,
  unverified,
];
