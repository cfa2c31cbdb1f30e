// Validators of the configuration as plain code, so that neither the pack nor the linter loads Ajv when it starts,
// and the schema of the linter's file for editors.
import Ajv, { _ } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { transform } from "esbuild";
import { importTypeScript } from "./lib/import-typescript.mjs";

const FROM = "// Generated from policies/config/schema.ts by `npm run generate`.\n";

export async function generate() {
  const schemas = await importTypeScript("policies/config/schema.ts");
  const { ConfigSchema, SettingsSchema, editorSchema } = schemas;
  return new Map([
    ["policies/generated/config-types.ts", types(schemas)],
    ["policies/generated/validate-config.ts", await validator(withoutDescriptions(ConfigSchema))],
    [
      "policies/generated/settings-schema.ts",
      `${FROM}export const SETTINGS_SCHEMA = ${visible(SettingsSchema)} as const;\n`,
    ],
    ["policies/generated/ses-guard.schema.json", `${visible(editorSchema(await describeRules()))}\n`],
  ]);
}

/** Source of a module with one function, `validateConfig`, which leaves what it minds in its property `errors`. */
async function validator(schema) {
  const { date } = await importTypeScript("policies/config/date.ts");
  const ajv = new Ajv.default({
    allErrors: true,
    allowUnionTypes: true,
    messages: false,
    formats: { date },
    code: { source: true, esm: true, formats: _`formats` },
  });
  ajv.addSchema(schema, "config");
  const code = standalone.default(ajv, { validateConfig: "config" });
  if (code.includes("require(")) throw new Error("the validator needs Ajv at run time: use another schema keyword");
  const pretty = await transform(code.replace('"use strict";', ""), { format: "esm", target: "es2022" });
  return `${FROM}// @ts-nocheck: Ajv writes JavaScript.\nimport * as formats from "../config/date";\n\n${pretty.code}`;
}

/** JSON in which the characters that nobody can see are written as their codes. */
function visible(schema) {
  const hidden = /[\u115f\u1160\u2800\u3164\uffa0]/g;
  return JSON.stringify(schema, null, 2).replace(hidden, (one) => `\\u${one.charCodeAt(0).toString(16)}`);
}

// Types of their own, so that the published declarations need no TypeBox.
function types({
  ConfigSchema,
  IntendedOverride,
  Exception,
  SendTimeConfigurationSet,
  ExternalChannel,
  ExternalIdentity,
}) {
  const named = { IntendedOverride, Exception, SendTimeConfigurationSet, ExternalChannel, ExternalIdentity };
  const names = new Map(Object.entries(named).map(([name, schema]) => [JSON.stringify(schema), name]));
  const declarations = Object.entries({ ...named, ConfigFile: ConfigSchema }).map(
    ([name, schema]) => `${comment(schema)}export interface ${name} ${typeOf(schema, names, true)}\n`,
  );
  return `${FROM}\n${declarations.join("\n")}`;
}

function typeOf(schema, names, isDeclaration = false) {
  const name = names.get(JSON.stringify(schema));
  if (name !== undefined && !isDeclaration) return name;
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.join(" | ");
  if (schema.type === "array") return `readonly ${typeOf(schema.items, names)}[]`;
  if (schema.type !== "object") return schema.type;
  if (!schema.properties) {
    const member = schema.additionalProperties || Object.values(schema.patternProperties)[0];
    return `Readonly<Record<string, ${typeOf(member, names)}>>`;
  }
  const required = new Set(schema.required);
  const members = Object.entries(schema.properties).map(
    ([key, member]) => `${comment(member)}${key}${required.has(key) ? "" : "?"}: ${typeOf(member, names)};\n`,
  );
  return `{\n${members.join("").replace(/^/gm, "  ").trimEnd()}\n}`;
}

function comment({ description }) {
  return description ? `/** ${description} */\n` : "";
}

function withoutDescriptions(schema) {
  return JSON.parse(JSON.stringify(schema, (key, value) => (key === "description" ? undefined : value)));
}

/** What the editor's schema says of every rule. */
async function describeRules() {
  const { rules } = await importTypeScript("policies/rules/index.ts");
  return rules.map(({ meta }) => ({ id: meta.id, summary: meta.summary, level: meta.level }));
}
