import { missingConfigurationSet } from "../../../policies/rules/missing-configuration-set";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const MESSAGE =
  "violation example.com@us-east-1: Configuration set main is the default of example.com (us-east-1) and is deleted by this preview: every send of that identity will fail.";

const DOUBT =
  "unverified example.com@us-east-1: Whether configuration set main, which this preview deletes, is the default of example.com (us-east-1) is not known.";

/** An identity that sends with a set; `gone` where the preview deletes it. */
const withSet =
  (name: unknown, gone?: true) =>
  (s: Stack): void => {
    s.set("main", {}, { ...(gone && { gone }) });
    s.identity("example.com", { configurationSetName: name });
  };

testRule(missingConfigurationSet, {
  fails: [
    { name: "the preview deletes the set", given: withSet("main", true), finds: [MESSAGE] },
    {
      name: "a native identity's, too",
      given: (s) => {
        s.set("main", {}, { gone: true });
        s.nativeIdentity("example.com", { configurationSetAttributes: { configurationSetName: "main" } });
      },
      finds: [MESSAGE],
    },
  ],
  passes: [
    { name: "the set stays", given: withSet("main") },
    { name: "a set that nobody in view declares", given: withSet("elsewhere", true) },
    {
      name: "a set of another Region is deleted",
      given: (s) => {
        s.set("main", { region: "eu-west-1" }, { gone: true });
        s.identity("example.com", { configurationSetName: "main" });
      },
    },
    {
      name: "a set of another Region is deleted, and the default is any",
      given: (s) => {
        s.set("main", { region: "eu-west-1" }, { gone: true });
        s.identity("example.com", { configurationSetName: unknown() });
      },
    },
    {
      name: "the set is replaced by one of its name, and the default is any",
      given: (s) => {
        s.set("main", {}, { gone: true });
        s.add("aws:sesv2/configurationSet:ConfigurationSet", "again", { configurationSetName: "main" });
        s.identity("example.com", { configurationSetName: unknown() });
      },
    },
  ],
  unknown: [
    {
      name: "any set, of which one is deleted",
      given: withSet(unknown(), true),
      finds: [DOUBT],
    },
    {
      name: "one of two sets, of which one is deleted",
      given: (s) => {
        const [kept, deleted] = [s.set("kept"), s.set("main", {}, { gone: true })];
        s.identity("example.com", { configurationSetName: unknown(kept, deleted) });
      },
      finds: [DOUBT],
    },
  ],
});
