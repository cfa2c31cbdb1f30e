import { readDocument } from "../../linter";
import { mergeDocuments } from "../../linter/sources/documents";
import { DEFAULT_CONFIG } from "../../policies/config";
import { evaluate } from "../../policies/evaluate";
import type { Finding } from "../../policies/model/finding";
import type { StackRecords } from "../../policies/model/record";

/** What the rules have to say about an example, beside what a deployment settles. The others say what they want. */
const EXPECTED: Record<string, string[]> = {
  refused: [
    "violation: address-shadows-domain newsletter@example.com",
    "violation: bounce-handling newsletter@example.com",
    "violation: complaint-handling newsletter@example.com",
  ],
  "address-with-override": [
    "violation: address-shadows-domain ceo@example.com (the executive office reads its own bounces)",
  ],
};
export const expectedOf = (name: string): string[] => EXPECTED[name] ?? [];

function describeFinding({ rule, identity, waived, verdict }: Finding): string {
  return `${verdict}: ${rule} ${identity}${waived === null ? "" : ` (${waived})`}`;
}

/** Every finding of a view, of rules of any level. `pending`: also those that the deployment settles, as it does in a preview. */
export function findingsOf(views: readonly StackRecords[], pending: boolean): string[] {
  const { findings } = evaluate(views, DEFAULT_CONFIG, "2027-01-01");
  return findings
    .filter((one) => pending || !one.pending)
    .map(describeFinding)
    .sort();
}

/** The same of a document, as `ses-guard lint` reads it. */
export function findingsIn(text: string, name: string, pending: boolean): string[] {
  return findingsOf(mergeDocuments([readDocument(text, name)]), pending);
}
