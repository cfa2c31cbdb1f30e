export interface Arn {
  partition: string;
  service: string;
  region: string;
  account: string;
  /** Everything after the fifth colon: `identity/example.com`, `feedback`, `key/…`. */
  resource: string;
}

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; undefined where the text is something else. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith("arn:")) return undefined;
  // By hand: tens of thousands of ARNs stand in one state, and splitting makes seven objects of each.
  const service = text.indexOf(":", 4) + 1;
  const region = service && text.indexOf(":", service) + 1;
  const account = region && text.indexOf(":", region) + 1;
  const resource = account && text.indexOf(":", account) + 1;
  if (!resource) return undefined;
  return {
    partition: text.slice(4, service - 1),
    service: text.slice(service, region - 1),
    region: text.slice(region, account - 1),
    account: text.slice(account, resource - 1),
    resource: text.slice(resource),
  };
}

/**
 * The name inside a reference: the last part of an ARN (`key/NAME`, `function:NAME`, `identity/NAME`) or of a
 * queue's URL, else the reference itself.
 */
export function nameInReference(reference: string): string {
  const arn = parseArn(reference);
  if (arn) {
    const [first = "", ...rest] = arn.resource.split(/[:/]/);
    if (arn.service === "lambda") return rest[0] ?? first;
    return rest.length === 0 ? first : arn.resource.slice(first.length + 1);
  }
  return /^https?:\/\//.test(reference) ? reference.slice(reference.lastIndexOf("/") + 1) : reference;
}
