import { ACCOUNT } from "./aws/kinds";
import { type Listener, listeners } from "./aws/listening";
import type { World } from "./aws/world";
import { type DestinationSpec, ENDPOINTS, HANDLER, type IdentitySpec, KINDS, type Spec } from "./life-program";

const PROTOCOLS = { emails: "email", webhooks: "https", queues: "sqs", functions: "lambda" } as const;
const TYPES = { bounces: "Bounce", complaints: "Complaint", deliveries: "Delivery" } as const;
const keyOf = ({ region, identity }: IdentitySpec) => `${region}/${identity}`;

/** Endpoints of the one queue that a program makes for itself are called alike, whatever AWS called them. */
function plain(listener: Listener): Listener {
  return listener.replace(new RegExp(` arn:aws:sqs:[^:]+:${ACCOUNT}:.*$`), ` ${HANDLER}`);
}

const heard = (world: World): Set<Listener> => new Set([...listeners(world)].map(plain));

/** Who is to hear of an identity, as the program says. */
function wanted(one: IdentitySpec): Set<Listener> {
  const forwards = one.bounces.forwardByEmail || one.complaints.forwardByEmail;
  const found: Listener[] = [];
  for (const path of ["bounces", "complaints", "deliveries"] as const) {
    const given = one[path];
    const start = `${keyOf(one)} ${TYPES[path]}`;
    if (forwards && path !== "deliveries") found.push(`${start} forwarding`);
    if (given) found.push(...endpoints(given, one.region).map((endpoint) => `${start} ${endpoint}`));
  }
  return new Set(found);
}

function endpoints(given: DestinationSpec, region: string): string[] {
  return KINDS.flatMap((kind) =>
    Object.values(given[kind]).map((name) =>
      name === HANDLER ? `${PROTOCOLS[kind]} ${HANDLER}` : `${PROTOCOLS[kind]} ${ENDPOINTS[kind](name, region)}`,
    ),
  );
}

/**
 * Watches over an update from one program to another: after every operation, whoever listened before and still stands in
 * the program is listening, and nobody's bounces and complaints go to nobody.
 */
export class Watch {
  private readonly kept: Listener[];
  readonly faults: string[] = [];

  /** @param listening who listened before the update, and before those that were interrupted */
  constructor(
    private readonly before: Spec,
    private readonly after: Spec,
    readonly listening: Set<Listener>,
  ) {
    this.kept = [...listening].filter((listener) => this.stays(listener));
  }

  static begin(before: Spec, after: Spec, world: World): Watch {
    return new Watch(before, after, heard(world));
  }

  private stays(listener: Listener): boolean {
    const identity = listener.slice(0, listener.indexOf(" "));
    const now = this.after.identities.find((one) => keyOf(one) === identity);
    if (now) return wanted(now).has(listener);
    // The identity goes. Until then, whoever stands in its successor hears of its bounces and complaints, and all do where
    // there is none.
    if (listener.startsWith(`${identity} Delivery `)) return false;
    const old = this.before.identities.find((one) => keyOf(one) === identity);
    const heir = old && this.after.identities.find(({ lineage }) => lineage === old.lineage);
    if (!old || !heir) return true;
    return wanted({ ...heir, identity: old.identity, region: old.region }).has(listener);
  }

  /** To be asked after every operation. */
  check(world: World, operation: string): void {
    const now = heard(world);
    for (const listener of this.kept) {
      const identity = listener.slice(0, listener.indexOf(" "));
      const gone = !world.has(`identity ${identity}`);
      const belongs = this.after.identities.some((one) => keyOf(one) === identity);
      if (gone ? belongs : !now.has(listener)) this.faults.push(`after ${operation}: ${listener} no longer hears`);
    }
    for (const [identity] of world.all("identity")) {
      for (const type of ["Bounce", "Complaint"]) {
        if ([...now].some((listener) => listener.startsWith(`${identity} ${type} `))) continue;
        this.faults.push(`after ${operation}: nobody hears of ${identity} ${type}`);
      }
    }
  }

  /** To be asked once the update has succeeded: everybody listens whom the program names, and nobody else. */
  end(world: World): void {
    const now = heard(world);
    for (const one of this.after.identities) {
      const names = wanted(one);
      for (const listener of names) if (!now.has(listener)) this.faults.push(`at the end: ${listener} does not hear`);
      for (const listener of now) {
        if (listener.startsWith(`${keyOf(one)} `) && !names.has(listener)) {
          this.faults.push(`at the end: ${listener} hears, and the program does not say so`);
        }
      }
    }
  }
}
