import { any, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { describeIdentity } from "./shared/words";

export const dkimSigning = createRule({
  id: "dkim-signing",
  level: "advisory",
  severity: "low",
  summary: "A domain identity whose mail is not signed with DKIM.",
  why: "Mailbox providers trust unsigned mail less and refuse it from bulk senders: it bounces, or is reported as spam.",
  facts: ["F6"],
  source: "Amazon SES Developer Guide, Authenticating Email with DKIM in Amazon SES",
  fix: "Add an aws.ses.DomainDkim for the domain and publish its dkimTokens, or declare it as aws.sesv2.EmailIdentity, which signs by default; in aws-native, leave dkimAttributes.signingEnabled out.",
  messages: {
    unsigned: (identity: string) =>
      `Nothing signs the mail of ${identity} with DKIM: no aws.ses.DomainDkim is declared.`,
    switchedOff: (identity: string) => `DKIM signing is switched off for ${identity}.`,
    notKnown: (identity: string) => `Whether the mail of ${identity} is signed with DKIM is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const identity of inventory.judged) {
      if (identity.kind !== "domain" || !(identity.nameKnown || identity.kindKnown)) continue;
      const { signing, possibleSigning } = identity;
      const signed = any(signing, ({ on }) => on);
      if (signed === true) continue;
      const name = describeIdentity(identity);
      if (signed === UNKNOWN || possibleSigning.first) report.unverified({ identity }, messages.notKnown(name));
      else if (signing.length > 0) report.violation({ identity }, messages.switchedOff(name), { absence: true });
      else report.violation({ identity }, messages.unsigned(name), { absence: true });
    }
  },
});
