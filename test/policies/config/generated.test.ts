import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { DEFAULT_CONFIG, parseConfig, parseSettings } from "../../../policies/config";
import { SETTINGS_SCHEMA } from "../../../policies/generated/settings-schema";
import { rules } from "../../../policies/rules";

const root = join(__dirname, "../../..");
const RULES = rules.map(({ meta }) => meta.id);
const documented = /```yaml\n(emailForwarding[^`]*)```/.exec(readFileSync(join(root, "docs/configuration.md"), "utf8"));
const example = parse(documented?.[1] ?? "");

test("the documented example is valid, for the linter, in an editor and without levels in the pack", () => {
  expect(parseConfig(example, RULES).errors).toBeUndefined();
  expect(compile(editorSchema())(example)).toBe(true);
  const { rules: _levels, ...settings } = example;
  expect(parseSettings(settings, RULES).errors).toBeUndefined();
  expect(compile(SETTINGS_SCHEMA)(settings)).toBe(true);
});

test("the editor's schema knows every rule and no other", () => {
  const validate = compile(editorSchema());
  expect(validate({ rules: Object.fromEntries(RULES.map((id) => [id, "disabled"])) })).toBe(true);
  expect(validate({ rules: { "bounce-handeling": "disabled" } })).toBe(false);
  expect(validate({ exceptions: [{ rule: "bounce-handeling", identity: "a.example", reason: "x" }] })).toBe(false);
});

function editorSchema(): object {
  return JSON.parse(readFileSync(join(root, "policies/generated/ses-guard.schema.json"), "utf8"));
}

function compile(schema: object) {
  return addFormats(new Ajv({ allowUnionTypes: true })).compile(schema);
}

test("the editor's schema names itself, and every default as it applies", () => {
  const text = readFileSync(join(__dirname, "../../../policies/generated/ses-guard.schema.json"), "utf8");
  const { $id, properties } = JSON.parse(text);
  expect($id).toMatch(/^https:.*ses-guard\.schema\.json$/);
  const keys = Object.keys(properties).filter((key) => "default" in properties[key]);
  expect(Object.fromEntries(keys.map((key) => [key, properties[key].default]))).toEqual(DEFAULT_CONFIG);
  for (const { meta } of rules) expect(properties.rules.properties[meta.id].default).toBe(meta.level);
});

test("the engine can compile every pattern of the pack's settings: RE2 has no lookaround, reference or escape of code points", () => {
  const patterns: string[] = [];
  JSON.stringify(SETTINGS_SCHEMA, (key, value) => {
    if (key === "pattern") patterns.push(value);
    if (key === "patternProperties") patterns.push(...Object.keys(value));
    return value;
  });
  expect(patterns.length).toBeGreaterThan(5);
  expect(patterns.filter((pattern) => /\(\?[=!<]|\\[1-9uxk]|\\c/.test(pattern))).toEqual([]);
});
