import { dkimSigning } from "../../../policies/rules/dkim-signing";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const dkim = (stack: Stack, domain: unknown, more: Record<string, unknown> = {}) =>
  stack.add("aws:ses/domainDkim:DomainDkim", "dkim", { domain, ...more });

const unsigned = (domain = "example.com") =>
  `violation ${domain}@us-east-1: Nothing signs the mail of ${domain} (us-east-1) with DKIM: no aws.ses.DomainDkim is declared.`;
const off = "violation example.com@us-east-1: DKIM signing is switched off for example.com (us-east-1).";
const notKnown =
  "unverified example.com@us-east-1: Whether the mail of example.com (us-east-1) is signed with DKIM is not known.";

testRule(dkimSigning, {
  fails: [
    { name: "a v1 domain by itself", given: (s) => s.domain("example.com"), finds: [unsigned()] },
    {
      name: "DKIM of another domain",
      given: (s) => {
        s.domain("example.com");
        s.domain("example.org");
        dkim(s, "example.org");
      },
      finds: [unsigned()],
    },
    {
      name: "DKIM of another Region",
      given: (s) => {
        s.domain("example.com");
        dkim(s, "example.com", { region: "eu-west-1" });
      },
      finds: [unsigned()],
    },
    {
      name: "a native domain that is told not to sign",
      given: (s) => s.nativeIdentity("example.com", { dkimAttributes: { signingEnabled: false }, region: "us-east-1" }),
      finds: [off],
    },
  ],
  passes: [
    {
      name: "a v1 domain with DKIM",
      given: (s) => {
        const mail = s.domain("Example.com.");
        dkim(s, mail.out("domain"));
      },
    },
    { name: "a v2 domain", given: (s) => s.identity("example.com") },
    {
      name: "a v2 domain with a key of its own",
      given: (s) => s.identity("example.com", { dkimSigningAttributes: { domainSigningSelector: "mail" } }),
    },
    { name: "a native domain", given: (s) => s.nativeIdentity("example.com") },
    {
      name: "a native domain that is told to sign",
      given: (s) => s.nativeIdentity("example.com", { dkimAttributes: { signingEnabled: true } }),
    },
    { name: "an address", given: (s) => s.address("ceo@example.com") },
    {
      name: "a domain that is only read",
      given: (s) => s.domain("example.com", {}, { external: true, id: "example.com" }),
    },
    {
      name: "one domain in both versions of the API",
      given: (s) => {
        s.domain("example.com");
        s.identity("example.com", {}, { as: "twin" });
      },
    },
  ],
  unknown: [
    {
      name: "a setting that is not known",
      given: (s) =>
        s.nativeIdentity("example.com", { dkimAttributes: { signingEnabled: unknown() }, region: "us-east-1" }),
      finds: [notKnown],
    },
    {
      name: "DKIM of a domain that is not known",
      given: (s) => {
        s.domain("example.com");
        dkim(s, unknown());
      },
      finds: [notKnown],
    },
    {
      name: "a preview that leaves out what it does not change",
      given: (s) => {
        s.partial = true;
        s.domain("example.com");
      },
      forms: ["state", "preview"],
      finds: [unsigned().replace("violation", "unverified")],
    },
  ],
});
