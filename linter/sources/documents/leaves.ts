/**
 * Rows that are left out because nothing hangs on them but that they are there: only hashes of their URNs are kept, so
 * that whoever names one is noticed.
 */
export class Leaves {
  private hashes = new Float64Array(1024);
  private size = 0;
  private isSorted = true;

  add(hashes: ArrayLike<number>): void {
    const size = this.size + hashes.length;
    if (size > this.hashes.length) {
      const larger = new Float64Array(size * 2);
      larger.set(this.hashes.subarray(0, this.size));
      this.hashes = larger;
    }
    this.hashes.set(hashes, this.size);
    this.size = size;
    this.isSorted = false;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** Whether two of them have one URN; true of a few that have not, too. */
  get hasTwins(): boolean {
    const sorted = this.sorted();
    return sorted.some((hash, index) => index > 0 && hash === sorted[index - 1]);
  }

  /** Whether the URN of that hash is one of theirs; true of a few that are not, too. */
  has(hash: number): boolean {
    const sorted = this.sorted();
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((sorted[middle] ?? 0) < hash) from = middle + 1;
      else to = middle;
    }
    return sorted[from] === hash;
  }

  private sorted(): Float64Array {
    const all = this.hashes.subarray(0, this.size);
    if (!this.isSorted) all.sort();
    this.isSorted = true;
    return all;
  }
}
