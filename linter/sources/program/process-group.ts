/** Process groups that must not outlive us, however we end; each is ended by its function. */
const running = new Set<() => void>();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Ends a process group when this process ends, by itself or by a signal, until the returned function is called. */
export function endWithUs(end: () => void): () => void {
  if (running.size === 0) {
    process.on("exit", endAll);
    for (const signal of SIGNALS) process.on(signal, passOn);
  }
  running.add(end);
  return () => {
    if (running.delete(end) && running.size === 0) letGo();
  };
}

function endAll(): void {
  for (const end of running) end();
}

/** What the signal would have done without us: listening to it keeps a process alive. */
function passOn(signal: NodeJS.Signals): void {
  endAll();
  letGo();
  process.kill(process.pid, signal);
}

function letGo(): void {
  process.off("exit", endAll);
  for (const signal of SIGNALS) process.off(signal, passOn);
}
