import { FeedbackHandler, MonitoredIdentity } from "../../components";

/** What the tests of edits vary. Endpoints are short names; `handler` is the queue of a `FeedbackHandler`. */
export interface DestinationSpec {
  emails: Record<string, string>;
  webhooks: Record<string, string>;
  queues: Record<string, string>;
  functions: Record<string, string>;
  forwardByEmail: boolean;
}

export interface IdentitySpec {
  /** What stays the same when the component is renamed. */
  lineage: string;
  name: string;
  /** The name that it had before, for an alias. */
  formerName?: string;
  identity: string;
  region: string;
  kmsKeyId?: string;
  includeOriginalHeaders: boolean;
  bounces: DestinationSpec;
  complaints: DestinationSpec;
  deliveries?: DestinationSpec;
}

export interface Spec {
  identities: IdentitySpec[];
}

/** Endpoints belong to an account of their own: their policies are its owner's business. */
const OUTSIDE = "999988887777";
export const HANDLER = "handler";

export const ENDPOINTS = {
  emails: (name: string) => `${name}@corp.example`,
  webhooks: (name: string) => `https://${name}.example/ses`,
  queues: (name: string, region: string) => `arn:aws:sqs:${region}:${OUTSIDE}:${name}`,
  functions: (name: string, region: string) => `arn:aws:lambda:${region}:${OUTSIDE}:function:${name}`,
} as const;
export type Kind = keyof typeof ENDPOINTS;
export const KINDS = Object.keys(ENDPOINTS) as Kind[];

/** Deploys a specification, whatever it was before. */
export function deploy(spec: Spec): void {
  const handlers = new Map<string, FeedbackHandler>();
  const handlerIn = (region: string) => {
    const handler = handlers.get(region) ?? new FeedbackHandler(`feedback-${region}`, { region, unwatched: true });
    handlers.set(region, handler);
    return handler.queueArn;
  };
  for (const one of spec.identities) {
    const destination = (given: DestinationSpec) => ({
      ...Object.fromEntries(
        KINDS.map((kind) => [
          kind,
          Object.fromEntries(
            Object.entries(given[kind]).map(([key, name]) => [
              key,
              name === HANDLER ? handlerIn(one.region) : ENDPOINTS[kind](name, one.region),
            ]),
          ),
        ]).filter(([, entries]) => Object.keys(entries as object).length > 0),
      ),
      ...(given.forwardByEmail ? { forwardByEmail: true } : {}),
    });
    const { forwardByEmail: _, ...deliveries } = one.deliveries
      ? destination(one.deliveries)
      : { forwardByEmail: false };
    new MonitoredIdentity(
      one.name,
      {
        identity: one.identity,
        region: one.region,
        ...(one.kmsKeyId === undefined ? {} : { kmsKeyId: one.kmsKeyId }),
        includeOriginalHeaders: one.includeOriginalHeaders,
        bounces: destination(one.bounces),
        complaints: destination(one.complaints),
        ...(one.deliveries ? { deliveries } : {}),
      },
      one.formerName === undefined ? {} : { aliases: [{ name: one.formerName }] },
    );
  }
}
