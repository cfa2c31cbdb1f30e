// Generated from policies/config/schema.ts by `npm run generate`.

/** A difference someone decided. It excuses shadowing, not missing handling. */
export interface IntendedOverride {
  /** The address or subdomain that differs from its domain. */
  identity: string;
  /** Why, in words for whoever reads this in a year. */
  reason: string;
  /** Last day on which it holds, YYYY-MM-DD. Without it, it always holds. */
  expires?: string;
}

/** A finding someone accepted; it is reported as waived. */
export interface Exception {
  /** Id of the rule. */
  rule: string;
  /** The identity it is accepted for: name, ARN (in its Region and account alone), or a name with * in it. */
  identity: string;
  /** Accepted in this Region only. */
  region?: string;
  /** Accepted in this account only. */
  account?: string;
  /** Accepted in this stack only: project/stack. */
  stack?: string;
  /** Why, in words for whoever reads this in a year. */
  reason: string;
  /** Last day on which it holds, YYYY-MM-DD. Without it, it always holds. */
  expires?: string;
}

/** A configuration set that the application names when it sends. */
export interface SendTimeConfigurationSet {
  /** Name of the configuration set. */
  configurationSet: string;
  identities: readonly string[];
  /** Why, in words for whoever reads this in a year. */
  reason: string;
}

export interface ExternalChannel {
  /** How the notification leaves. */
  channel: "forwarding" | "topic" | "event-destination";
  /** ARN of the destination; null for forwarding and where nobody knows it. */
  target: string | null;
  /** Forwarding only: a resource says so explicitly. */
  declared?: boolean;
}

/** An identity managed elsewhere, as `ses-guard inventory` and JSON reports write it. */
export interface ExternalIdentity {
  /** Domain or address. */
  identity: string;
  /** What it is. */
  kind: "domain" | "address";
  /** AWS account, null where it is not known. */
  account: string | null;
  /** Region, null where it is not known. */
  region: string | null;
  /** Where bounces go. */
  bounce: readonly ExternalChannel[];
  /** Where complaints go. */
  complaint: readonly ExternalChannel[];
  /** Where deliveries go. */
  delivery: readonly ExternalChannel[];
  /** When it was so: date and time. */
  seen?: string;
  /** Whence it is known: a file, a folder, a live account. */
  source?: string;
  /** Last day on which it is believed, YYYY-MM-DD. Afterwards its settings are not known. */
  expires?: string;
  /** Why its settings are not known, although the identity is there. */
  doubt?: string;
}

export interface ConfigFile {
  /** Of this file, for editors. */
  $schema?: string;
  /** Whether feedback by email counts: when a resource asks for it (default), also as the SES default, or never. */
  emailForwarding?: "when-declared" | "accept" | "reject";
  /** Differences someone decided. */
  intendedOverrides?: readonly IntendedOverride[];
  /** Findings someone accepted. */
  exceptions?: readonly Exception[];
  /** Account that a stack (project/stack) deploys to, where no document tells. */
  accounts?: Readonly<Record<string, string>>;
  /** Sets named at send time; they count as channels. */
  sendTimeConfigurationSets?: readonly SendTimeConfigurationSet[];
  /** Identities managed elsewhere. */
  externalIdentities?: readonly ExternalIdentity[];
  /** What the rule default-configuration-set expects. */
  defaultConfigurationSet?: string;
  /** Level per rule. */
  rules?: Readonly<Record<string, "mandatory" | "advisory" | "disabled">>;
}
