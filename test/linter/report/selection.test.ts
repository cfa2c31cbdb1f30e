import { toReport } from "../../../linter/report/build";
import { type SelectionOptions, select, selectionOf } from "../../../linter/report/selection";
import { rules } from "../../../policies/rules";
import { doubt, finding } from "./support";

const infos = rules.map(({ meta }) => ({ ...meta, why: "", fix: "", level: meta.level }));
const FINDINGS = [
  finding(),
  finding({ rule: "queue-dead-letter", message: "No dead letters." }),
  finding({ rule: "identity-policy-public", message: "Anybody." }),
  finding({ rule: "dkim-signing", message: "Accepted.", waived: "why" }),
  doubt({ rule: "complaint-handling", message: "Not known." }),
];

function shown(options: SelectionOptions): string[] {
  const report = toReport({ identities: [], findings: FINDINGS, notVisible: [], rules: infos }, { version: "0" });
  const left = select(report, selectionOf(options));
  expect(left.summary).toEqual(report.summary);
  expect(left.hidden).toBe(FINDINGS.length - left.findings.length);
  return left.findings.map(({ rule }) => rule).sort();
}

const BLOCKS = "bounce-handling";
const ALL = [BLOCKS, "complaint-handling", "dkim-signing", "identity-policy-public", "queue-dead-letter"];

test.each<[SelectionOptions, string[]]>([
  [{}, ALL],
  [{ rule: ["queue-dead-letter"] }, [BLOCKS, "queue-dead-letter"]],
  [{ rule: ["dkim-signing", "identity-policy-public"] }, [BLOCKS, "dkim-signing", "identity-policy-public"]],
  [{ minSeverity: "low" }, ALL],
  [{ minSeverity: "high" }, [BLOCKS, "complaint-handling", "identity-policy-public"]],
  [{ rule: ["queue-dead-letter"], minSeverity: "high" }, [BLOCKS]],
  [{ quiet: true }, [BLOCKS]],
])("%j shows what fails the run, and %j", (options, expected) => {
  expect(shown(options)).toEqual(expected);
});

test("names that do not exist are errors, with the next best", () => {
  expect(() => selectionOf({ rule: ["bounce-handlin"] })).toThrow("did you mean bounce-handling?");
  expect(() => selectionOf({ minSeverity: "hihg" })).toThrow("did you mean high?");
});
