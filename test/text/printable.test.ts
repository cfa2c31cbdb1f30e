import { printable, replaceHidden } from "../../policies/text/printable";

test("what can't be seen is spelt out", () => {
  expect(printable("a\u0000\u001b[31m\r\n\u0085\u202e\u2028\ud800b\u007f")).toBe(
    "a\\u{0}\\u{1b}[31m\\u{d}\\u{a}\\u{85}\\u{202e}\\u{2028}\\u{d800}b\\u{7f}",
  );
  expect(printable("bücher 😀 – ok")).toBe("bücher 😀 – ok");
});

test("another format may write it in its own way", () => {
  expect(replaceHidden("a\u0000b\u2028", () => "?")).toBe("a?b?");
});
