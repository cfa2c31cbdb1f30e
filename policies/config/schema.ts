import { type Static, Type } from "@sinclair/typebox";

/*
 * The configuration, written once: types, validators, the editor's schema and the pack's `settings` come from here.
 * Only types of this file reach the compiled package; `npm run generate` turns the schemas into code.
 */

const strict = { additionalProperties: false };
// Not `minLength`: its generated code would need Ajv at run time, and what nobody can see is no text either (some
// letters and signs are blank: Hangul fillers, the empty Braille cell). The engine compiles patterns too, with RE2: a
// lookahead, or an escape for a code point, is refused there, and with it the pack.
const NOT_BLANK = "[^\\p{C}\\p{M}\\p{Z}\u115f\u1160\u2800\u3164\uffa0]";
const ACCOUNT = "^\\d{12}$";
const STACK = "^[^/\\s]+/[^/\\s]+$";

const text = (description: string) => Type.String({ pattern: NOT_BLANK, description });
const reason = text("Why, in words for whoever reads this in a year.");
const expires = Type.Optional(
  Type.String({ format: "date", description: "Last day on which it holds, YYYY-MM-DD. Without it, it always holds." }),
);
const oneOf = <T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>({ type: "string", enum: values, description });
const textOrNull = (description: string) => Type.Unsafe<string | null>({ type: ["string", "null"], description });

const account = (description: string) => Type.String({ pattern: ACCOUNT, description });

export const LEVELS = ["mandatory", "advisory", "disabled"] as const;
const level = oneOf(LEVELS, "mandatory fails the run, advisory reports, disabled is silent.");

export const IntendedOverride = Type.Object(
  {
    identity: text("The address or subdomain that differs from its domain."),
    reason,
    expires,
  },
  { ...strict, description: "A difference someone decided. It excuses shadowing, not missing handling." },
);

export const Exception = Type.Object(
  {
    rule: text("Id of the rule."),
    identity: text(
      "The identity it is accepted for: name, ARN (in its Region and account alone), or a name with * in it.",
    ),
    region: Type.Optional(text("Accepted in this Region only.")),
    account: Type.Optional(account("Accepted in this account only.")),
    stack: Type.Optional(text("Accepted in this stack only: project/stack.")),
    reason,
    expires,
  },
  { ...strict, description: "A finding someone accepted; it is reported as waived." },
);

export const SendTimeConfigurationSet = Type.Object(
  {
    configurationSet: text("Name of the configuration set."),
    identities: Type.Array(text("An identity that is sent from with this set."), { minItems: 1 }),
    reason,
  },
  { ...strict, description: "A configuration set that the application names when it sends." },
);

export const ExternalChannel = Type.Object({
  channel: oneOf(["forwarding", "topic", "event-destination"], "How the notification leaves."),
  target: textOrNull("ARN of the destination; null for forwarding and where nobody knows it."),
  declared: Type.Optional(Type.Boolean({ description: "Forwarding only: a resource says so explicitly." })),
});

/** An entry of `identities` in a JSON report: what the rules read is required, the rest may be there. */
export const ExternalIdentity = Type.Object(
  {
    identity: text("Domain or address."),
    kind: oneOf(["domain", "address"], "What it is."),
    account: textOrNull("AWS account, null where it is not known."),
    region: textOrNull("Region, null where it is not known."),
    bounce: Type.Array(ExternalChannel, { description: "Where bounces go." }),
    complaint: Type.Array(ExternalChannel, { description: "Where complaints go." }),
    delivery: Type.Array(ExternalChannel, { description: "Where deliveries go." }),
    seen: Type.Optional(text("When it was so: date and time.")),
    source: Type.Optional(text("Whence it is known: a file, a folder, a live account.")),
    expires: Type.Optional(
      Type.String({
        format: "date",
        description: "Last day on which it is believed, YYYY-MM-DD. Afterwards its settings are not known.",
      }),
    ),
    doubt: Type.Optional(text("Why its settings are not known, although the identity is there.")),
  },
  { description: "An identity managed elsewhere, as `ses-guard inventory` and JSON reports write it." },
);

const settings = {
  emailForwarding: Type.Optional(
    oneOf(
      ["when-declared", "accept", "reject"],
      "Whether feedback by email counts: when a resource asks for it (default), also as the SES default, or never.",
    ),
  ),
  intendedOverrides: Type.Optional(Type.Array(IntendedOverride, { description: "Differences someone decided." })),
  exceptions: Type.Optional(Type.Array(Exception, { description: "Findings someone accepted." })),
  accounts: Type.Optional(
    Type.Unsafe<Readonly<Record<string, string>>>({
      type: "object",
      description: "Account that a stack (project/stack) deploys to, where no document tells.",
      patternProperties: { [STACK]: account("Twelve digits, in quotes.") },
      additionalProperties: false,
    }),
  ),
  sendTimeConfigurationSets: Type.Optional(
    Type.Array(SendTimeConfigurationSet, { description: "Sets named at send time; they count as channels." }),
  ),
  externalIdentities: Type.Optional(Type.Array(ExternalIdentity, { description: "Identities managed elsewhere." })),
  defaultConfigurationSet: Type.Optional(text("What the rule default-configuration-set expects.")),
};

/** Configuration of the pack's policy `settings`: everything but the levels, which Pulumi sets per policy. */
export const SettingsSchema = Type.Object(settings, strict);

/** The linter's file. */
export const ConfigSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: "Of this file, for editors." })),
    ...settings,
    // Ids are checked against the rules that exist, which this file does not know.
    rules: Type.Optional(
      Type.Unsafe<Record<string, Static<typeof level>>>({
        type: "object",
        description: "Level per rule.",
        additionalProperties: level,
      }),
    ),
  },
  strict,
);

/**
 * Defaults for editors alone: the engine would fill those of the pack's `settings` in, and then nobody could tell what
 * was configured.
 */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  emailForwarding: "when-declared",
  intendedOverrides: [],
  exceptions: [],
  accounts: {},
  sendTimeConfigurationSets: [],
  externalIdentities: [],
  rules: {},
};

function defaultOf(key: string): { default?: unknown } {
  return Object.hasOwn(DEFAULTS, key) ? { default: DEFAULTS[key] } : {};
}

/** The linter's file for editors, with every rule by name. Draft 7, which editors read. */
export function editorSchema(rules: readonly { id: string; summary: string; level: string }[]): object {
  const { exceptions, rules: levels } = ConfigSchema.properties;
  const { rule, ...fields } = Exception.properties;
  const ids = rules.map(({ id }) => id);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "https://raw.githubusercontent.com/ses-guard/ses-guard/main/policies/generated/ses-guard.schema.json",
    title: "Configuration of ses-guard",
    ...ConfigSchema,
    properties: {
      ...Object.fromEntries(
        Object.entries(ConfigSchema.properties).map(([key, schema]) => [key, { ...schema, ...defaultOf(key) }]),
      ),
      exceptions: {
        ...exceptions,
        ...defaultOf("exceptions"),
        items: { ...Exception, properties: { rule: { ...rule, enum: ids }, ...fields } },
      },
      rules: {
        ...levels,
        ...defaultOf("rules"),
        properties: Object.fromEntries(
          rules.map((rule) => [rule.id, { ...level, description: rule.summary, default: rule.level }]),
        ),
        additionalProperties: false,
      },
    },
  };
}
