import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Config, parseConfig } from "../../policies/config";
import { evaluate, levelOf } from "../../policies/evaluate";
import type { Finding } from "../../policies/model/finding";
import { rules } from "../../policies/rules";
import type { Rule } from "../../policies/rules/shared/rule";
import type { Form } from "../support/program";
import { type Example, readPage, viewOf } from "../support/rule-page";

const ROOT = join(__dirname, "../..");
const FOLDER = join(ROOT, "docs/rules");
const TODAY = "2026-07-01";
const IDS = rules.map(({ meta }) => meta.id);

const pages = readdirSync(FOLDER).map((name) => ({
  id: name.replace(/\.md$/, ""),
  ...readPage(readFileSync(join(FOLDER, name), "utf8")),
}));

function load(name: string): unknown {
  return name === "pulumi-ses-guard" ? require("../../components") : require(name);
}

function configOf(raw: object): Config {
  const { config, errors } = parseConfig(raw, IDS);
  if (errors) throw new Error(errors.join("; "));
  return config;
}

async function check(example: Example, form: Form): Promise<Finding[]> {
  const view = await viewOf(example, form, load);
  return evaluate([view], configOf(example.config), TODAY).findings;
}

/** What a rule's page is about: its violations, and for `unverified` every doubt that the deployment won't settle. */
function concerns(id: string, { rule, verdict, pending, waived }: Finding): boolean {
  const about = id === "unverified" ? verdict === "unverified" && !pending : rule === id && verdict === "violation";
  return about && waived === null;
}

function ruleOf(id: string): Rule {
  return rules.find(({ meta }) => meta.id === id)!;
}

function isBlocking({ rule, verdict, waived }: Finding): boolean {
  return verdict === "violation" && waived === null && ruleOf(rule).meta.level === "mandatory";
}

describe.each(pages)("$id", ({ id, examples, allows }) => {
  test("shows a program that fails and one that passes, and how to allow", () => {
    expect(new Set(examples.map(({ verdict }) => verdict))).toEqual(new Set(["fails", "passes"]));
    expect(allows).toBeDefined();
  });

  test.each(examples.filter(({ verdict }) => verdict === "fails"))("fails, unless allowed: line $line", async (one) => {
    const view = await viewOf(one, one.form, load);
    const found = evaluate([view], configOf(one.config), TODAY).findings;
    expect(found.filter((finding) => concerns(id, finding))).not.toEqual([]);

    const allowed = configOf({ ...one.config, ...allows });
    const left = evaluate([view], allowed, TODAY).findings.filter((finding) => concerns(id, finding));
    // A level lower than the rule's own allows, too.
    expect(left.filter(({ rule }) => levelOf(ruleOf(rule), allowed) === ruleOf(rule).meta.level)).toEqual([]);
  });

  test.each(examples.filter(({ verdict }) => verdict === "passes"))("passes: line $line", async (one) => {
    const preview = await check(one, "preview");
    expect(preview.filter((finding) => concerns(id, finding) || isBlocking(finding))).toEqual([]);
    // After the deployment nothing is left to wait for.
    const state = await check(one, "state");
    expect(state.filter((finding) => concerns(id, finding) || isBlocking(finding) || finding.rule === id)).toEqual([]);
  });
});
