import { isObject, type Json, UNKNOWN_STRING } from "../../../policies/model/value";

/**
 * What the provider computes inside of objects that the program may also set, by resource type, property and field.
 * Source: `@pulumi/aws` 7.48, types/output.d.ts: the fields that an output always has and an input need not have.
 */
const COMPUTED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "aws:sesv2/emailIdentity:EmailIdentity": {
    dkimSigningAttributes: [
      "currentSigningKeyLength",
      "lastKeyGenerationTimestamp",
      "nextSigningKeyLength",
      "signingAttributesOrigin",
      "status",
      "tokens",
    ],
  },
  "aws:sesv2/configurationSet:ConfigurationSet": {
    reputationOptions: ["lastFreshStart", "reputationMetricsEnabled"],
    sendingOptions: ["sendingEnabled"],
  },
  "aws:lambda/function:Function": {
    ephemeralStorage: ["size"],
    loggingConfig: ["logGroup"],
    snapStart: ["optimizationStatus"],
    vpcConfig: ["vpcId"],
  },
};

/** Inputs as a preview gives them back: inside of objects, what the provider computes is unknown, not absent. */
export function withComputed(type: string, properties: Json): Json {
  if (!Object.hasOwn(COMPUTED, type)) return properties;
  const completed = Object.entries(COMPUTED[type] ?? {}).flatMap(([property, fields]) => {
    const value = properties[property];
    if (!isObject(value)) return [];
    return [[property, { ...Object.fromEntries(fields.map((field) => [field, UNKNOWN_STRING])), ...value }]];
  });
  return { ...properties, ...Object.fromEntries(completed) };
}
