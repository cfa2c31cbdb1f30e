import fc from "fast-check";
import { parsePolicy } from "../../../../policies/model/iam/document";
import { type ContextValue, evaluatePolicy } from "../../../../policies/model/iam/evaluate";
import { ANY_PART, glob, ONE, STAR } from "../../../../policies/model/iam/glob";
import { UNKNOWN, UNKNOWN_STRING } from "../../../../policies/model/value";
import { anyPartlyKnownText, anyPattern } from "../../../generators/patterns";
import { anyPolicy, anyRequest } from "../../../generators/policies";
import { type NaiveRequest, naiveAllows } from "../../../support/naive-policy";

const runs = { numRuns: 4000 };
const KEYS = ["aws:principalorgid", "aws:principalarn", "aws:multifactorauthpresent", "aws:tags"];
/** The same request for the evaluator, where a key has to be named to be absent. */
function contextOf(given: NaiveRequest): Map<string, ContextValue> {
  return new Map<string, ContextValue>([
    ...KEYS.map((key) => [key, undefined] as const),
    ...Object.entries(given.context),
  ]);
}

test("decides known documents as the naive simulator does", () => {
  fc.assert(
    fc.property(anyPolicy, anyRequest, fc.boolean(), (policy, given, asText) => {
      const parsed = parsePolicy(asText ? JSON.stringify(policy) : policy);
      if (parsed === undefined || parsed === UNKNOWN) throw new Error("not parsed");
      const { decision } = evaluatePolicy(parsed, { ...given, context: contextOf(given) });
      // Several values without a set qualifier are the one thing left open.
      if (decision === "unknown") expect(given.context["aws:tags"]).toHaveLength(2);
      else expect(decision).toBe(naiveAllows(policy, given) ? "allowed" : "denied");
    }),
    runs,
  );
});

/** Positions of everything in the document that a program may leave unknown: any value below the top. */
function paths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.entries(value).flatMap(([key, item]) => paths(item, [...path, key])),
  ];
}

function replaced(value: unknown, path: (string | number)[], by: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[head] = replaced(copy[head], rest, by);
  return copy;
}

test("a decision about a document with unknown values holds for every value they may take", () => {
  let decided = 0;
  fc.assert(
    fc.property(
      anyPolicy,
      anyRequest,
      fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(UNKNOWN, UNKNOWN_STRING),
      (policy, given, picks, unknown) => {
        // The document as generated is one way in which the unknown values may turn out.
        let masked: unknown = policy;
        for (const pick of picks) {
          const all = paths(masked);
          masked = replaced(masked, all[pick % all.length] as string[], unknown);
        }
        const parsed = parsePolicy(masked);
        if (parsed === undefined || parsed === UNKNOWN) return;
        const { decision } = evaluatePolicy(parsed, { ...given, context: contextOf(given) });
        if (decision === "unknown") return;
        decided++;
        expect(decision).toBe(naiveAllows(policy, given) ? "allowed" : "denied");
      },
    ),
    runs,
  );
  expect(decided).toBeGreaterThan(runs.numRuns / 20);
});

test("a decision about a partly known request holds for every request it may be", () => {
  let decided = 0;
  fc.assert(
    fc.property(
      anyPolicy,
      anyRequest,
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (policy, given, hideAccount, hideRegion, hideAll) => {
        const hide = (value: string) => {
          let hidden = value;
          if (hideAccount) hidden = hidden.replace(/\d{12}/, ANY_PART);
          return hideRegion ? hidden.replace(/(us|eu)-(east|west)-1/, ANY_PART) : hidden;
        };
        const context = contextOf(given);
        for (const key of ["aws:sourceaccount", "aws:sourcearn", "aws:sourceowner"])
          context.set(key, hide(context.get(key) as string));
        if (hideAll) context.set("aws:sourcearn", ANY_PART);
        if (hideAll && hideRegion) context.delete("aws:sourceaccount");
        const parsed = parsePolicy(policy);
        if (parsed === undefined || parsed === UNKNOWN) throw new Error("not parsed");
        const resource = hideAll && hideAccount ? UNKNOWN : hide(given.resource);
        const { decision } = evaluatePolicy(parsed, { ...given, resource, context });
        if (decision === "unknown") return;
        decided++;
        expect(decision).toBe(naiveAllows(policy, given) ? "allowed" : "denied");
      },
    ),
    runs,
  );
  expect(decided).toBeGreaterThan(runs.numRuns / 5);
});

/** Every text that the unknown parts of a short text may be, from a small alphabet. */
function instances(partly: string): string[] {
  const [head, ...rest] = partly.split(ANY_PART);
  const fillers = ["a", "b", "x", "ab", "ba", "aa", "xyxyxyxyxyxy"];
  return rest.reduce<string[]>((texts, next) => texts.flatMap((t) => fillers.map((f) => t + f + next)), [head ?? ""]);
}

test("a wildcard for one character may stand beside an unknown part", () => {
  expect(glob(STAR + ONE, `a${ANY_PART}`)).toBe(true);
  expect(glob(ONE + STAR, `${ANY_PART}a`)).toBe(true);
  expect(glob(ONE + ONE, `${ANY_PART}a`)).toBe(UNKNOWN);
});

test("glob claims about short texts with unknown parts hold for whatever the parts are", () => {
  fc.assert(
    fc.property(anyPattern, anyPartlyKnownText, (p, t) => {
      const compiled = new RegExp(`^${p.replaceAll(STAR, ".*").replaceAll(ONE, ".")}$`);
      const results = instances(t).map((one) => compiled.test(one));
      const found = glob(p, t);
      if (found === true) expect(results).not.toContain(false);
      if (found === false) expect(results).not.toContain(true);
      if (!t.includes(ANY_PART)) expect(found).toBe(results[0]);
    }),
    runs,
  );
});

test("glob with an unknown part in the pattern never claims a match", () => {
  fc.assert(
    fc.property(anyPartlyKnownText, anyPartlyKnownText, (p, t) => {
      const found = glob(p, t);
      if (!p.includes(ANY_PART)) return;
      expect(found).not.toBe(true);
      const texts = new Set(instances(t));
      if (instances(p).some((one) => texts.has(one))) expect(found).toBe(UNKNOWN);
    }),
    runs,
  );
});

test("anything at all may stand where a policy is expected", () => {
  const context = new Map<string, ContextValue>();
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.json(), fc.record({ Statement: fc.anything() })), (raw) => {
      const parsed = parsePolicy(raw);
      if (parsed === undefined) return;
      const { decision } = evaluatePolicy(parsed, {
        service: "ses.amazonaws.com",
        action: "sns:Publish",
        resource: UNKNOWN,
        context,
      });
      expect(decision).not.toBe("allowed");
    }),
    runs,
  );
});
