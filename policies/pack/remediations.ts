import type { ResourceValidationArgs } from "@pulumi/policy";
import { parseOwnKeys } from "../config";
import { isObject } from "../model/value";

/** Changes the inputs of one resource, or leaves them alone (undefined). */
export type Remediation = (args: ResourceValidationArgs) => Record<string, unknown> | undefined;

/** By policy; each runs only where somebody gave that policy the level `remediate`. */
export const remediations: Readonly<Record<string, Remediation>> = {
  "event-destination-disabled": enableDestination,
  "feedback-forwarding-off": forward,
  "default-configuration-set": giveDefaultSet,
};

const UNTOUCHED = undefined;

function enableDestination({ type, props }: ResourceValidationArgs): Record<string, unknown> | undefined {
  if (type === "aws:ses/eventDestination:EventDestination") {
    return tellsFeedback(() => props.matchingTypes) && isOff(() => props.enabled)
      ? set(props, props, "enabled", true)
      : UNTOUCHED;
  }
  if (
    type !== "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination" &&
    type !== "aws-native:ses:ConfigurationSetEventDestination"
  ) {
    return UNTOUCHED;
  }
  const block = known(() => props.eventDestination);
  if (!isObject(block)) return UNTOUCHED;
  return tellsFeedback(() => block.matchingEventTypes) && isOff(() => block.enabled)
    ? set(props, block, "enabled", true)
    : UNTOUCHED;
}

/** Only the flag left out: false that somebody wrote is a decision. */
function forward({ type, props }: ResourceValidationArgs): Record<string, unknown> | undefined {
  const settings = "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes";
  if (type !== settings || known(() => props.emailForwardingEnabled) !== ABSENT) return UNTOUCHED;
  return set(props, props, "emailForwardingEnabled", true);
}

/** The set to give is the policy's own configuration: the SDK hands a remediation nothing else. */
function giveDefaultSet({ type, props, getConfig }: ResourceValidationArgs): Record<string, unknown> | undefined {
  const name = parseOwnKeys(getConfig(), ["defaultConfigurationSet"]).given?.defaultConfigurationSet;
  if (name === undefined) return UNTOUCHED;
  if (type === "aws:sesv2/emailIdentity:EmailIdentity" && known(() => props.configurationSetName) === ABSENT) {
    return set(props, props, "configurationSetName", name);
  }
  if (type !== "aws-native:ses:EmailIdentity") return UNTOUCHED;
  const block = known(() => props.configurationSetAttributes);
  if (block === ABSENT) return set(props, props, "configurationSetAttributes", { configurationSetName: name });
  return isObject(block) && known(() => block.configurationSetName) === ABSENT
    ? set(props, block, "configurationSetName", name)
    : UNTOUCHED;
}

const ABSENT = Symbol("absent");

/** A property, `ABSENT`, or undefined where its value is not known yet: reading that throws. */
function known(readProperty: () => unknown): unknown {
  try {
    return readProperty() ?? ABSENT;
  } catch {
    return undefined;
  }
}

function isOff(readProperty: () => unknown): boolean {
  const enabled = known(readProperty);
  return enabled === ABSENT || enabled === false;
}

function tellsFeedback(readProperty: () => unknown): boolean {
  const types = known(readProperty);
  if (!Array.isArray(types)) return false;
  for (let index = 0; index < types.length; index++) {
    const type = known(() => types[index]);
    if (typeof type === "string" && /^(bounce|complaint)$/i.test(type)) return true;
  }
  return false;
}

function set<T extends Record<string, unknown>>(
  props: T,
  target: Record<string, unknown>,
  property: string,
  value: unknown,
): T {
  target[property] = value;
  return props;
}
