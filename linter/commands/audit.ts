import { DEFAULT_CONFIG } from "../../policies/config";
import type { StackRecords } from "../../policies/model/record";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { Progress } from "../io/progress";
import { buildReport } from "../report/build";
import { addLostTopics, auditedIn, driftBetween } from "../report/drift";
import type { Report, ReportIdentity } from "../report/shapes";
import { type RunOptions, type RunResult, run } from "../run";
import { leastPolicy } from "../sources/account";
import { connect } from "../sources/account/sdk";
import { type Access, type AccountOptions, accounts } from "../stacks/accounts";
import type { Checked } from "../stacks/checked";
import { documents } from "../stacks/documents";

export interface AuditOptions extends AccountOptions, RunOptions {
  printPolicy?: boolean;
  /** Documents of the stacks that declare what the accounts should hold. */
  compare?: readonly string[];
}

/**
 * `ses-guard audit`: reads live accounts and reports on them as `lint` does on documents. What goes to standard output,
 * and the exit code (0 or 1). An interrupt ends the reading: what is known is reported, the rest is unverified. Throws
 * `KnownError` where no account can be read.
 */
export async function audit(
  options: AuditOptions,
  version: string,
  access: Pick<Access, "connect" | "clock"> = { connect },
): Promise<RunResult> {
  if (options.printPolicy) return { output: leastPolicy(), code: 0 };
  const progress = new Progress();
  const interruption = new AbortController();
  // A second interrupt ends the process, as always.
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt);
  let calls = 0;
  const onCall = (region: string, operation: string) =>
    progress.show(`${++calls} calls, now ${operation} in ${region}`);
  try {
    const live = accounts(options, { ...access, onCall, signal: interruption.signal });
    if (options.compare === undefined) return await run(live, options, version);
    const { checked, extend } = compared(live, options.compare, version);
    return await run(checked, options, version, extend);
  } finally {
    process.removeListener("SIGINT", interrupt);
    progress.end();
  }
}

/** The accounts beside the stacks that declare what they should hold. */
function compared(live: Checked, files: readonly string[], version: string) {
  const stacks = documents(files, {});
  let declared: readonly ReportIdentity[] = [];
  const checked: Checked = {
    ...live,
    inputs: [...live.inputs, ...stacks.inputs],
    readStacks: async (config) => {
      const records = await stacks.readStacks(config);
      const partial = records.find((one) => one.partial);
      if (partial !== undefined) {
        const name = printable(partial.stacks?.[0] ?? "a stack");
        throw new KnownError(`--compare: the preview of ${name} shows only a part; give its state`);
      }
      const today = new Date().toISOString().slice(0, 10);
      declared = buildReport(records, { ...DEFAULT_CONFIG, accounts: config.accounts }, { today, version }).identities;
      const found = await live.readStacks(config);
      addLostTopics(found, declared);
      return found;
    },
  };
  const extend = (report: Report, found: readonly StackRecords[]): Report => ({
    ...report,
    drift: driftBetween(declared, report.identities, auditedIn(found, report)),
  });
  return { checked, extend };
}
