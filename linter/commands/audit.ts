import { Progress } from "../io/progress";
import { type RunOptions, type RunResult, run } from "../run";
import { leastPolicy } from "../sources/account";
import { connect } from "../sources/account/sdk";
import { type Access, type AccountOptions, accounts } from "../stacks/accounts";

export interface AuditOptions extends AccountOptions, RunOptions {
  printPolicy?: boolean;
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
    return await run(accounts(options, { ...access, onCall, signal: interruption.signal }), options, version);
  } finally {
    process.removeListener("SIGINT", interrupt);
    progress.end();
  }
}
