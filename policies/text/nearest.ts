/** The candidate nearest to a misspelt word, or undefined where none is near enough to be meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 80) return undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein distance: letters to add, drop or replace. */
function editDistance(a: string, b: string): number {
  const letters = [...b];
  let row = [0, ...letters.map((_, index) => index + 1)];
  for (const letter of a) {
    let [diagonal = 0] = row;
    let left = diagonal + 1;
    const next = [left];
    for (const [index, other] of letters.entries()) {
      const above = row[index + 1] ?? 0;
      left = Math.min(diagonal + (letter === other ? 0 : 1), above + 1, left + 1);
      diagonal = above;
      next.push(left);
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
