import type { MonitoredIdentityArgs } from "../args/monitored-identity";
import { SUBSCRIBER_KINDS } from "../parts/destination";
import { normaliseIdentity } from "../parts/identity-name";
import {
  type AnyDestination,
  destinationProblems,
  destinationRegionProblems,
  keyElsewhere,
  unusedKey,
} from "./destination";
import { isAddress } from "./formats";
import type { Problem } from "./problem";
import { show } from "./show";

const TYPES = ["bounces", "complaints", "deliveries"] as const;

/** What the types allow and SES does not. */
export function identityProblems(args: Partial<MonitoredIdentityArgs>, today = new Date()): Problem[] {
  const problems: Problem[] = [];
  const choices = ["topicArn", ...SUBSCRIBER_KINDS, "byConfigurationSet: true"];
  for (const path of TYPES) {
    const destination: AnyDestination | undefined = args[path];
    if (destination === undefined) continue;
    const all = path === "deliveries" ? choices : [...choices, "forwardByEmail: true"];
    problems.push(...destinationProblems(path, destination, all));
    if (destination.byConfigurationSet && args.configurationSetName === undefined) {
      problems.push({
        path: `${path}.byConfigurationSet`,
        given: "true without configurationSetName",
        allowed: "true beside configurationSetName, whose event destinations carry it",
      });
    }
  }
  return [
    ...problems,
    ...unusedKey(
      args.kmsKeyId,
      TYPES.map((path) => args[path]),
    ),
    ...expired(args.intendedOverride?.expires, today),
    ...addressProblems(args),
    ...dependents(args),
    ...mailFromProblems(args),
  ];
}

/** What must be in the identity's Region, and is known not to be. */
export function identityRegionProblems(args: Partial<MonitoredIdentityArgs>, region: string): Problem[] {
  const ofDestinations = TYPES.flatMap((path) => {
    const destination: AnyDestination | undefined = args[path];
    return destination === undefined ? [] : destinationRegionProblems(path, destination, region);
  });
  return [...ofDestinations, ...keyElsewhere(args.kmsKeyId, region)];
}

/** An override that has run out excuses nothing: the rules would report what it hides. The last day counts. */
function expired(expires: string | undefined, today: Date): Problem[] {
  if (expires === undefined || expires >= today.toISOString().slice(0, 10)) return [];
  return [
    { path: "intendedOverride.expires", given: `${show(expires)}, which has passed`, allowed: "today or a later day" },
  ];
}

/** Addresses have no records of their own. */
function addressProblems(args: Partial<MonitoredIdentityArgs>): Problem[] {
  if (typeof args.identity !== "string" || !isAddress(normaliseIdentity(args.identity))) return [];
  const given = `a value for ${show(args.identity)}`;
  const allowed = "a value where the identity is a domain; addresses have no records of their own";
  return [
    ...(args.zoneId === undefined ? [] : [{ path: "zoneId", given: `a zone for ${show(args.identity)}`, allowed }]),
    ...(args.waitForVerification ? [{ path: "waitForVerification", given, allowed }] : []),
  ];
}

/** Arguments that say nothing without another one. */
function dependents(args: Partial<MonitoredIdentityArgs>): Problem[] {
  const needs = (path: "dnsRecords" | "mailFromOnMxFailure", other: "zoneId" | "mailFromDomain"): Problem[] =>
    args[path] === undefined || args[other] !== undefined
      ? []
      : [{ path, given: `a value without ${other}`, allowed: `a value beside ${other}` }];
  return [...needs("dnsRecords", "zoneId"), ...needs("mailFromOnMxFailure", "mailFromDomain")];
}

function mailFromProblems({ identity, mailFromDomain }: Partial<MonitoredIdentityArgs>): Problem[] {
  if (typeof identity !== "string" || typeof mailFromDomain !== "string") return [];
  const name = normaliseIdentity(identity);
  const domain = name.slice(name.lastIndexOf("@") + 1);
  if (mailFromDomain.toLowerCase().endsWith(`.${domain}`)) return [];
  return [
    {
      path: "mailFromDomain",
      given: `${show(mailFromDomain)} for ${show(identity)}`,
      allowed: "a subdomain of the identity's domain",
    },
  ];
}
