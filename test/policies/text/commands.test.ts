import { withoutCommands, withoutMarkers } from "../../../policies/text/commands";

const SPACES = ["", " ", "\t", "\u00a0", "\u0085", "\u1680", "\u2003", "\u202f", "\u205f", "\u3000", " \u3000\t "];

describe("withoutCommands", () => {
  test.each(SPACES.map((space) => [JSON.stringify(space), space]))("`::` after %s starts no command", (_, space) => {
    expect(withoutCommands(`a\n${space}::error::x\nb`)).toBe(`a\n${space}\\u{3a}:error::x\nb`);
  });

  test("colour does not hide a command", () => {
    expect(withoutCommands("\u001b[1m::stop-commands::x\u001b[0m")).toBe("\u001b[1m\\u{3a}:stop-commands::x\u001b[0m");
  });

  test.each(["##[error]", "##vso[task.setvariable variable=a]b", "##teamcity[buildStop]", "##VSO[task.complete]"])(
    "%s is no command wherever it stands",
    (command) => {
      for (const before of ["", "text ", "#", "a##", "##vso"]) {
        expect(withoutCommands(before + command)).not.toMatch(/##\w*\[/);
      }
      expect(withoutCommands(`a ${command}`)).toBe(`a \\u{23}${command.slice(1)}`);
    },
  );

  test("other colons and number signs stay", () => {
    const text = "urn:pulumi:dev::mail::aws:sns/topic:Topic::t\n## Heading [link]\n#1: a [b]\n:one";
    expect(withoutCommands(text)).toBe(text);
  });

  test("long lines take linear time", () => {
    for (const text of [" ", "#", "##a", "\u2028", "\u001b[", "::", "\n "]) {
      const started = performance.now();
      withoutCommands(text.repeat(200_000));
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });
});

test("withoutMarkers leaves `::` to whoever writes commands", () => {
  expect(withoutMarkers("::error::##[group]x")).toBe("::error::\\u{23}#[group]x");
});
