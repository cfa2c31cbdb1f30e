/**
 * Names as people count: `customer-2` before `customer-10`; null comes last. Not `localeCompare`: the order must not
 * depend on the machine's language.
 */
export function compareNames(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return left.length < right.length ? -1 : compareText(a, b);
}

const parts = new Map<string, string[]>();

/** Digits and what stands between them, by turns. Remembered, since sorting asks for each name many times. */
function partsOf(name: string): string[] {
  const known = parts.get(name);
  if (known) return known;
  const found = name.split(/(\d+)/);
  parts.set(name, found);
  return found;
}

function compareParts(a: string, b: string): number {
  if (!/^\d/.test(a) || !/^\d/.test(b)) return compareText(a, b);
  const [left, right] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
