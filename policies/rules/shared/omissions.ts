import type { Omission } from "../../model/record";

/** What a preview leaves out: the middle of a sentence. */
export function sayOmissions(omissions: readonly Omission[]): string {
  return omissions.map((one) => WORDS[one]).join(" and ");
}

const WORDS: Readonly<Record<Omission, string>> = {
  unchanged: "leaves out what it does not change",
  untargeted: "skips what its targets leave out",
  cut: "lacks steps that it counts itself",
};

/** How to get a preview that leaves nothing out: sentences. */
export function showAll(omissions: readonly Omission[]): string {
  if (omissions.includes("untargeted")) return "Run pulumi preview --json --show-sames without --target and --exclude.";
  if (omissions.includes("cut")) return "Give all that pulumi preview --json --show-sames writes.";
  return "Run pulumi preview --json --show-sames, or give the state of the stack too.";
}

/** The same beside a finding that rests on an absence. */
export function mayBeDeclared(omissions: readonly Omission[]): string {
  if (omissions.includes("untargeted"))
    return "The preview is of some targets alone, so this may be declared among the others: run it without --target and --exclude.";
  if (omissions.includes("cut"))
    return "The preview lacks steps that it counts itself, so this may be declared there: give all that pulumi writes.";
  return "The preview leaves unchanged resources out, so this may be declared there: run it with --show-sames, or give the state too.";
}
