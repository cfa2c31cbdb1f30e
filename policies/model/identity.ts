import { domainToASCII } from "node:url";
import { parseArn } from "./arn";

export { printable as escapeText } from "../text/printable";

export type IdentityKind = "domain" | "address";

export interface IdentityName {
  name: string;
  kind: IdentityKind;
}

const PLAIN_DOMAIN = /^[a-z0-9._-]+$/;

/**
 * One spelling per identity: an ARN becomes its name, the domain lower-case ASCII (IDNA) without a trailing dot; the
 * part before the @ is kept as written, because SES compares it case-sensitively (F17). A name that cannot be
 * normalised is an identity of its own.
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
  if (PLAIN_DOMAIN.test(domain)) return domain;
  // An address would be taken for credentials, a slash for a path: not domain names.
  return /[\s/@:?#[\]\\%]/.test(domain) ? undefined : domainToASCII(domain) || undefined;
}

/** Domains whose settings would apply to the identity, the nearest first (F8): `a.b.c` gives `b.c`, `c`. */
export function ancestorsOf({ name, kind }: IdentityName): string[] {
  const at = name.lastIndexOf("@");
  const labels = name.slice(at + 1).split(".");
  const found: string[] = [];
  for (let from = kind === "address" ? 0 : 1; from < labels.length; from++) found.push(labels.slice(from).join("."));
  return found;
}

/** True where mail from `address` is governed by the identity: its own address, or one inside its domain (F8). */
export function covers(identity: IdentityName, address: string): boolean {
  const at = address.lastIndexOf("@");
  // Mail to `user+label@` is mail to `user@` (F17).
  const unlabelled = identity.name.includes("+")
    ? address
    : address.slice(0, at).replace(/\+.*$/s, "") + address.slice(at);
  const other = normaliseIdentity(at > 0 ? unlabelled : address);
  return other.name === identity.name || (identity.kind === "domain" && ancestorsOf(other).includes(identity.name));
}
