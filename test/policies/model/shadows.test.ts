import { FORMS, heardTopic, listen, Stack } from "../../support/records";
import { view } from "./view";

describe.each(FORMS)("%s", (form) => {
  const shadowsOf = (fill: (stack: Stack) => void) => {
    const stack = new Stack();
    fill(stack);
    return view(stack, form).shadows.map(({ identity, ancestor, differs, settings }) => ({
      pair: [identity.label, ancestor.label],
      differs,
      settings,
    }));
  };
  const handled = (s: Stack, ...names: string[]) => {
    const topic = heardTopic(s);
    for (const name of names) {
      s.identity(name);
      listen(s, name, topic);
    }
  };

  test("an address that does not do what its domain does shadows it", () => {
    const found = shadowsOf((s) => {
      handled(s, "example.com");
      s.identity("ceo@example.com");
    });
    expect(found).toEqual([
      { pair: ["ceo@example.com", "example.com"], differs: true, settings: ["bounce", "complaint", "forwarding"] },
    ]);
  });

  test("the nearest verified ancestor counts: an address without the label, then the deepest domain", () => {
    const found = shadowsOf((s) => {
      handled(s, "example.com", "ceo@example.com");
      s.identity("ceo+x@example.com");
      s.identity("a@mail.example.com");
    });
    expect(found.map(({ pair }) => pair).sort()).toEqual([
      ["a@mail.example.com", "example.com"],
      ["ceo+x@example.com", "ceo@example.com"],
    ]);
  });

  test("whoever does the same shadows nothing, nor does anybody in another Region", () => {
    expect(shadowsOf((s) => handled(s, "example.com", "ceo@example.com", "mail.example.com"))).toEqual([]);
    const apart = shadowsOf((s) => {
      handled(s, "example.com");
      s.identity("ceo@example.com", { region: "eu-west-1" });
    });
    expect(apart).toEqual([]);
  });
});
