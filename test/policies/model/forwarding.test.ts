import { forwardingOf } from "../../../policies/model/forwarding";
import { UNKNOWN } from "../../../policies/model/value";
import { FORMS, Stack, unknown } from "../../support/records";
import { view } from "./view";

function forwarding(program: (stack: Stack) => unknown, form: (typeof FORMS)[number] = "state", config = {}) {
  const stack = new Stack();
  stack.domain("example.com");
  program(stack);
  const { on, declared, ownerless } = forwardingOf(view(stack, form, config).identity("example.com"));
  return { on, declared, ownerless };
}

describe.each(FORMS)("%s", (form) => {
  test.each<[string, (stack: Stack) => unknown, object]>([
    ["nothing says so", () => undefined, { on: true, declared: false }],
    ["a setting turns it on", (s) => s.forwarding("example.com", true), { on: true, declared: true }],
    ["a setting turns it off", (s) => s.forwarding("example.com", false), { on: false, declared: true }],
    [
      "a setting says nothing: the provider's default is off",
      (s) => s.forwarding("example.com"),
      { on: false, declared: true },
    ],
    [
      "a setting whose value is not known",
      (s) => s.forwarding("example.com", unknown()),
      { on: UNKNOWN, declared: true },
    ],
    [
      "two settings that differ",
      (s) => [s.forwarding("example.com", true), s.forwarding("example.com", false)],
      { on: UNKNOWN, declared: true },
    ],
    [
      "two settings that agree",
      (s) => [s.forwarding("example.com", false), s.forwarding("example.com", false)],
      { on: false, declared: true },
    ],
    [
      "a setting of somebody turns it on, where it is on anyway",
      (s) => s.forwarding(unknown(), true),
      { on: true, declared: true, ownerless: "on" },
    ],
    [
      "a setting of somebody turns it off",
      (s) => s.forwarding(unknown(), false),
      { on: UNKNOWN, declared: true, ownerless: "off" },
    ],
    [
      "a setting of its own beside one of somebody",
      (s) => [s.forwarding("example.com", true), s.forwarding(unknown(), false)],
      { on: true, declared: true },
    ],
  ])("%s", (_, program, expected) => {
    expect(forwarding(program, form)).toEqual({ ownerless: undefined, ...expected });
  });
});

test("an identity that is only read says nothing of its forwarding", () => {
  const stack = new Stack();
  stack.domain("example.com", {}, { external: true });
  expect(forwardingOf(view(stack).identity("example.com"))).toMatchObject({ on: UNKNOWN, declared: false });
});

test("a setting of somebody that turns it on makes it certain for no identity that is only read", () => {
  const stack = new Stack();
  stack.domain("example.com", {}, { external: true });
  stack.forwarding(unknown(), true);
  expect(forwardingOf(view(stack).identity("example.com"))).toMatchObject({ on: UNKNOWN, ownerless: "on" });
});

test("an identity of elsewhere has the forwarding that its report names", () => {
  const entry = { identity: "far.example", kind: "domain", region: "us-east-1", complaint: [], delivery: [] } as const;
  const of = (bounce: readonly { channel: "forwarding"; target: null; declared: boolean }[]) =>
    forwardingOf(
      view(new Stack(), "state", { externalIdentities: [{ ...entry, account: null, bounce: [...bounce] }] }).identity(
        "far.example",
      ),
    );
  expect(of([])).toMatchObject({ on: false, declared: false });
  expect(of([{ channel: "forwarding", target: null, declared: true }])).toMatchObject({ on: true, declared: true });
});
