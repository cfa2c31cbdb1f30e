import { DEFAULT_CONFIG } from "../../../policies/config";
import { buildInventory } from "../../../policies/model/build";
import { UNKNOWN } from "../../../policies/model/value";
import { FORMS, heardTopic, listen, Stack } from "../../support/records";
import { view } from "./view";

describe.each(FORMS)("%s", (form) => {
  test("an empty view has nothing in it", () => {
    const { identities, topics, hidden, notifications } = view(new Stack(), form).inventory;
    expect([identities, topics, hidden, notifications]).toEqual([[], [], [], []]);
  });

  test("the order of a document means nothing", () => {
    const stack = new Stack();
    for (const name of ["a.example", "b.example"]) {
      stack.domain(name);
      listen(stack, name, heardTopic(stack, `topic-of-${name.slice(0, 1)}`));
    }
    const records = stack.records(form);
    const shown = (resources: typeof records.resources) =>
      buildInventory([{ ...records, resources }], DEFAULT_CONFIG).identities.map(({ label, notifications }) => [
        label,
        notifications.map(({ type }) => type).sort(),
      ]);
    const backwards = shown([...records.resources].reverse());
    expect(backwards.sort()).toEqual(shown(records.resources).sort());
    expect(backwards).toContainEqual(["a.example", ["bounce", "complaint"]]);
  });

  test("what may hide identities is said with its reason", () => {
    const stack = new Stack();
    stack.add("my:index:Mail", "mail", {}, { opaque: true });
    // Of a package that makes nothing of SES.
    stack.add("awsx:ec2:Vpc", "network", {}, { opaque: true });
    stack.add("eks:index:Cluster", "cluster", {}, { opaque: true });
    const templateBody = '{"Resources": {"A": {"Type": "AWS::SES::EmailIdentity"}}}';
    stack.add("aws:cloudformation/stack:Stack", "legacy", { templateBody });
    const { hidden } = view(stack, form).inventory;
    expect(hidden.map(({ reason }) => reason.kind).sort()).toEqual(["remote-component", "template-with-ses"]);
  });

  test("an inventory of elsewhere supplies identities that nobody judges", () => {
    const stack = new Stack();
    stack.address("ceo@example.com");
    const elsewhere = {
      identity: "example.com",
      kind: "domain",
      account: null,
      region: "us-east-1",
      bounce: [{ channel: "topic", target: "arn:aws:sns:us-east-1:111122223333:t" }],
      complaint: [],
      delivery: [],
    } as const;
    const { inventory, shadows } = view(stack, form, { externalIdentities: [elsewhere] });
    expect(inventory.identities.map(({ label }) => label).sort()).toEqual(["ceo@example.com", "example.com"]);
    expect(inventory.judged.map(({ label }) => label)).toEqual(["ceo@example.com"]);
    expect(shadows).toMatchObject([{ identity: { label: "ceo@example.com" }, ancestor: { label: "example.com" } }]);
    const differs = (entry: object) => {
      const ofOneAccount = { ...elsewhere, account: "123456789012", ...entry };
      return view(stack, form, { externalIdentities: [ofOneAccount] }).shadows.map((one) => one.differs);
    };
    expect(differs({})).toEqual([true]);
    expect(differs({ doubt: "its settings could not be read" })).toEqual([UNKNOWN]);
  });
});

test("a view that left resources out says so", () => {
  const stack = new Stack();
  expect(view(stack, "preview").inventory.isPartial("mail/prod")).toBe(false);
  stack.partial = true;
  const { inventory } = view(stack, "preview");
  expect(inventory.isPartial("mail/prod")).toBe(true);
  expect(inventory.isPartial("other/prod")).toBe(false);
  expect(inventory.partialStacks).toEqual([{ stack: "mail/prod", omissions: ["unchanged"], deleted: [] }]);
});
