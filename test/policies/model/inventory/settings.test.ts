import type { Identity, Inventory } from "../../../../policies/model/inventory/types";
import { UNKNOWN } from "../../../../policies/model/value";
import { ACCOUNT, FORMS, heardTopic, Stack, unknown } from "../../../support/records";
import { one, view } from "../view";

function inRegion(inventory: Inventory, wanted: string): Identity | undefined {
  return inventory.named("example.com").find(({ region }) => region === wanted);
}

describe.each(FORMS)("%s", (form) => {
  test.each(["example.com", "Example.COM", `arn:aws:ses:us-east-1:${ACCOUNT}:identity/example.com`])(
    "a notification for %s belongs to the identity",
    (reference) => {
      const stack = new Stack();
      stack.domain("example.com");
      stack.notify(reference, "Bounce", heardTopic(stack).arn);
      const { inventory, identity } = view(stack, form, { accounts: { "mail/prod": ACCOUNT } });
      expect(identity("example.com").notifications).toEqual(inventory.notifications);
      expect(inventory.notifications).toHaveLength(1);
    },
  );

  test("a setting of another Region belongs to the identity there", () => {
    const stack = new Stack();
    stack.domain("example.com");
    stack.domain("example.com", { region: "eu-west-1" }, { as: "there" });
    stack.forwarding("example.com", false, { region: "eu-west-1" });
    const { inventory } = view(stack, form);
    expect(inRegion(inventory, "us-east-1")?.forwarding).toEqual([]);
    expect(inRegion(inventory, "eu-west-1")?.forwarding).toMatchObject([{ on: false }]);
  });

  test("a setting whose owner is not known belongs to nobody for certain", () => {
    const stack = new Stack();
    stack.domain("a.example");
    stack.domain("b.example");
    stack.notify(unknown(), "Bounce", heardTopic(stack).arn);
    const { inventory, identity } = view(stack, form);
    expect(inventory.notifications).toHaveLength(1);
    for (const name of ["a.example", "b.example"]) expect(identity(name).notifications).toEqual([]);
  });

  test("a setting for an identity that is not in view is kept, and nobody's here", () => {
    const stack = new Stack();
    stack.domain("example.com");
    stack.forwarding("elsewhere.example", false);
    const { inventory, identity } = view(stack, form);
    expect(identity("example.com").forwarding).toEqual([]);
    expect(one(inventory.forwardingSettings, () => true).identity.kind).not.toBe("absent");
  });

  test("a type that is not known may be any", () => {
    const stack = new Stack();
    stack.domain("example.com");
    stack.notify("example.com", unknown(), heardTopic(stack).arn);
    expect(view(stack, form).identity("example.com").notifications).toMatchObject([{ type: UNKNOWN }]);
  });
});
