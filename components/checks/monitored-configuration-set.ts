import type { EventDestination, MonitoredConfigurationSetArgs } from "../args/monitored-configuration-set";
import { SUBSCRIBER_KINDS } from "../parts/destination";
import { parseArn } from "../parts/names";
import { destinationProblems, destinationRegionProblems, keyElsewhere, unusedKey } from "./destination";
import type { Problem } from "./problem";
import { show } from "./show";

const TYPES = ["bounces", "complaints", "deliveries"] as const;
const CHOICES = ["topicArn", ...SUBSCRIBER_KINDS, "busTargets"];

/** What the types allow and SES does not. */
export function setProblems(args: Partial<MonitoredConfigurationSetArgs>): Problem[] {
  const destinations = TYPES.map((path): EventDestination | undefined => args[path]);
  return [
    ...TYPES.flatMap((path, index) => {
      const destination = destinations[index];
      return destination === undefined ? [] : destinationProblems(path, destination, CHOICES);
    }),
    ...unusedKey(args.kmsKeyId, destinations),
    ...nameProblems(args.configurationSetName),
  ];
}

/** What must be in the set's Region, and is known not to be. */
export function setRegionProblems(args: Partial<MonitoredConfigurationSetArgs>, region: string): Problem[] {
  const ofDestinations = TYPES.flatMap((path) => {
    const destination: EventDestination | undefined = args[path];
    return destination === undefined ? [] : destinationRegionProblems(path, destination, region);
  });
  return [...ofDestinations, ...keyElsewhere(args.kmsKeyId, region)];
}

/** A set that is made here has no ARN yet. */
function nameProblems(name: unknown): Problem[] {
  if (typeof name !== "string" || parseArn(name) === undefined) return [];
  const allowed = "the name of the set that is made: 1 to 64 letters, digits, hyphens and underscores";
  return [{ path: "configurationSetName", given: show(name), allowed }];
}
