import type { Reader, ReaderTable } from "../inventory/facts";
import type { LiveSenderFact } from "../inventory/live";
import type { Reason } from "../reason";
import { isKnown, UNKNOWN } from "../value";

/** What the audit of a live account adds to the resources that it finds. */
export const LIVE: ReaderTable = {
  "ses-guard:account:Account": (at) => ({
    fact: "live-account",
    sending: at.flag("sendingEnabled").value,
    enforcement: at.text("enforcementStatus").value,
    suppressedReasons: at.list("suppressedReasons").value,
    bounceAlarm: at.flag("bounceAlarm").value,
    complaintAlarm: at.flag("complaintAlarm").value,
  }),
  "ses-guard:account:Call": (at) => {
    const problem = at.text("problem").value;
    const reason: Reason = { kind: "not-read", problem: isKnown(problem) ? problem : "it failed" };
    return { fact: "hidden", reason, pending: false };
  },
  "ses-guard:account:Identity": sender("identity", "emailIdentity"),
  "ses-guard:account:ConfigurationSet": sender("set", "configurationSetName"),
  "ses-guard:account:Tenant": (at) => {
    const status = at.text("sendingStatus").value;
    return {
      fact: "live-sender",
      kind: "tenant",
      name: at.text("tenantName").value,
      // `REINSTATED` sends although its enforcement status says otherwise. Source: Amazon SES API v2 reference, Tenant.
      sending: isKnown(status) ? status !== "DISABLED" : UNKNOWN,
      verification: undefined,
    };
  },
};

function sender(kind: LiveSenderFact["kind"], name: string): Reader {
  return (at) => ({
    fact: "live-sender",
    kind,
    name: at.text(name).value,
    sending: at.flag("sendingEnabled").value,
    verification: at.text("verificationStatus").value,
  });
}
