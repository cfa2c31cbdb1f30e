import { GAP_ADVICE } from "../../policies/evaluate";
import type { Finding } from "../../policies/model/finding";
import { isJudged } from "../../policies/model/readers";
import type { ResourceRecord, StackRecords } from "../../policies/model/record";
import { hasSentinel } from "../../policies/model/value";

/**
 * The findings; those that a missing answer leaves unverified name it, with the lines to paste. Nobody can tell which
 * function an unknown value is from, so all that went without an answer are named.
 */
export function nameAnswers(findings: readonly Finding[], stacks: readonly StackRecords[]): Finding[] {
  const open = new Map(
    stacks
      .filter(({ unanswered = [] }) => unanswered.length > 0)
      .flatMap((stack) => (stack.stacks ?? []).map((name) => [name, new Answers(stack)])),
  );
  return findings.map((finding) => {
    const { verdict, stack, remediation } = finding;
    const answers = verdict === "unverified" && stack !== null ? open.get(stack) : undefined;
    const awaits = answers?.of(finding) ?? [];
    if (awaits.length === 0) return finding;
    const lines = awaits.map((line) => `\`${line}\``).join(", ");
    const advice = `It may rest on an answer that is not known here; --mocks FILE gives it, with ${awaits.length === 1 ? "this line" : "these lines"}: ${lines}`;
    return { ...finding, awaits, remediation: `${remediation} ${advice}` };
  });
}

/** The answers that one program went without. */
class Answers {
  private readonly byUrn = new Map<string, ResourceRecord>();
  private everywhere: string[] | undefined;

  constructor(private readonly records: StackRecords) {
    for (const record of records.resources) this.byUrn.set(record.urn, record);
  }

  of({ urn, remediation }: Finding): string[] {
    const resource = this.byUrn.get(urn ?? "");
    if (remediation === GAP_ADVICE) return this.behindCallbacks() ? this.lines(() => true) : [];
    if (resource === undefined || resource.opaque || !isJudged(resource.type)) return [];
    if (hasSentinel(resource.inputs)) return this.behind([resource]);
    // What it serves, or is served by, is what is not known.
    this.everywhere ??= this.behind(this.records.resources.filter(({ type }) => isJudged(type)));
    return this.everywhere;
  }

  private behindCallbacks(): boolean {
    return this.records.mayBeMissing?.some(({ failed }) => failed) ?? false;
  }

  /** What the unknown properties of resources may wait for. */
  private behind(resources: readonly ResourceRecord[]): string[] {
    const references = new Set<string>();
    let hasFunction = false;
    for (const { inputs = {}, propertyDependencies = {} } of resources) {
      for (const [property, value] of Object.entries(inputs)) {
        if (!hasSentinel(value)) continue;
        const urns = propertyDependencies[property] ?? [];
        for (const urn of urns) references.add(urn);
        // What the deployment creates is tracked; an answer is not.
        if (urns.length === 0) hasFunction = true;
      }
    }
    return this.lines((urn) => (urn === undefined ? hasFunction : references.has(urn)));
  }

  private lines(concerns: (reference: string | undefined) => boolean): string[] {
    return (this.records.unanswered ?? []).filter(({ reference }) => concerns(reference)).map(({ line }) => line);
  }
}
