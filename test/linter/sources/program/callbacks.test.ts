import { buildReport, DEFAULT_CONFIG } from "../../../../linter";
import { mayBeMissing } from "../../../../linter/sources/program/uncertain";
import type { StackRecords } from "../../../../policies/model/record";
import { toValue, UNKNOWN } from "../../../../policies/model/value";
import { named, run, tags } from "./support";

describe("callbacks", () => {
  let stack: StackRecords;
  beforeAll(async () => {
    stack = await run("callbacks");
  });
  const names = () => stack.resources.map(({ urn }) => urn.split("::").at(-1));
  const missing = (line: number) => stack.mayBeMissing?.find(({ position }) => position?.line === line);

  test.each([
    ["of a function's answer", "of-answer", { domain: UNKNOWN }],
    ["of another stack's output", "of-stack-Bounce", { identity: "example.com", topicArn: UNKNOWN }],
    ["in a loop", "of-stack-Complaint", { notificationType: "Complaint", topicArn: UNKNOWN }],
    ["of a required output", "required", { protocol: "email", topic: UNKNOWN }],
    ["of something that exists", "of-existing", { email: UNKNOWN }],
    ["of several", "of-all", { name: UNKNOWN, zoneId: UNKNOWN }],
    ["inside another, of an element of an unknown list", "nested-0", { name: UNKNOWN, type: "A" }],
  ])("%s are run, with values that stay unknown", (_, name, inputs) => {
    const found = named(stack, name).inputs ?? {};
    expect(Object.fromEntries(Object.keys(inputs).map((key) => [key, toValue(found[key])]))).toEqual(inputs);
  });

  test("that count an unknown list make one of it", () => {
    expect(names().filter((name) => name?.startsWith("counted-"))).toEqual(["counted-0"]);
  });

  test("keep the resource that they made for those that ask for it", () => {
    const made = named(stack, "made").urn;
    expect(named(stack, "of-made").propertyDependencies).toMatchObject({ topic: [made] });
  });

  test("give nothing that is known, whichever way they went", () => {
    expect(tags(stack, "shown")).toEqual({ branch: "???", promise: "mail.???" });
  });

  test("that fail, or never end, on the unknown are said to be in doubt", () => {
    expect(names()).not.toContain("failing");
    expect(missing(59)).toEqual({
      reason: expect.stringMatching(/failed .*\(an unexpected domain\); .*--mocks/),
      position: { path: "index.ts", line: 59, column: 17 },
      types: ["aws:ses/domainIdentity:DomainIdentity"],
      failed: true,
    });
    expect(missing(63)?.reason).toContain("it never ends");
  });

  test.each([
    ["what it makes itself", 72, ["aws:sns/topicSubscription:TopicSubscription"]],
    ["what a function that it calls makes", 73, ["aws:sns/topicSubscription:TopicSubscription"]],
    ["what a component of the program makes", 74, ["aws:ses/domainIdentity:DomainIdentity"]],
    ["beside an answer", 77, ["aws:ses/emailIdentity:EmailIdentity"]],
  ])("of a resource that does not exist yet are skipped: %s", (_, line, types) => {
    expect(missing(line)).toMatchObject({ reason: expect.stringContaining("only the deployment knows"), types });
    expect(names()).not.toContain("skipped");
  });

  test("that make a text, a list or a bucket leave no doubt", () => {
    const { notVisible } = buildReport([stack], DEFAULT_CONFIG, { today: "2026-01-01", version: "0" });
    const lines = notVisible.map((text) => /^index\.ts:(\d+):/.exec(text)?.[1]).filter((line) => line !== undefined);
    expect(lines.map(Number)).toEqual([59, 63, 72, 73, 74, 77]);
  });
});

test("a callback that fails names the answers that it may wait for, as lines for --mocks", () => {
  const failed = { types: ["aws:sns/topic:Topic"], error: "no such zone" };
  const [entry] = mayBeMissing([failed], "/", ["aws:route53/getZone:getZone"]) ?? [];
  expect(entry?.reason).toBe(
    "a callback failed on a value that is not known here (no such zone); give the answer with --mocks, with these lines: `aws:route53/getZone:getZone: { NAME: VALUE }`",
  );
  expect(mayBeMissing([failed], "/", [])?.[0]?.reason).toMatch(/give the answer with --mocks$/);
});
