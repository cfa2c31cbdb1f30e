import { addressShadowsDomain } from "../../../policies/rules/address-shadows-domain";
import { heardTopic, listen } from "../../support/records";
import { shadowCases } from "./shadow-cases";
import { testRule } from "./tester";

const { fails, passes, unknown } = shadowCases("address");

testRule(addressShadowsDomain, {
  fails: [
    ...fails,
    {
      name: "an address under a parent domain of its own",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", heardTopic(s));
        s.address("ceo@mail.example.com");
      },
      finds: [
        "violation ceo@mail.example.com@us-east-1: ceo@mail.example.com (us-east-1) is verified beside example.com, so it does not inherit its settings: bounces, complaints and feedback forwarding differ.",
      ],
    },
    {
      name: "the deepest domain is the nearest, and that one differs",
      given: (s) => {
        const topic = heardTopic(s);
        for (const name of ["example.com", "ceo@mail.example.com"]) listen(s, name, topic);
        s.domain("example.com");
        s.domain("mail.example.com");
        s.address("ceo@mail.example.com");
      },
      finds: ["violation ceo@mail.example.com@us-east-1"],
    },
    {
      name: "an address with a label beside the one without it",
      given: (s) => {
        s.domain("example.com");
        s.address("user@example.com");
        s.address("user+label@example.com");
        const topic = heardTopic(s);
        for (const name of ["example.com", "user@example.com"]) listen(s, name, topic);
      },
      finds: [
        "violation user+label@example.com@us-east-1: user+label@example.com (us-east-1) is verified beside user@example.com, so it does not inherit its settings: bounces, complaints and feedback forwarding differ.",
      ],
    },
  ],
  passes: [
    ...passes,
    {
      name: "as its nearest domain does, whatever the parent of that does",
      given: (s) => {
        const topic = heardTopic(s);
        for (const name of ["mail.example.com", "ceo@mail.example.com"]) listen(s, name, topic);
        s.domain("example.com");
        s.domain("mail.example.com");
        s.address("ceo@mail.example.com");
      },
    },
    {
      name: "a label before the @ that does as the address without it",
      given: (s) => {
        const topic = heardTopic(s);
        for (const name of ["user@example.com", "user+label@example.com"]) {
          s.address(name);
          listen(s, name, topic);
        }
      },
    },
  ],
  unknown,
});
