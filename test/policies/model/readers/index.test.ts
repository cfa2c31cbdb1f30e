import { READERS } from "../../../../policies/model/readers";
import { readerOf } from "./read";

describe.each([...READERS])("%s", (type, read) => {
  test("reads nothing, and what nobody expects, without an error", () => {
    expect(() => read(readerOf(type, {}))).not.toThrow();
    const odd = new Proxy<Record<string, unknown>>({}, { get: () => [[7], null, "x"], has: () => true });
    expect(() => read(readerOf(type, odd))).not.toThrow();
  });
});
