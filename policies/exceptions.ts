import type { Config, Exception } from "./config";
import { parseArn } from "./model/arn";
import { push } from "./model/collections";
import type { Finding } from "./model/finding";
import { normaliseIdentity } from "./model/identity";
import { printable } from "./text/printable";

/** What an exception is asked about. */
export type Subject = Pick<Finding, "rule" | "identity" | "region" | "stack" | "account" | "acceptable" | "waived">;

/**
 * Findings that the configuration accepts, and which exceptions did. What an exception narrows has to be known: a
 * finding of an unknown Region, account or stack is none of those that it names.
 */
export class Exceptions {
  readonly used = new Set<Exception>();
  /** By rule and name; those with a `*` by rule alone. */
  private readonly exact = new Map<string, Accepted[]>();
  private readonly patterns = new Map<string, Accepted[]>();

  constructor({
    config,
    isExpired,
  }: { config: Pick<Config, "exceptions">; isExpired(day: string | undefined): boolean }) {
    for (const exception of config.exceptions) {
      if (isExpired(exception.expires)) continue;
      const accepted = toAccepted(exception);
      if (accepted.name.includes("*")) push(this.patterns, exception.rule, accepted);
      else push(this.exact, `${exception.rule}\n${accepted.name}`, accepted);
    }
  }

  /** The finding, waived with the reason of the first exception that accepts it. */
  apply<T extends Subject>(finding: T): T {
    if (this.exact.size + this.patterns.size === 0) return finding;
    if (finding.identity === null || finding.acceptable === false) return finding;
    const matching = this.acceptedFor(finding.rule, finding.identity).filter((one) => isOfPlace(one, finding));
    for (const { exception } of matching) this.used.add(exception);
    const [first] = matching;
    return first !== undefined && finding.waived === null ? { ...finding, waived: first.exception.reason } : finding;
  }

  private acceptedFor(rule: string, identity: string): Accepted[] {
    const exact = this.exact.get(`${rule}\n${identity}`) ?? [];
    const patterns = this.patterns.get(rule) ?? [];
    return [...exact, ...patterns.filter(({ name }) => matchesName(name, identity))];
  }
}

interface Accepted {
  exception: Exception;
  /** As findings name the identity. */
  name: string;
  region: readonly string[];
  account: readonly string[];
  stack: readonly string[];
}

/** An ARN says more than a name: it is accepted in its own Region and account alone. */
function toAccepted(exception: Exception): Accepted {
  const arn = parseArn(exception.identity);
  return {
    exception,
    name: printable(normaliseIdentity(exception.identity).name),
    region: narrowed(exception.region, arn?.region),
    account: narrowed(exception.account, arn?.account),
    stack: narrowed(exception.stack),
  };
}

function narrowed(...values: readonly (string | undefined)[]): string[] {
  return values.filter((value): value is string => value !== undefined && value !== "*" && value !== "");
}

function isOfPlace(accepted: Accepted, { region, account, stack }: Subject): boolean {
  return (
    accepted.region.every((one) => one === region) &&
    accepted.account.every((one) => one === account) &&
    accepted.stack.every((one) => one === stack)
  );
}

/**
 * Whether a name matches a pattern: `*` is any text without an `@`, so that a pattern of domains accepts no address.
 * Linear in the text: the earliest place for each part between two stars is as good as any later one.
 */
export function matchesName(pattern: string, name: string): boolean {
  const patternAt = pattern.lastIndexOf("@");
  const nameAt = name.lastIndexOf("@");
  if (patternAt < 0 || nameAt < 0) return patternAt === nameAt && matchesPart(pattern, name);
  return (
    matchesPart(pattern.slice(0, patternAt), name.slice(0, nameAt)) &&
    matchesPart(pattern.slice(patternAt + 1), name.slice(nameAt + 1))
  );
}

function matchesPart(pattern: string, text: string): boolean {
  const parts = pattern.split("*");
  const first = parts.shift() ?? "";
  const last = parts.pop();
  if (last === undefined) return first === text;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
