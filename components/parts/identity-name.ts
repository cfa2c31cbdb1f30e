import { domainToASCII } from "node:url";
import { parseArn } from "./names";

/**
 * An identity as SES and the rules name it: an ARN becomes its name, the domain lower-case ASCII (IDNA) without a
 * trailing dot; the part before the @ stays as written, because SES compares it case-sensitively (F17).
 */
export function normaliseIdentity(raw: string): string {
  const resource = parseArn(raw)?.resource;
  const text = resource?.startsWith("identity/") ? resource.slice("identity/".length) : raw.trim();
  const at = text.lastIndexOf("@");
  const domain = normaliseDomain(text.slice(at + 1));
  return domain === undefined || at === 0 ? text : `${text.slice(0, at + 1)}${domain}`;
}

function normaliseDomain(raw: string): string | undefined {
  const domain = raw.endsWith(".") ? raw.slice(0, -1) : raw;
  if (/^[a-z0-9._-]+$/.test(domain)) return domain;
  // An address would be taken for credentials, a slash for a path: not domain names.
  return /[\s/@:?#[\]\\%]/.test(domain) ? undefined : domainToASCII(domain) || undefined;
}
