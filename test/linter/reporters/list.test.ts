import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderList } from "../../../linter/reporters/list";
import { isReport } from "../../../linter/reporters/recognise";
import type { RenderOptions } from "../../../linter/reporters/reporter";
import { family } from "./list-sample";
import { HOSTILE, hostile, identity, OPTIONS, report, sample } from "./sample";

const input = () => report(family(), [], ["topic elsewhere is not in view"]);
const text = (over: Partial<RenderOptions> = {}) => renderList(input(), "text", { ...OPTIONS, ...over });
const FORMATS = ["text", "json", "markdown", "html"] as const;

describe("as text", () => {
  test("80 columns: the matrix as trees of names, and below each who receives", () => {
    expect(text()).toBe(`us-east-1, account 123456789012
                                bounces      complaints   deliveries
example.com                     received     received     out of view
│  stack mail/prod
│  bounces and complaints: topic feedback → queue feedback-queue (dead
│  letters: feedback-dead-letters) → function feedback
│  deliveries: event destination archive → default event bus
├─ ceo@example.com              nobody       nobody       –
│     shadows example.com in bounces and complaints; stack mail/prod
│     bounces and complaints: forwarding (not declared)
├─ customer-2.example.com       not known    not known    –
│  │  may shadow example.com in feedback forwarding; that is declared; stack
│  │  mail/prod
│  │  bounces and complaints: topic (name not known) → mailbox ops@example.com
│  │  (not confirmed) and webhook hooks.example.net (perhaps filtered away,
│  │  dead letters: name not known)
│  └─ a@customer-2.example.com  received     nobody       –
│        shadows customer-2.example.com in complaints; stack mail/tenants
│        bounces: topic feedback → queue feedback-queue (dead letters:
│        feedback-dead-letters) → function feedback
└─ customer-10.example.com      received     received     –
      set like example.com, of its own; stack mail/prod
      bounces and complaints: topic feedback → queue feedback-queue (dead
      letters: feedback-dead-letters) → function feedback

Region unknown, mail/prod
                                bounces      complaints   deliveries
long-long-long-long-long-long-long-long-long-long-long-long-long-long-name.example
                                out of view  out of view  –
   bounces and complaints: event destination archive → default event bus

received: somebody in view receives it, or feedback forwarding is declared.
out of view: it goes to a destination whose receivers are not in view.
not known: it depends on values that are not known.
nobody: nobody receives it.
What is set for a domain holds for its addresses and subdomains, except those
that stand here with settings of their own.
1 thing can't be seen from here; --format json lists it.
Somebody receives the bounces and complaints of 2 of 6 identities.
`);
  });

  test.each([50, 80, 120])("at %d columns no line is longer, but for one name, and nothing is lost", (width) => {
    const lines = text({ width }).split("\n");
    expect(lines.filter((line) => line.length > width && !/^(?:long-)+name\.example$/.test(line))).toEqual([]);
    const words = (shown: string) =>
      shown
        .replace(/[│├└─\s]+/g, " ")
        .split(" ")
        .sort();
    expect(words(lines.join("\n"))).toEqual(words(text()));
  });

  test("a name that fits stands in the line of its cells", () => {
    const line = text({ width: 130 })
      .split("\n")
      .find((one) => one.startsWith("long-"));
    expect(line).toMatch(/name\.example {2}out of view {2}out of view {2}–$/);
  });

  test("colours say the same words", () => {
    const colored = text({ color: true });
    expect(colored).toContain("\u001b[31mnobody\u001b[0m");
    expect(colored).toContain("\u001b[32mreceived\u001b[0m");
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(text());
  });

  test.each([
    [[], "No identity in view.\n"],
    [[identity({ complaint: [] })], "Nobody is known to receive both bounces and complaints of the one identity.\n"],
    [
      [identity({ complaint: [] }), identity({ identity: "b.example", bounce: [] })],
      "Nobody is known to receive both bounces and complaints of any of 2 identities.\n",
    ],
    [[family()[0]!], "Somebody receives the bounces and complaints of the one identity.\n"],
    [[family()[0]!, family()[2]!], "Somebody receives the bounces and complaints of all 2 identities.\n"],
  ])("concludes %#", (identities, conclusion) => {
    const shown = renderList(report(identities, []), "text", OPTIONS);
    expect(shown.endsWith(conclusion)).toBe(true);
    expect(shown).toMatch(/\n$/);
  });
});

test("JSON has the keys that docs/list.md describes, and nothing of the findings", () => {
  const { identities, ...rest } = JSON.parse(renderList(report(family(), [{}], ["x"]), "json", OPTIONS));
  expect(rest).toEqual({ version: 1, tool: { name: "ses-guard", version: "0.1.0" }, notVisible: ["x"] });
  expect(identities).toHaveLength(6);
  const keys = ["identity", "kind", "account", "region", "stack", "urn", "bounce", "complaint", "delivery", "ancestor"];
  for (const one of identities) expect(Object.keys(one)).toEqual(keys);
  const page = readFileSync(join(__dirname, "../../../docs/list.md"), "utf8");
  const [, example = ""] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  expect(identities[0].bounce).toEqual(JSON.parse(example));
  expect(identities[1].ancestor).toEqual({
    identity: "example.com",
    differs: true,
    settings: ["bounce", "complaint"],
    intended: false,
  });
});

describe("as Markdown", () => {
  const shown = renderList(input(), "markdown", OPTIONS);

  test("is a table for each account and Region, names as they are", () => {
    expect(shown.match(/^### .*$/gm)).toEqual(["### us-east-1, account 123456789012", "### Region unknown"]);
    const rows = shown.split("\n").filter((line) => line.startsWith("|"));
    expect(rows).toHaveLength(2 * 2 + 6);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
    expect(shown).toContain("| &emsp;ceo@example.com<br>mail/prod; shadows example.com in bounces and complaints |");
    expect(shown).toContain("**not known**<br>topic (name not known) → mailbox ops@example.com (not confirmed) and");
  });

  test("hostile names start no markup", () => {
    const name = "www.a|b`<b>_c_ [d](https://e.example) @team #1 ::error::x";
    const row = renderList(report([identity({ identity: name, stack: HOSTILE })], []), "markdown", OPTIONS)
      .split("\n")
      .find((line) => line.startsWith("| www"));
    expect(row?.match(/\|/g)).toHaveLength(5);
    expect(row).not.toMatch(/<(?!br>)|(?<!\\)[`[\]_]|\s@team|(?<!&)#1|www\./);
  });
});

describe.each(FORMATS)("%s", (format) => {
  test("ends in one newline, is the same for equal input, and a later run may write over it", () => {
    const empty = report([], []);
    for (const one of [input(), sample(), hostile(), empty, report([family()[0]!], [])]) {
      const shown = renderList(one, format, OPTIONS);
      expect(shown).toMatch(/[^\n]\n$/);
      expect(renderList(one, format, OPTIONS)).toBe(shown);
      expect(isReport(shown)).toBe(true);
    }
  });

  test("prints nothing that a terminal or a CI log would obey", () => {
    const commands = ["::error::x", "##[error]x", "##vso[task.complete]x", "##teamcity[a]x"];
    for (const name of commands) {
      const shown = renderList(report([identity({ identity: name, stack: name })], [], [name]), format, OPTIONS);
      expect(shown).not.toMatch(/^\s*::|##\w*\[/m);
    }
    const shown = renderList(hostile(), format, OPTIONS);
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});
