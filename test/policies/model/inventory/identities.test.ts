import { UNKNOWN } from "../../../../policies/model/value";
import { FORMS, Stack, unknown } from "../../../support/records";
import { one, view } from "../view";

describe.each(FORMS)("%s", (form) => {
  test("resources with one name and Region are one identity, whatever they write", () => {
    const stack = new Stack();
    stack.domain("Example.com.", {}, { as: "first" });
    stack.identity("example.com", {}, { as: "second" });
    stack.domain("example.com", { region: "eu-west-1" }, { as: "third" });
    const { inventory } = view(stack, form);
    expect(inventory.named("example.com")).toHaveLength(2);
    const here = inventory.named("example.com").find(({ region }) => region === "us-east-1");
    expect(here?.managedBy.map(({ urn }) => urn.split("::").at(-1))).toEqual(["first", "second"]);
  });

  test("an identity whose name is not known is one of its own, by its URN", () => {
    const stack = new Stack();
    const handle = stack.domain(unknown());
    const identity = one(view(stack, form).inventory.identities, () => true);
    expect(identity).toMatchObject({ label: handle.urn, nameKnown: false, kind: "domain", name: UNKNOWN });
  });

  test("what is only read is not judged", () => {
    const stack = new Stack();
    stack.domain("example.com", {}, { external: true, outputs: { domain: "example.com" } });
    stack.address("a@example.com");
    expect(view(stack, form).inventory.judged.map(({ label }) => label)).toEqual(["a@example.com"]);
  });
});
