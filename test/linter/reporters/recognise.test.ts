import { FORMATS, renderReport } from "../../../linter/reporters";
import { isReport } from "../../../linter/reporters/recognise";
import { hostile, identity, OPTIONS, report, sample } from "./sample";

const REPORTS = [sample(), hostile(), report([], []), report([identity()], []), report([identity()], [{}])];

test.each(FORMATS)("what %s writes is a report", (format) => {
  for (const input of REPORTS) expect(isReport(renderReport(input, format, OPTIONS))).toBe(true);
});

test.each([
  "",
  "notes\n",
  "#!/bin/sh\nses-guard lint state.json\n",
  '{"name": "ses-guard"}',
  '{"version": 3, "deployment": {"resources": []}}',
  '[{"check_name": "eslint/no-undef"}]',
  "<!doctype html><title>Mail</title>",
  '<?xml version="1.0"?><testsuites name="jest"/>',
  "# ses-guard\n\nfinds what nobody listens to\n",
  '{"version": 1, "findings": []}',
])("%j is none", (text) => {
  expect(isReport(text)).toBe(false);
});
