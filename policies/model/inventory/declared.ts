import type { ConfigEntry } from "../finding";
import type { Reason } from "../reason";
import type { ResourceRecord } from "../record";
import type { Region } from "../region";

export interface Override {
  readonly identity: string;
  readonly region: Region | undefined;
  readonly reason: string;
  readonly expires: string | undefined;
  /** The component that declares it; undefined for one of the configuration. */
  readonly resource: ResourceRecord | undefined;
  /** The entry of the configuration that declares it. */
  readonly entry?: ConfigEntry;
}

/** A resource that may hide identities, or that cannot be read. */
export interface HiddenResource {
  readonly resource: ResourceRecord;
  readonly reason: Reason;
  readonly pending: boolean;
}
