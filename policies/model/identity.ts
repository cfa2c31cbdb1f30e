import { domainToASCII } from "node:url";
import { parseArn } from "./arn";

export { printable as escapeText } from "../text/printable";

export type IdentityKind = "domain" | "address";

export interface IdentityName {
  name: string;
  kind: IdentityKind;
}

const PLAIN_DOMAIN = /^[a-z0-9._-]+$/;
/** Longest name that DNS knows, without the dot at its end. Source: RFC 1035, section 2.3.4. */
const MAX_DOMAIN = 253;

/**
 * One spelling per identity: an ARN becomes its name, the domain lower-case ASCII (IDNA) without a trailing dot; the
 * part before the @ is kept as written, because SES compares it case-sensitively (F17). A name that cannot be
 * normalised is an identity of its own; one that is too long for a domain is not even tried.
 */
export function normaliseIdentity(raw: string): IdentityName {
  const arn = parseArn(raw);
  const text = arn?.resource.startsWith("identity/") ? arn.resource.slice("identity/".length) : raw.trim();
  const at = text.lastIndexOf("@");
  const kind = at < 0 ? "domain" : "address";
  const domain = normaliseDomain(text.slice(at + 1));
  if (domain === undefined || at === 0) return { name: text, kind };
  return { name: at < 0 ? domain : `${text.slice(0, at)}@${domain}`, kind };
}

function normaliseDomain(raw: string): string | undefined {
  const domain = raw.endsWith(".") ? raw.slice(0, -1) : raw;
  if (domain.length > MAX_DOMAIN) return undefined;
  if (PLAIN_DOMAIN.test(domain)) return domain;
  // An address would be taken for credentials, a slash for a path: not domain names.
  if (/[\s/@:?#[\]\\%]/.test(domain)) return undefined;
  const ascii = domainToASCII(domain);
  return ascii !== "" && ascii.length <= MAX_DOMAIN ? ascii : undefined;
}

/**
 * Identities whose settings would apply to this one if it were not verified, the nearest first: for an address with a
 * label the one without it (F17), then the domains (F8). `x+y@b.c` gives `x@b.c`, `b.c`, `c`. What is too long for a
 * domain has none.
 */
export function ancestorsOf({ name, kind }: IdentityName): string[] {
  const at = name.lastIndexOf("@");
  const domain = name.slice(at + 1);
  if (domain.length > MAX_DOMAIN) return [];
  const labels = domain.split(".");
  const found: string[] = [];
  const plus = name.slice(0, Math.max(at, 0)).indexOf("+");
  if (kind === "address" && plus > 0) found.push(`${name.slice(0, plus)}@${domain}`);
  for (let from = kind === "address" ? 0 : 1; from < labels.length; from++) found.push(labels.slice(from).join("."));
  return found;
}

/** True where mail from `address` is governed by the identity: its own address, or one inside its domain (F8). */
export function covers(identity: IdentityName, address: string): boolean {
  const other = normaliseIdentity(address);
  return other.name === identity.name || ancestorsOf(other).includes(identity.name);
}

/** What an external identity's report says about its channels. */
export interface ExternalChannel {
  readonly channel: "forwarding" | "topic" | "event-destination";
  readonly target: string | null;
  readonly declared?: boolean;
}
