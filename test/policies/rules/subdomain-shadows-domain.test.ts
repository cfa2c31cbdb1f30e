import { subdomainShadowsDomain } from "../../../policies/rules/subdomain-shadows-domain";
import { heardTopic, listen } from "../../support/records";
import { shadowCases } from "./shadow-cases";
import { testRule } from "./tester";

const { fails, passes, unknown } = shadowCases("subdomain");

testRule(subdomainShadowsDomain, {
  fails: [
    ...fails,
    {
      name: "two levels down",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", heardTopic(s));
        s.domain("a.b.example.com");
      },
      finds: [
        "violation a.b.example.com@us-east-1: a.b.example.com (us-east-1) is verified beside example.com, so it does not inherit its settings: bounces, complaints and feedback forwarding differ.",
      ],
    },
  ],
  passes: [
    ...passes,
    {
      name: "an address is no subdomain",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", heardTopic(s));
        s.address("ceo@example.com");
      },
    },
  ],
  unknown,
});
