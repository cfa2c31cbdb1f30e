import type { ReportDrift } from "../report/shapes";
import { count, describeChannels, safe } from "./words";

const TYPES = { bounce: "bounces", complaint: "complaints", delivery: "deliveries" } as const;

/** What differs between stacks and accounts, side by side, a line each; nothing where nothing was compared. */
export function driftLines(drift: ReportDrift | undefined): string[] {
  if (drift === undefined) return [];
  const { identities, notCompared } = safe(drift);
  return [
    driftSentence(drift),
    ...identities.flatMap((row) => [`  ${headOf(row)}`, ...row.feedback.map((one) => `    ${sidesOf(row, one)}`)]),
    ...notCompared.map((text) => `  not compared: ${text}`),
  ];
}

/** The same in one sentence. */
export function driftSentence({ identities, notCompared }: ReportDrift): string {
  const rest = notCompared.length === 0 ? "" : `, and ${notCompared.length} could not be compared`;
  if (identities.length === 0) return `Drift: no identity differs from what the stacks declare${rest}.`;
  const differ = identities.length === 1 ? "differs" : "differ";
  return `Drift: ${count(identities.length, "identity")} ${differ} from what the stacks declare${rest}.`;
}

type Row = ReportDrift["identities"][number];

function headOf({ identity, region, account, stack, change }: Row): string {
  const place = [region, account].filter((part) => part !== null).join(", ");
  const name = place === "" ? identity : `${identity} (${place})`;
  if (change === "undeclared") return `${name}: the account has it, no stack declares it`;
  return change === "lost"
    ? `${name}: ${stack} declares it, the account lost it`
    : `${name}: ${stack} declares it otherwise`;
}

function sidesOf({ change }: Row, { type, declared, live }: Row["feedback"][number]): string {
  const sides = [
    ...(change === "undeclared" ? [] : [`declared ${describeChannels(declared) || "nothing"}`]),
    ...(change === "lost" ? [] : [`account ${describeChannels(live) || "nothing"}`]),
  ];
  return `${`${TYPES[type]}:`.padEnd(12)}${sides.join(" | ")}`;
}
