import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ComponentProvider } from "../../components/provider";
import schema from "../../schema.json";
import { run } from "./program";

const root = join(__dirname, "..", "..");

test("the schema carries the version of the package and every component", () => {
  expect(schema.version).toBe(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version);
  expect(Object.keys(schema.resources).sort()).toEqual([
    "ses-guard:index:FeedbackHandler",
    "ses-guard:index:FeedbackTopic",
    "ses-guard:index:MonitoredConfigurationSet",
    "ses-guard:index:MonitoredIdentity",
    "ses-guard:index:ReputationAlarms",
  ]);
  expect(schema.resources["ses-guard:index:MonitoredIdentity"].requiredInputs).toEqual([
    "bounces",
    "complaints",
    "identity",
  ]);
});

test("every argument and output is explained", () => {
  const described = [...Object.values(schema.resources), ...Object.values(schema.types)].flatMap((definition) =>
    Object.entries({
      ...("inputProperties" in definition ? definition.inputProperties : {}),
      ...definition.properties,
    }),
  );
  expect(described.length).toBeGreaterThan(40);
  expect(described.filter(([, property]) => !("description" in property)).map(([name]) => name)).toEqual([]);
});

describe("the provider", () => {
  const provider = new ComponentProvider();

  test("serves the schema in the repository", () => {
    expect(JSON.parse(provider.schema)).toEqual(schema);
  });

  test.each([
    [
      "MonitoredIdentity",
      { identity: "example.com", bounces: { forwardByEmail: true }, complaints: { forwardByEmail: true } },
    ],
    ["FeedbackHandler", { unwatched: true }],
    ["FeedbackTopic", { emails: { postmaster: "postmaster@corp.example" } }],
    [
      "MonitoredConfigurationSet",
      {
        bounces: { topicArn: "arn:aws:sns:us-east-1:123456789012:mail" },
        complaints: { topicArn: "arn:aws:sns:us-east-1:123456789012:mail" },
      },
    ],
    ["ReputationAlarms", { alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:alarms" }],
  ] as const)("constructs %s with the outputs of the schema", async (name, inputs) => {
    const type = `ses-guard:index:${name}` as const;
    let state: object = {};
    const { error, resources } = await run(async () => {
      ({ state } = await provider.construct("mail", type, inputs, {}));
    });
    expect(error).toBeUndefined();
    expect(Object.keys(state)).toEqual(Object.keys(schema.resources[type].properties));
    expect(resources[0]).toMatchObject({ type, name: "mail" });
  });

  test("refuses what is not its own, and bad arguments", async () => {
    await expect(provider.construct("mail", "ses-guard:index:Nothing", {}, {})).rejects.toThrow(/no resource of type/);
    await expect(provider.construct("mail", "ses-guard:index:ReputationAlarms", {}, {})).rejects.toThrow(
      /alarmTopicArn: missing/,
    );
  });
});
