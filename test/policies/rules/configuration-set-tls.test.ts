import { configurationSetTls } from "../../../policies/rules/configuration-set-tls";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const V1 = "aws:ses/configurationSet:ConfigurationSet";
const NATIVE = "aws-native:ses:ConfigurationSet";
const set =
  (tlsPolicy: unknown, type?: string) =>
  (s: Stack): void => {
    const more = tlsPolicy === undefined ? {} : { deliveryOptions: { tlsPolicy } };
    if (type === undefined) s.set("main", more);
    else s.add(type, "main", { name: "main", ...more });
  };
const plain = "violation @us-east-1: Configuration set main may deliver mail without TLS.";
const doubt = "unverified @us-east-1: Whether configuration set main may deliver mail without TLS is not known.";

testRule(configurationSetTls, {
  fails: [
    { name: "v2: nothing is said", given: set(undefined), finds: [plain] },
    { name: "v2: optional", given: set("OPTIONAL"), finds: [plain] },
    {
      name: "v2: other delivery options",
      given: (s) => s.set("main", { deliveryOptions: { sendingPoolName: "a" } }),
      finds: [plain],
    },
    { name: "v1: nothing is said", given: set(undefined, V1), finds: [plain] },
    { name: "v1: optional", given: set("Optional", V1), finds: [plain] },
    { name: "native: nothing is said", given: set(undefined, NATIVE), finds: [plain] },
    { name: "a set without a name is called by its resource's", given: (s) => s.add(NATIVE, "main"), finds: [plain] },
  ],
  passes: [
    { name: "v2: required", given: set("REQUIRE") },
    { name: "v1: required", given: set("Require", V1) },
    { name: "native: required", given: set("REQUIRE", NATIVE) },
    { name: "a set that is only read", given: (s) => s.set("main", {}, { external: true }) },
    { name: "a set that is only named", given: (s) => s.identity("example.com", { configurationSetName: "main" }) },
  ],
  unknown: [
    { name: "v2: a policy that nobody knows", given: set(unknown()), finds: [doubt] },
    { name: "v1: a policy that nobody knows", given: set(unknown(), V1), finds: [doubt] },
    {
      name: "native: options that nobody knows",
      given: (s) => s.add(NATIVE, "main", { deliveryOptions: unknown() }),
      finds: [doubt],
    },
  ],
});
