import { isBlank } from "../../text/printable";
import { type IdentityKind, normaliseIdentity } from "../identity";
import type { Reader, ReaderTable } from "../inventory/facts";
import { FEEDBACK_TYPES, type FeedbackType } from "../inventory/types";
import { type ResourceReader, required } from "../reading";
import { isKnown, UNKNOWN, type Unknown, type Value } from "../value";

/** Identities and what is set for them, in both versions of the API. */
export const SES: ReaderTable = {
  "aws:ses/domainIdentity:DomainIdentity": identity({ name: "domain", kind: "domain" }),
  "aws:ses/emailIdentity:EmailIdentity": identity({ name: "email", kind: "address" }),
  "aws:sesv2/emailIdentity:EmailIdentity": identity({
    name: "emailIdentity",
    defaultSet: "configurationSetName",
    signs: true,
  }),
  "aws-native:ses:EmailIdentity": identity({
    name: "emailIdentity",
    defaultSet: "configurationSetAttributes.configurationSetName",
    forwarding: "feedbackAttributes.emailForwardingEnabled",
    signs: "dkimAttributes.signingEnabled",
  }),
  "aws:ses/identityNotificationTopic:IdentityNotificationTopic": notification,
  "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes": (at) => ({
    fact: "forwarding",
    identity: required(at.text("emailIdentity")),
    enabled: at.flag("emailForwardingEnabled"),
  }),
  "aws:ses/domainDkim:DomainDkim": (at) => ({ fact: "dkim", identity: required(at.text("domain")) }),
  "aws:ses/identityPolicy:IdentityPolicy": identityPolicy({ identity: "identity" }),
  "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy": identityPolicy({ identity: "emailIdentity" }),
  "aws:sesv2/accountSuppressionAttributes:AccountSuppressionAttributes": (at) => ({
    fact: "suppression",
    reasons: required(at.list("suppressedReasons")),
  }),
  "aws:sesv2/multiRegionEndpoint:MultiRegionEndpoint": multiRegion,
  "aws-native:ses:MultiRegionEndpoint": multiRegion,
  "aws:sesv2/tenantResourceAssociation:TenantResourceAssociation": (at) => ({
    fact: "tenant-association",
    tenant: required(at.text("tenantName")),
    associated: required(at.text("resourceArn")),
  }),
  "ses-guard:index:MonitoredIdentity": intendedOverride,
};

interface IdentityProperties {
  name: string;
  kind?: IdentityKind;
  defaultSet?: string;
  forwarding?: string;
  /** Easy DKIM is on by default in v2: true where nothing turns it off, else what may. */
  signs?: string | true;
}

function identity(at: IdentityProperties): Reader {
  return (reader) => ({
    fact: "identity",
    name: reader.text(at.name),
    arn: reader.output("arn"),
    kind: at.kind,
    defaultSet: at.defaultSet === undefined ? undefined : reader.text(at.defaultSet),
    forwarding: at.forwarding === undefined ? undefined : declaredForwarding(reader, at.forwarding),
    signing: typeof at.signs === "string" ? (reader.flag(at.signs).value ?? true) : at.signs,
  });
}

function identityPolicy(at: { identity: string }): Reader {
  return (reader) => ({
    fact: "identity-policy",
    identity: required(reader.text(at.identity)),
    policy: reader.raw("policy"),
  });
}

/** What the service answers undeclared is its default: nobody decided it. */
function declaredForwarding(at: ResourceReader, path: string) {
  const enabled = at.flag(path);
  return at.declares(enabled.property) && enabled.value !== undefined ? enabled : undefined;
}

function notification(at: ResourceReader): ReturnType<Reader> {
  const topic = at.text("topicArn");
  // What the program leaves out is its word; what is missing in an answer may have been taken away since.
  const isWithout = topic.value === "" || (topic.value === undefined && isKnown(at.id));
  // The component keeps the setting where no topic carries the type, so that nothing clears one that was set again.
  const declaresTopic = at.declares("topicArn");
  const withoutTopic = isWithout && (declaresTopic || !isOfComponent(at.resource.parent));
  const type = feedbackType(at.raw("notificationType").value);
  return { fact: "notification", identity: required(at.text("identity")), type, topic, declaresTopic, withoutTopic };
}

/** Whether a URN is that of a component that makes settings. */
function isOfComponent(urn: string | undefined): boolean {
  return urn?.split("::")[2]?.endsWith("ses-guard:index:MonitoredIdentity") ?? false;
}

function feedbackType(raw: Value<unknown>): FeedbackType | Unknown {
  const type = typeof raw === "string" ? raw.toLowerCase() : undefined;
  return FEEDBACK_TYPES.find((known) => known === type) ?? UNKNOWN;
}

function multiRegion(at: ResourceReader): ReturnType<Reader> {
  const details = at.within("details");
  const routes = details.raw("routesDetails").value === undefined ? "routeDetails" : "routesDetails";
  const secondary = details.items(routes).map((item) => item.text("region").value);
  return { fact: "multi-region", secondary: details.raw(routes).value === undefined ? [undefined] : secondary };
}

function intendedOverride(at: ResourceReader): ReturnType<Reader> {
  if (at.raw("intendedOverride").value === undefined) return undefined;
  const identityName = at.text("identity").value;
  const reason = at.text("intendedOverride.reason").value;
  if (isKnown(reason) && isBlank(reason)) {
    return { fact: "hidden", reason: { kind: "override-without-reason" }, pending: false };
  }
  const expires = at.text("intendedOverride.expires").value;
  const region = at.text("region").value;
  if (!isKnown(identityName) || !isKnown(reason) || expires === UNKNOWN || region === UNKNOWN) {
    return { fact: "hidden", reason: { kind: "override-unknown" }, pending: true };
  }
  return { fact: "override", override: { identity: normaliseIdentity(identityName).name, region, reason, expires } };
}
