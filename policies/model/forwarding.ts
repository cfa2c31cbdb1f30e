import type { Identity } from "./inventory/types";
import type { ResourceRecord } from "./record";
import { UNKNOWN, type Unknown } from "./value";

/** Whether SES forwards bounces and complaints by email, and who says so. */
export interface Forwarding {
  on: boolean | Unknown;
  /** A resource says so; otherwise it is the default of SES. */
  declared: boolean;
  resource: ResourceRecord | undefined;
  pending: boolean;
  /** Only settings whose owner nobody knows say so: some of them may turn it on, or none. */
  ownerless?: "on" | "off";
  /** Off, unless a setting whose owner nobody knows turns it on. */
  perhapsOn?: true;
}

/** What the settings of an identity, its own and those that may be, say of forwarding. */
export function forwardingOf(identity: Identity): Forwarding {
  const { forwarding: settings, external } = identity;
  const [first] = settings;
  const turnsOn = identity.possibleForwarding.matching("on", ({ on }) => on !== false)[0];
  if (first) {
    const same = settings.every(({ on }) => on === first.on);
    const { resource, enabled } = first;
    const on = same ? first.on : UNKNOWN;
    return {
      on,
      declared: true,
      resource,
      pending: enabled.pending,
      ...(on === false && turnsOn && { perhapsOn: true }),
    };
  }
  const turnsOff = identity.possibleForwarding.matching("off", ({ on }) => on !== true)[0];
  const possible = turnsOff ?? turnsOn;
  if (possible) {
    const pending = possible.identity.kind === "unknown" && possible.identity.pending;
    // On by default: settings that turn it on, whosever they are, leave it on. Of one that is only read nobody knows.
    const on = turnsOff || !(identity.judged || external) ? UNKNOWN : true;
    return { on, declared: true, resource: possible.resource, pending, ownerless: turnsOn ? "on" : "off" };
  }
  const channel = external?.bounce.find((one) => one.channel === "forwarding");
  if (external) {
    return { on: channel !== undefined, declared: channel?.declared === true, resource: undefined, pending: false };
  }
  // A resource that is only read says nothing about its settings.
  return { on: identity.judged ? true : UNKNOWN, declared: false, resource: undefined, pending: false };
}
