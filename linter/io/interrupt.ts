import { withoutCommands } from "../../policies/text/commands";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Holds the signals that end a process, until it is released: the first one only aborts, so that what was made can be
 * taken away. The second one ends the process at once, after a line that says what it leaves.
 * @param onSecond the line
 */
export function holdSignals(
  onSecond: () => string,
  end: (code: number) => void = (code) => process.exit(code),
): { signal: AbortSignal; release: () => void } {
  const interruption = new AbortController();
  const hear = () => {
    if (!interruption.signal.aborted) return interruption.abort();
    process.stderr.write(`${withoutCommands(`ses-guard: ${onSecond()}`)}\n`);
    end(2);
  };
  for (const name of SIGNALS) process.on(name, hear);
  return {
    signal: interruption.signal,
    release: () => {
      for (const name of SIGNALS) process.removeListener(name, hear);
    },
  };
}
