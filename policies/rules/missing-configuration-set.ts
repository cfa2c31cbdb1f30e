import { sameHome } from "../model/home";
import type { Link } from "../model/inventory/links";
import type { ConfigurationSet, Identity, Inventory } from "../model/inventory/types";
import { isKnown } from "../model/value";
import { createRule } from "./shared/rule";
import { describeIdentity, setNameOf } from "./shared/words";

export const missingConfigurationSet = createRule({
  id: "missing-configuration-set",
  level: "mandatory",
  severity: "high",
  summary:
    "A default configuration set that is deleted under the identity that sends with it, or is not there any more.",
  why: "When the default configuration set of an identity is deleted, every send of that identity fails, whether or not the application knows of the set.",
  facts: ["F9"],
  source: "Amazon SES Developer Guide, Understanding default configuration sets",
  fix: "Keep the set, or change configurationSetName of the aws.sesv2.EmailIdentity in a deployment before the one that deletes it.",
  messages: {
    deleted: (identity: string, set: string) =>
      `Configuration set ${set} is the default of ${identity} and is deleted by this preview: every send of that identity will fail.`,
    missing: (identity: string, set: string) =>
      `Configuration set ${set} is the default of ${identity} and does not exist: every send of that identity fails.`,
    notKnown: (identity: string, set: string) =>
      `Whether configuration set ${set}, which this preview deletes, is the default of ${identity} is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const identity of inventory.judged) {
      for (const { resource, set } of identity.defaultSets) {
        const name = describeIdentity(identity);
        if (set.kind === "found" && set.target.gone) {
          report.violation({ identity, resource }, sayGone(messages, name, set.target));
        }
        const perhaps = perhapsGone(inventory, identity, set);
        if (perhaps) report.unverified({ identity, resource }, messages.notKnown(name, setNameOf(perhaps)));
      }
    }
  },
});

/** A deleted set that may be the default of the identity. */
function perhapsGone(
  { configurationSets, deletedSets }: Inventory,
  identity: Identity,
  set: Link<ConfigurationSet>,
): ConfigurationSet | undefined {
  if (set.kind !== "unknown") return undefined;
  if (set.candidates) return set.candidates.find(({ gone }) => gone);
  // What replaces a deleted set under the same name is what the name means.
  const isReplaced = ({ name, region, account }: ConfigurationSet) =>
    isKnown(name) &&
    configurationSets.some((one) => one.name === name && one.region === region && one.account === account);
  return deletedSets.find((one) => sameHome(one, identity) !== false && !isReplaced(one));
}

function sayGone(
  messages: Record<"missing" | "deleted", (identity: string, set: string) => string>,
  identity: string,
  set: ConfigurationSet,
): string {
  return (set.resource?.missing ? messages.missing : messages.deleted)(identity, setNameOf(set));
}
