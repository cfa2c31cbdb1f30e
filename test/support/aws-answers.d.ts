/** The account of every test, where it says nothing else. */
export const ACCOUNT: string;

export interface Place {
  region: string;
  account?: string;
  /** What the resource is called where its inputs don't say. */
  name: string;
  /** Whether subscribers that have to confirm did so; default: false. */
  confirmed?: boolean;
}

/** What AWS computes for a resource, its id among it; types that nobody has asked about yet have only that. */
export function answersOf(
  type: string,
  inputs: Readonly<Record<string, unknown>>,
  place: Place,
): Record<string, unknown> & { id: string };

/** What a function returns. Throws for one that has no answer in the table. */
export function returnedBy(
  token: string,
  args: Readonly<Record<string, unknown>>,
  place: Omit<Place, "name">,
): Record<string, unknown>;
