import { parse } from "yaml";
import { Place } from "../../linter/sources/account/place";
import { nameOf, type StackRecords } from "../../policies/model/record";
import type { Json } from "../../policies/model/value";
import { type Form, runProgram } from "./program";

/** A program on a rule's page. */
export interface Example {
  verdict: "fails" | "passes";
  /** What the finding shows in: `ts fails` in a preview already, `ts fails state` only after the deployment. */
  form: Form | "account";
  /** Resources that the preview deletes, by name: `ts fails deletes=main`. */
  deletes: readonly string[];
  source: string;
  /** The nearest `yaml config` above: the linter's file it is checked with. */
  config: object;
  /** Line of the page on which the program begins. */
  line: number;
}

export interface RulePage {
  examples: Example[];
  /** The `yaml allows` under which the failing programs are accepted. */
  allows: object | undefined;
}

/** Reads the marked code blocks of a rule's page. Throws where one has a mark that means nothing. */
export function readPage(markdown: string): RulePage {
  const page: RulePage = { examples: [], allows: undefined };
  let config = {};
  for (const { 1: info = "", 2: text = "", index } of markdown.matchAll(/^```(.*)\n((?:.*\n)*?)```$/gm)) {
    const [language, mark, how = "preview"] = info.split(" ");
    const deletes = how.startsWith("deletes=") ? how.slice("deletes=".length).split(",") : [];
    const form = deletes.length > 0 ? "preview" : how;
    if (language === "yaml" && mark === "config") config = parse(text);
    else if (language === "yaml" && mark === "allows") page.allows = parse(text);
    else if (language === "ts" && (mark === "fails" || mark === "passes") && (form === "preview" || form === "state")) {
      const line = markdown.slice(0, index).split("\n").length + 1;
      page.examples.push({ verdict: mark, form, deletes, source: text, config, line });
    } else if (language === "yaml" && (mark === "fails" || mark === "passes")) {
      const line = markdown.slice(0, index).split("\n").length + 1;
      page.examples.push({ verdict: mark, form: "account", deletes: [], source: text, config, line });
    } else if (language === "ts") throw new Error(`\`\`\`${info}: expected ts fails or ts passes`);
  }
  return page;
}

/** What the page's program registers, with what its preview deletes marked as such. */
export function deleting(view: StackRecords, { deletes }: Pick<Example, "deletes">): StackRecords {
  const resources = view.resources.map((one) =>
    deletes.includes(nameOf(one.urn)) ? { ...one, gone: true as const } : one,
  );
  return { ...view, resources };
}

/** What the example shows: a program's resources, or those that an audit reads. */
export async function viewOf(
  example: Example,
  form: Form | "account",
  load: (name: string) => unknown,
): Promise<StackRecords> {
  if (example.form === "account" || form === "account") return accountOf(parse(example.source));
  return deleting(await runProgram(example.source, form, load), example);
}

/** What an account holds, as `yaml fails` and `yaml passes` write it: Region by Region, resources by their type. */
function accountOf(regions: Record<string, Record<string, Json | Json[]>>): StackRecords {
  const place = new Map(Object.keys(regions).map((region) => [region, new Place("123456789012", region, "aws")]));
  for (const [region, types] of Object.entries(regions)) {
    for (const [type, said] of Object.entries(types)) {
      const all = Array.isArray(said) ? said : [said];
      for (const [index, inputs] of all.entries()) place.get(region)?.add(type, String(index + 1), inputs);
    }
  }
  const resources = [...place.values()].flatMap((one) => one.resources);
  return { resources, stacks: ["account/123456789012"] };
}
