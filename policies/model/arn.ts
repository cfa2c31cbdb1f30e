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

/** How a function is named. Source: AWS Lambda API reference, FunctionName: name, partial ARN or ARN. */
export interface FunctionReference {
  /** The reference without its qualifier; of a partial ARN the name. */
  reference: string;
  /** What a partial ARN tells. */
  account: string | undefined;
  /** Version or alias. */
  qualifier: string | undefined;
}

/** `NAME`, `ACCOUNT:function:NAME`, `function:NAME` or an ARN, each with `:QUALIFIER` or without. */
export function parseFunction(reference: string): FunctionReference {
  const whole = /^(arn:(?:[^:]*:){5}[^:]+)(?::([^:]+))?$/.exec(reference);
  if (whole) return { reference: whole[1] ?? reference, account: undefined, qualifier: whole[2] };
  const partial = /^(?:(?:(\d{12}):)?function:)?([^:]+)(?::([^:]+))?$/.exec(reference);
  return { reference: partial?.[2] ?? reference, account: partial?.[1], qualifier: partial?.[3] };
}
