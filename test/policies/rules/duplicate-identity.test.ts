import { duplicateIdentity } from "../../../policies/rules/duplicate-identity";
import { Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

function stacks(fill: (a: Stack, b: Stack) => void, more: { account?: string } = {}): Stack[] {
  const [a, b] = [new Stack("mail/prod"), new Stack("other/prod", more)];
  fill(a, b);
  return [a, b];
}

testRule(duplicateIdentity, {
  fails: [
    {
      name: "a v1 and a v2 resource",
      given: (s) => {
        s.domain("example.com", {}, { as: "v1" });
        s.identity("EXAMPLE.com.", {}, { as: "v2" });
      },
      finds: [
        "violation example.com@us-east-1: example.com (us-east-1) is managed by 2 resources: v1 (mail/prod) and v2 (mail/prod).",
      ],
    },
    {
      name: "a native one and two others",
      given: (s) => {
        s.nativeIdentity("ceo@example.com", {}, { as: "native" });
        s.address("ceo@EXAMPLE.com", {}, { as: "v1" });
        s.identity("ceo@example.com", {}, { as: "v2" });
      },
      finds: [
        "violation ceo@example.com@us-east-1: ceo@example.com (us-east-1) is managed by 3 resources: native (mail/prod) and v1 (mail/prod) and v2 (mail/prod).",
      ],
    },
    {
      name: "in Unicode and in ASCII",
      given: (s) => {
        s.domain("bücher.example", {}, { as: "unicode" });
        s.domain("xn--bcher-kva.example", {}, { as: "ascii" });
      },
      finds: [
        "violation xn--bcher-kva.example@us-east-1: xn--bcher-kva.example (us-east-1) is managed by 2 resources: ascii (mail/prod) and unicode (mail/prod).",
      ],
    },
    {
      name: "in two stacks",
      given: stacks((a, b) => {
        a.domain("example.com");
        b.domain("example.com");
      }),
      finds: [
        "violation example.com@us-east-1: example.com (us-east-1) is managed by 2 resources: example.com (mail/prod) and example.com (other/prod).",
      ],
    },
  ],
  passes: [
    { name: "one resource", given: (s) => s.domain("example.com") },
    {
      name: "two Regions",
      given: (s) => {
        s.domain("example.com");
        s.domain("example.com", { region: "eu-west-1" }, { as: "ireland" });
      },
    },
    {
      name: "two accounts",
      given: stacks(
        (a, b) => {
          a.domain("example.com");
          b.identity("example.com");
        },
        { account: "999999999999" },
      ),
      forms: ["state"],
    },
    {
      name: "one that is only read",
      given: (s) => {
        s.domain("example.com");
        s.identity("example.com", {}, { as: "read", external: true });
      },
    },
    {
      name: "addresses that differ in the case before the @",
      given: (s) => {
        s.address("ceo@example.com", {}, { as: "lower" });
        s.address("CEO@example.com", {}, { as: "upper" });
      },
    },
    {
      name: "a name that cannot be normalised, beside another",
      given: (s) => {
        s.domain("exa mple.com", {}, { as: "blank" });
        s.domain("exa%mple.com", {}, { as: "percent" });
      },
    },
  ],
  unknown: [
    {
      name: "a name that nobody knows",
      given: (s) => {
        s.domain("example.com");
        s.domain(unknown());
      },
      finds: [
        "unverified @us-east-1: The name of identity unnamed is not known, so it cannot be told whether another resource manages it too.",
      ],
    },
    {
      name: "a Region that nobody knows",
      given: (s) => {
        s.domain("example.com");
        s.domain("example.com", { region: unknown() }, { as: "somewhere" });
      },
      finds: [
        "unverified example.com: Whether example.com is managed by two resources is not known, because one Region is not.",
        "unverified example.com@us-east-1",
      ],
    },
  ],
});
