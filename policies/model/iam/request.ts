import { ANY_PART, type Maybe, UNKNOWN, type Unknown, type Value } from "../value";

/** Text with `ANY_PART` where something is not known, or UNKNOWN. */
export type PartialText = string | Unknown;

/** A context key is known (one or several texts, `ANY_PART` inside), absent (undefined) or UNKNOWN. */
export type ContextValue = Value<string | readonly string[]>;

/** What a service asks the resource for. A context key that the map does not have is unknown. */
export interface PolicyRequest {
  /** `ses.amazonaws.com`; with `ANY_PART` where a Region in it is not known. */
  service: string;
  /** `sns:Publish`. */
  action: string;
  /** ARN. */
  resource: PartialText;
  /** By key in lower case. */
  context: ReadonlyMap<string, ContextValue>;
}

/** The request, its action in lower case, and how the document writes. */
export interface Scope extends PolicyRequest {
  variables: Maybe;
}

export function lookUp(key: string, { context }: Scope): ContextValue {
  return context.has(key) ? context.get(key) : UNKNOWN;
}

/**
 * The context of a request that an AWS service makes for one of the account's resources (SES publishing for an
 * identity, SNS sending to a queue). Keys of DESIGN section 2; every other key is unknown.
 */
export function serviceContext(
  service: string,
  source: { account: PartialText; arn: PartialText },
): ReadonlyMap<string, ContextValue> {
  const present = (value: PartialText) => (value === UNKNOWN ? ANY_PART : value);
  const account = present(source.account);
  return new Map<string, ContextValue>([
    ["aws:sourceaccount", account],
    ["aws:sourceowner", account],
    ["aws:sourcearn", present(source.arn)],
    ["aws:securetransport", "true"],
    ["aws:principalisawsservice", "true"],
    ["aws:principalservicename", service],
    ["aws:principalorgid", undefined],
  ]);
}
