import type { StackRecords } from "../../../../policies/model/record";
import { UNKNOWN_STRING } from "../../../../policies/model/value";
import { named, run, tags } from "./support";

describe("what a provider would tell", () => {
  let stack: StackRecords;
  beforeAll(async () => {
    stack = await run("answers");
  });

  test("is unknown inside of an object that the program sets in part, what it sets is known", () => {
    expect(tags(stack, "nested")).toEqual({
      token: "???",
      lifted: "???",
      set: "RSA_2048_BIT",
      fresh: "???",
      metrics: "???",
    });
    expect(named(stack, "identity").inputs?.dkimSigningAttributes).toEqual({ nextSigningKeyLength: "RSA_2048_BIT" });
  });

  test("may be an id, a name or JSON, and what is read from it is unknown", () => {
    expect(tags(stack, "plain")).toEqual({ id: "???", member: "???", text: "???" });
    expect(named(stack, "zone")).toMatchObject({ external: true, id: UNKNOWN_STRING });
    expect(named(stack, UNKNOWN_STRING).inputs).toEqual({ domain: UNKNOWN_STRING });
  });

  test("has a shape: bus, Region, partition, zones, account", () => {
    expect(tags(stack, "shapes")).toEqual({
      bus: "arn:aws:events:us-east-1:???:event-bus/default",
      busName: "default",
      partition: "aws",
      region: "us-east-1",
      account: "???",
      zones: "3",
      zone: "us-east-1-???-1",
    });
  });
});

test.each(["AWS_REGION", "AWS_DEFAULT_REGION"])(
  "the Region of %s is the provider's where no other is configured",
  async (name) => {
    const before = process.env[name];
    process.env[name] = "eu-central-1";
    try {
      expect((await run("typescript")).configRegion).toBe("eu-central-1");
      expect((await run("answers")).configRegion).toBe("us-east-1");
    } finally {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
  },
);
