import fc from "fast-check";
import { ANY_PART, ONE, STAR } from "../../policies/model/iam/glob";

/** A pattern of a few letters and wildcards, as `glob` takes them. */
export const anyPattern = fc.string({ unit: fc.constantFrom("a", "b", ":", STAR, ONE), maxLength: 6 });

/** A short text, up to two parts of which are not known. */
export const anyPartlyKnownText = fc
  .string({ unit: fc.constantFrom("a", "b", ":", ANY_PART), maxLength: 4 })
  .filter((text) => text.split(ANY_PART).length < 4);
