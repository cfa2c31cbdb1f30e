import { accountNumber } from "../../policies/model/account";
import type { Flow } from "../../policies/model/flow";
import type { FeedbackType } from "../../policies/model/inventory/types";
import { regionName } from "../../policies/model/region";
import { UNKNOWN } from "../../policies/model/value";
import type { Context } from "../../policies/rules/shared/rule";
import { printable } from "../../policies/text/printable";
import { Whereabouts } from "./reception";
import type { ReportChannel, ReportIdentity } from "./shapes";

/** The identities that resources in view manage, and where their feedback goes. Names and targets are safe to print. */
export function identitiesOf(context: Context): ReportIdentity[] {
  const { inventory, flow, shadows } = context;
  const whereabouts = new Whereabouts(context);
  const shadowed = new Map(
    shadows.filter(({ differs }) => differs === true).map((one) => [one.identity, one.ancestor]),
  );
  return inventory.judged.map((identity) => {
    // Most formats show these of a few identities only, and there may be tens of thousands.
    const channels = once(() => channelsByType(flow(identity)));
    const reception = once(() => whereabouts.receptionOf(identity, flow(identity)));
    const ancestor = once(() => whereabouts.ancestorOf(identity));
    return {
      identity: printable(identity.label),
      kind: identity.kind,
      account: accountNumber(identity.account),
      region: printableOrNull(regionName(identity.region)),
      stack: identity.stack,
      urn: identity.resource?.urn ?? "",
      get bounce() {
        return channels().bounce;
      },
      get complaint() {
        return channels().complaint;
      },
      get delivery() {
        return channels().delivery;
      },
      inheritsFrom: null,
      shadows: printableOrNull(shadowed.get(identity)?.label ?? null),
      get reception() {
        return reception();
      },
      get ancestor() {
        return ancestor();
      },
    };
  });
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function channelsByType(flows: Flow): Pick<ReportIdentity, FeedbackType> {
  return {
    bounce: channelsOf(flows, "bounce"),
    complaint: channelsOf(flows, "complaint"),
    delivery: channelsOf(flows, "delivery"),
  };
}

function channelsOf({ channels, forwarding }: Flow, type: FeedbackType): ReportChannel[] {
  const found = new Map<string, ReportChannel>();
  for (const { via, target, isCertain } of channels[type]) {
    if (!isCertain) continue;
    const known = target === UNKNOWN ? null : printable(target);
    found.set(`${via} ${known}`, { channel: via, target: known });
  }
  const summary = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, channel]) => channel);
  if (type !== "delivery" && forwarding.on === true) {
    summary.push({ channel: "forwarding", target: null, declared: forwarding.declared });
  }
  return summary;
}

function printableOrNull(text: string | null): string | null {
  return text === null ? null : printable(text);
}
