import { isBlank, printable, replaceHidden } from "../../../policies/text/printable";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("printable", () => {
  const HIDDEN = [
    ...range(0x00, 0x1f),
    ...range(0x7f, 0x9f),
    ...[0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x2800, 0x3164, 0xfeff, 0xffa0],
    ...range(0x200b, 0x200f),
    ...range(0x2028, 0x202e),
    ...range(0x2060, 0x206f),
    ...range(0xfe00, 0xfe0f),
    ...range(0xfff9, 0xfffb),
    ...range(0xfdd0, 0xfdd3),
    ...range(0x1d173, 0x1d17a),
    ...range(0xe0000, 0xe007f),
    ...range(0xe0100, 0xe01ef),
  ];

  test.each(HIDDEN.map((code) => [`U+${code.toString(16)}`, code]))("%s is written as its code", (_, code) => {
    expect(printable(`a${String.fromCodePoint(code)}b`)).toBe(`a\\u{${code.toString(16)}}b`);
  });

  test("halves of surrogate pairs are written as their codes, pairs stay", () => {
    expect(printable("\ud83d")).toBe("\\u{d83d}");
    expect(printable("\ude00!")).toBe("\\u{de00}!");
    expect(printable("😀")).toBe("😀");
  });

  test("a text of many of them stays on one line", () => {
    expect(printable("a\u0000\u001b[31m\r\n\u0085\u202e\u2028\ud800b\u007f")).toBe(
      "a\\u{0}\\u{1b}[31m\\u{d}\\u{a}\\u{85}\\u{202e}\\u{2028}\\u{d800}b\\u{7f}",
    );
  });

  test("what can be seen stays", () => {
    const text = "Grüße an müller@例え.jp: 100 % \\ ✓ é ا";
    expect(printable(text)).toBe(text);
  });

  test("another escape gets a whole character", () => {
    expect(replaceHidden("a\u{e0041}\u200bb", (character) => `<${character.length}>`)).toBe("a<2><1>b");
  });
});

describe("isBlank", () => {
  test.each(["", " \t\n", "\u200b", "\u3164\u2800", "\u{e0020}\u{e0041}", "\u00a0\u00ad"])(
    "%j says nothing",
    (text) => {
      expect(isBlank(text)).toBe(true);
    },
  );

  test.each(["x", " \u200bx", "例"])("%j says something", (text) => {
    expect(isBlank(text)).toBe(false);
  });
});
