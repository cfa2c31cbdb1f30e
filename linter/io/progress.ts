/** Shows on a terminal what a long run is doing, one line that is written over; elsewhere it shows nothing. */
export class Progress {
  private shown = 0;

  constructor(
    private readonly stream: NodeJS.WriteStream = process.stderr,
    /** Milliseconds between two changes. */
    private readonly every = 200,
  ) {}

  show(line: string): void {
    if (!this.stream.isTTY) return;
    const now = Date.now();
    if (now - this.shown < this.every) return;
    this.shown = now;
    this.stream.write(`\r\u001b[K${line.slice(0, (this.stream.columns || 80) - 1)}`);
  }

  end(): void {
    if (this.shown > 0) this.stream.write("\r\u001b[K");
    this.shown = 0;
  }
}
