import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KnownError } from "../../../../linter/io/errors";
import { mergeDocuments, readDocument } from "../../../../linter/sources/documents";
import type { ResourceRecord, StackRecords } from "../../../../policies/model/record";

const FIXTURES = join(__dirname, "..", "..", "..", "fixtures");
const BASE = "urn:pulumi:prod::mail::";
const ENGINE = {
  topic: `${BASE}aws:sns/topic:Topic::feedback`,
  example: `${BASE}aws:ses/domainIdentity:DomainIdentity::example`,
  old: `${BASE}aws:ses/domainIdentity:DomainIdentity::old`,
  external: `${BASE}aws:ses/domainIdentity:DomainIdentity::external`,
  queue: `${BASE}aws:sqs/queue:Queue::queue`,
  bounce: `${BASE}aws:ses/identityNotificationTopic:IdentityNotificationTopic::Bounce`,
};

function engine(name: string) {
  return readDocument(readFileSync(join(FIXTURES, "documents", "engine", `${name}.json`), "utf8"), `${name}.json`);
}

function read(content: unknown, name = "file.json") {
  return readDocument(JSON.stringify(content), name);
}

function find({ resources }: StackRecords, urn: string): ResourceRecord | undefined {
  const found = resources.filter((resource) => resource.urn === urn);
  expect(found.length).toBeLessThan(2);
  return found[0];
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(KnownError);
    expect((error as Error).message).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

const urn = (type: string, name: string) => `${BASE}${type}::${name}`;
const row = (name: string, rest: object = {}) => ({
  urn: urn("aws:sns/topic:Topic", name),
  type: "aws:sns/topic:Topic",
  custom: true,
  ...rest,
});
const state = (...resources: unknown[]) => ({ version: 3, deployment: { manifest: {}, resources } });
const step = (op: string, name: string, rest: object = {}) => ({
  op,
  urn: row(name).urn,
  newState: row(name),
  ...rest,
});

describe("a state", () => {
  test("gives a record per row, with the properties themselves", () => {
    const document = engine("state");
    expect(document).toMatchObject({ kind: "state", stack: "mail/prod", stacks: ["mail/prod"] });
    expect(document.resources).toHaveLength(9);
    expect(find(document, ENGINE.topic)).toMatchObject({
      type: "aws:sns/topic:Topic",
      stack: "mail/prod",
      id: "feedback-id",
      inputs: { name: "feedback-a" },
      outputs: { name: "feedback-a", arn: "arn:aws:sns:us-east-1:123456789012:feedback" },
      parent: `${BASE}pulumi:pulumi:Stack::mail-prod`,
      provider: `${BASE}pulumi:providers:aws::default_7_48_0`,
      propertyDependencies: { name: [] },
      position: { path: "index.js", line: 4 },
    });
    expect(find(document, ENGINE.external)?.external).toBe(true);
    expect(document.resources.filter(({ defect }) => defect !== undefined)).toEqual([]);
  });

  test("places what a package registers where the component around it is", () => {
    const inside = { parent: row("mail").urn, sourcePosition: "project:///node_modules/mail/index.js#7,5" };
    const document = read(state(row("mail", { sourcePosition: "project:///index.ts#3,1" }), row("topic", inside)));
    expect(find(document, row("topic").urn)?.position).toEqual({
      path: "index.ts",
      line: 3,
      column: 1,
      inner: { path: "node_modules/mail/index.js", line: 7, column: 5 },
    });
    expect(find(read(state(row("topic", inside))), row("topic").urn)?.position).toBeUndefined();
  });

  test("has its places where the project's sources stand", () => {
    const text = JSON.stringify(state(row("a", { sourcePosition: "project:///index.ts#3,1" })));
    const position = (roots: Record<string, string>) => readDocument(text, "s.json", roots).resources[0]?.position;
    expect(position({ mail: "infra/mail" })).toEqual({ path: "infra/mail/index.ts", line: 3, column: 1 });
    expect(position({ other: "infra/other" })?.path).toBe("index.ts");
  });

  test("is read without old copies that wait for their deletion; what waits alone is gone", () => {
    const document = read(
      state(row("a", { id: "new" }), row("a", { id: "old", delete: true }), row("b", { id: "b", delete: true })),
    );
    expect(document.resources.map(({ id, gone }) => [id, gone])).toEqual([
      ["new", undefined],
      ["b", true],
    ]);
    expect(document.resources.filter(({ defect }) => defect !== undefined)).toEqual([]);
  });

  test.each(["external", "retainOnDelete"])("is read without what the engine leaves behind (%s)", (key) => {
    expect(read(state(row("a"), row("b", { delete: true, [key]: true }))).resources).toHaveLength(1);
  });

  test("may be a checkpoint file", () => {
    const document = read({ version: 3, checkpoint: { stack: "prod", latest: { resources: [row("a")] } } });
    expect(document).toMatchObject({ kind: "state", stack: "mail/prod" });
    expect(document.resources).toHaveLength(1);
  });

  test("may be empty", () => {
    expect(read({ version: 3, deployment: { manifest: {} } })).toMatchObject({ resources: [], stacks: [] });
  });

  test("written by Go has null for an empty list", () => {
    const [record] = read(state(row("a", { propertyDependencies: { name: null, policy: ["urn"] } }))).resources;
    expect(record?.propertyDependencies).toEqual({ name: [], policy: ["urn"] });
    expect(record?.defect).toBeUndefined();
  });
});

describe("a preview", () => {
  test("of a new stack", () => {
    const text = readFileSync(join(FIXTURES, "recordings", "handled", "preview.json"), "utf8");
    const document = readDocument(text, "preview.json");
    expect(document).toMatchObject({
      kind: "preview",
      stack: "mail/handled",
      configRegion: "us-east-1",
      partial: false,
    });
    expect(document.resources).toHaveLength(8);
    expect(document.resources[2]).toMatchObject({
      inputs: { domain: "example.com" },
      provider: "urn:pulumi:handled::mail::pulumi:providers:aws::default_7_48_0",
      position: { path: "progs/handled.js", line: 4, column: 16 },
    });
    expect(document.resources[2]?.outputs).toBeUndefined();
  });

  test("keeps what it deletes as gone, with the last that is known of it", () => {
    const document = engine("preview-show-sames");
    expect(find(document, ENGINE.old)).toMatchObject({
      gone: true,
      id: "old-id",
      inputs: { domain: "old.example.com" },
      outputs: { arn: "arn:aws:ses:us-east-1:123456789012:old" },
    });
    expect([...document.removed]).toEqual([ENGINE.old]);
    expect(document.resources.filter(({ gone }) => gone)).toHaveLength(1);
    const destroyed = engine("preview-destroy").resources;
    expect(destroyed.length).toBeGreaterThan(0);
    expect(destroyed.filter(({ gone }) => !gone)).toEqual([]);
  });

  test.each([
    ["a resource that was only read", { op: "discard", urn: row("a").urn, oldState: row("a", { external: true }) }],
    ["a resource that is retained", { op: "delete", urn: row("a").urn, oldState: row("a", { retainOnDelete: true }) }],
  ])("that forgets %s has neither it nor its end", (_, forgotten) => {
    const document = read({ steps: [step("create", "b"), forgotten] });
    expect(document.resources.map(({ urn }) => urn)).toEqual([row("b").urn]);
    expect([...document.removed]).toEqual([row("a").urn]);
  });

  test("says what it creates; a resource that is replaced, imported or missed by a refresh was there before", () => {
    const created = ({ resources }: StackRecords) => resources.map((record) => record.created);
    expect(created(read({ steps: [step("create", "a")] }))).toEqual([true]);
    for (const op of ["create-replacement", "replace", "import", "update", "same"]) {
      expect([op, created(read({ steps: [step(op, "a")] }))]).toEqual([op, [undefined]]);
    }
    const missed = { op: "delete", urn: row("a").urn, oldState: row("a") };
    expect(created(read({ steps: [missed, step("create", "a")] }))).toEqual([undefined]);
  });

  test("counts more than it shows: partial", () => {
    expect(read({ steps: [step("create", "a")], changeSummary: { create: 2 } }).partial).toBe(true);
    expect(read({ steps: [step("create", "a")], changeSummary: { create: 1 } }).partial).toBe(false);
    expect(read({ changeSummary: { same: 1 } })).toMatchObject({ partial: true, stacks: [], resources: [] });
    for (const op of ["create", "update", "import", "replace", "read"]) {
      expect([op, read({ steps: [step(op, "a")], changeSummary: { [op]: 2 } }).omissions]).toEqual([op, ["cut"]]);
      expect([op, read({ steps: [step(op, "a")], changeSummary: { [op]: 1 } }).omissions]).toEqual([op, []]);
    }
    const deletion = { op: "delete", urn: row("a").urn, oldState: row("a") };
    expect(read({ steps: [deletion], changeSummary: { delete: 2, same: 1 } }).omissions).toEqual(["unchanged", "cut"]);
    expect(read({ steps: [deletion], changeSummary: { delete: 1 } }).omissions).toEqual([]);
    const replaced = [step("create-replacement", "a"), step("delete-replaced", "a")];
    expect(read({ steps: replaced, changeSummary: { replace: 1 } }).omissions).toEqual([]);
  });

  test("tells the configuration of the AWS packages, each with its own Region", () => {
    const config = {
      "aws:region": "eu-west-1",
      "aws-native:region": "us-east-1",
      "aws:allowedAccountIds": '["123456789012"]',
      "aws:secretKey": "[secret]",
      "mail:domain": "example.com",
    };
    expect(read({ config, steps: [step("create", "a")] })).toMatchObject({
      configRegion: "eu-west-1",
      configRegions: { aws: "eu-west-1", "aws-native": "us-east-1" },
      config: {
        "aws:region": "eu-west-1",
        "aws-native:region": "us-east-1",
        "aws:allowedAccountIds": ["123456789012"],
        "aws:secretKey": "[secret]",
      },
    });
    expect(read({ config: { "aws-native:region": "us-east-1" }, steps: [step("create", "a")] }).configRegion).toBe(
      undefined,
    );
  });

  test("keeps id and outputs of what stays the same", () => {
    expect(find(engine("preview-show-sames"), ENGINE.example)).toMatchObject({
      id: "example-id",
      inputs: { domain: "example.com" },
      outputs: { domain: "example.com", arn: "arn:aws:ses:us-east-1:123456789012:example" },
    });
  });

  test("keeps the computed outputs of an updated resource, none that its inputs set or set before", () => {
    const record = find(engine("preview-show-sames"), ENGINE.queue);
    expect(record).toMatchObject({ id: "queue-id", inputs: { messageRetentionSeconds: 1209600 } });
    expect(record?.outputs).toEqual({ arn: "arn:aws:sqs:us-east-1:123456789012:queue" });
  });

  test.each(["preview-show-sames", "preview-replacement-steps"])("%s: a replaced resource is new", (name) => {
    const record = find(engine(name), ENGINE.topic);
    expect(record?.inputs).toEqual({ name: "feedback-b" });
    expect(record?.id).toBeUndefined();
    expect(record?.outputs).not.toHaveProperty("arn");
    expect(record?.defect).toBeUndefined();
  });

  test("marks what is only read, with the outputs it had", () => {
    expect(find(engine("preview-partial"), ENGINE.external)).toMatchObject({ external: true, id: "elsewhere.example" });
    const [record] = read({ steps: [step("read", "a", { newState: row("a", { id: "x" }) })] }).resources;
    expect(record?.external).toBe(true);
  });

  test("is partial exactly when unchanged resources are counted and not shown", () => {
    expect(engine("preview-partial").partial).toBe(true);
    for (const name of ["preview-show-sames", "preview-refresh", "preview-refresh-only", "preview-destroy"]) {
      expect([name, engine(name).partial]).toEqual([name, false]);
    }
  });

  test("with a refresh says what comes after it", () => {
    const document = engine("preview-refresh");
    expect(find(document, ENGINE.topic)?.id).toBeUndefined();
    expect(document.resources.filter(({ defect }) => defect !== undefined)).toEqual([]);
    expect(find(engine("preview-refresh-only"), ENGINE.topic)).toMatchObject({ id: "feedback-id" });
  });

  test("in which a vanished resource is created again has that resource", () => {
    const document = read({ steps: [step("delete", "a", { newState: undefined }), step("create", "a")] });
    expect(document.resources).toHaveLength(1);
    expect(document.removed.size).toBe(0);
  });

  test("that finishes an old replacement keeps the resource", () => {
    const oldState = row("a", { delete: true });
    const document = read({ steps: [step("same", "a"), { op: "delete", urn: row("a").urn, oldState }] });
    expect(document.resources).toHaveLength(1);
    expect(document.removed.size).toBe(0);
  });

  test("with errors is refused, with the first error", () => {
    expect(messageOf(() => engine("preview-error"))).toMatch(
      /^preview-error\.json: the preview failed with an error \(error: Running program .*\); make it succeed/,
    );
  });

  test("with warnings is read", () => {
    expect(
      read({ steps: [step("create", "a")], diagnostics: [{ severity: "warning", message: "x" }] }).resources,
    ).toHaveLength(1);
  });

  test("hides a Region that is not known", () => {
    const config = { "aws:region": "[secret]" };
    expect(read({ config, steps: [step("create", "a")] }).configRegion).toBeUndefined();
  });
});

describe("several documents", () => {
  test("a state and a preview of one stack are one, by URN, preview on top", () => {
    for (const documents of [
      [engine("state"), engine("preview-partial")],
      [engine("preview-partial"), engine("state")],
    ]) {
      const [view, ...others] = mergeDocuments(documents);
      expect(others).toEqual([]);
      expect(view?.partial).toBeFalsy();
      expect(view?.configRegion).toBe("us-east-1");
      expect(find(view as StackRecords, ENGINE.old)).toMatchObject({ gone: true, id: "old-id" });
      expect(find(view as StackRecords, ENGINE.example)?.id).toBe("example-id");
      expect(find(view as StackRecords, ENGINE.topic)?.inputs).toEqual({ name: "feedback-b" });
      expect(find(view as StackRecords, `${BASE}pulumi:providers:aws::default_7_48_0`)?.inputs).toMatchObject({
        region: "us-east-1",
      });
      expect(view?.resources).toHaveLength(9);
    }
  });

  test("a partial preview merged with its state equals the complete preview", () => {
    const facts = (resources: ResourceRecord[] | undefined) =>
      (resources ?? [])
        .filter(({ type }) => !type.startsWith("pulumi:"))
        .map(({ urn, inputs, external }) => ({ urn, inputs, external }))
        .sort((a, b) => (a.urn < b.urn ? -1 : 1));
    const merged = mergeDocuments([engine("state"), engine("preview-partial")])[0]?.resources;
    expect(facts(merged)).toEqual(facts(engine("preview-show-sames").resources));
  });

  test("of several stacks stay apart", () => {
    const other = { urn: "urn:pulumi:test::mail::a:b/c:D::x", type: "a:b/c:D" };
    expect(mergeDocuments([read(state(row("a"))), read(state(other))]).map(({ stacks }) => stacks)).toEqual([
      ["mail/prod"],
      ["mail/test"],
    ]);
  });

  test("a deletion without the old state is completed from the state beside it", () => {
    const preview = read({ steps: [step("same", "b"), { op: "delete", urn: row("a").urn }] });
    const [view] = mergeDocuments([read(state(row("a", { id: "x", inputs: { name: "a" } }), row("b"))), preview]);
    expect(find(view as StackRecords, row("a").urn)).toMatchObject({ gone: true, id: "x", inputs: { name: "a" } });
  });

  test("a state that lacks what the preview leaves out leaves it partial", () => {
    const preview = read({ steps: [step("create", "b")], changeSummary: { same: 2, create: 1 } });
    expect(mergeDocuments([preview, read(state(row("c"), row("d")))])[0]?.partial).toBe(false);
    expect(mergeDocuments([preview, read(state(row("c")))])[0]?.partial).toBe(true);
    expect(mergeDocuments([preview, read(state(row("c"), row("e", { delete: true })))])[0]?.partial).toBe(true);
  });

  test("a partial preview says nothing of another stack", () => {
    const other = { urn: "urn:pulumi:test::mail::a:b/c:D::x", type: "a:b/c:D" };
    const views = mergeDocuments([
      read(state(other)),
      read({ steps: [step("create", "a")], changeSummary: { same: 2, create: 1 } }),
      read({ changeSummary: { same: 1 } }),
    ]);
    expect(views.map(({ stacks, partial }) => [stacks, partial ?? false])).toEqual(
      expect.arrayContaining([
        [["mail/test"], false],
        [["mail/prod"], true],
        [[], true],
      ]),
    );
  });

  test("that hold one URN and are of two stacks are refused", () => {
    const foreign = { urn: "urn:pulumi:test::mail::a:b/c:D::x", type: "a:b/c:D" };
    const documents = [read(state(row("a"), foreign), "one.json"), read(state(foreign), "two.json")];
    expect(messageOf(() => mergeDocuments(documents))).toBe(
      `one.json and two.json both hold ${foreign.urn}, and are of two stacks; give one of them`,
    );
  });

  test("of two stacks may both have rows without a URN", () => {
    const foreign = { urn: "urn:pulumi:test::mail::a:b/c:D::x", type: "a:b/c:D" };
    expect(mergeDocuments([read(state(row("a"), 7)), read(state(foreign, 7))])).toHaveLength(2);
  });

  test("two previews of one stack are refused", () => {
    const documents = ["one.json", "two.json"].map((name) => read({ steps: [step("create", "a")] }, name));
    expect(messageOf(() => mergeDocuments(documents))).toBe(
      "one.json and two.json are both a preview of mail/prod; give one of them",
    );
  });

  test("of one kind and one stack are refused", () => {
    const documents = [read(state(row("a")), "one.json"), read(state(row("a")), "two.json")];
    expect(messageOf(() => mergeDocuments(documents))).toBe(
      "one.json and two.json are both a state of mail/prod; give one of them",
    );
  });
});

describe("an odd resource", () => {
  const oddOf = (resource: unknown) => read(state(row("sound"), resource)).resources[1];

  test.each([
    ["not an object", 7, "it is a number, not an object"],
    ["null", null, "it is null, not an object"],
    ["without URN", { type: "a:b:C" }, "it has no URN"],
    ["with a number as URN", { urn: 5, type: "a:b:C" }, "its urn is a number, not a string"],
  ])("%s gets a name from its place", (_, resource, defect) => {
    expect(oddOf(resource)).toMatchObject({ urn: "resource[1]", stack: "mail/prod", defect });
  });

  test.each(["nonsense", "urn:pulumi:prod", "urn:pulumi:prod::mail::", "urn:pulumi:prod::mail::a:b:C", `${BASE}::x`])(
    "a broken URN (%s) is kept as it is",
    (broken) => {
      expect(oddOf({ urn: broken, type: "a:b:C" })).toMatchObject({ urn: broken, defect: "its URN is broken" });
    },
  );

  test("without type has that of its URN", () => {
    expect(oddOf(row("a", { type: undefined }))).toMatchObject({
      type: "aws:sns/topic:Topic",
      defect: "it has no type",
    });
  });

  test.each([
    ["inputs", "text", "its inputs is a string, not an object"],
    ["inputs", [], "its inputs is an array, not an object"],
    ["outputs", 1, "its outputs is a number, not an object"],
    ["parent", {}, "its parent is an object, not a string"],
    ["provider", [], "its provider is an array, not a string"],
    ["external", "true", "its external is a string, not true or false"],
    ["delete", "true", "its delete is a string, not true or false"],
    ["propertyDependencies", { a: "x" }, "its propertyDependencies is an object, not lists of URNs by property"],
    ["propertyDependencies", { a: [1] }, "its propertyDependencies is an object, not lists of URNs by property"],
  ])("with %s %j has none of it", (key, value, defect) => {
    const record = oddOf(row("a", { [key]: value }));
    expect(record?.defect).toBe(defect);
    expect(record).toMatchObject({ urn: row("a").urn, type: "aws:sns/topic:Topic" });
    expect((record as unknown as Record<string, unknown>)[key]).toBeUndefined();
  });

  test("of another type than its URN says", () => {
    expect(oddOf(row("a", { type: "aws:sqs/queue:Queue" }))?.defect).toBe("its type is not the one in its URN");
    expect(oddOf(row("a", { type: "Topic" }))?.defect).toBe("its type is not the one in its URN");
    const nested = { urn: `${BASE}a:b:C$aws:sns/topic:Topic::n`, type: "aws:sns/topic:Topic" };
    expect(oddOf(nested)?.defect).toBeUndefined();
  });

  test("of another stack stays with the document's", () => {
    const foreign = { urn: "urn:pulumi:test::mail::a:b/c:D::x", type: "a:b/c:D" };
    expect(oddOf(foreign)).toMatchObject({ stack: "mail/prod", defect: "its URN is of another stack" });
  });

  test.each([
    [{ pendingReplacement: true }, "a replacement was interrupted after it deleted it and before it made it again"],
    [{ initErrors: ["late"] }, "its creation or last update failed in part, so which of its values hold is not known"],
    [{ taint: true }, "it is tainted, so the next update replaces it, and what AWS answers for it then is not known"],
    [{ taint: false }, undefined],
    [{ initErrors: [] }, undefined],
  ])("with %j", (rest, defect) => {
    expect(oddOf(row("a", rest))?.defect).toBe(defect);
  });

  test.each([
    ["updating", "an update was interrupted while it changed it, so which of its values hold is not known"],
    ["deleting", "an update was interrupted while it deleted it, so whether it is still there is not known"],
    ["transmogrifying", "an update was interrupted in an operation on it that is not known"],
    ["reading", undefined],
  ])("with an operation that did not end: %s", (type, defect) => {
    const pending_operations = [{ type, resource: row("a") }];
    const { resources } = read({ deployment: { manifest: {}, resources: [row("a")], pending_operations } });
    expect(resources.map((record) => [record.defect, record.external])).toEqual([[defect, undefined]]);
  });

  test("that was being created may be there: it supplies a name and is judged for nothing", () => {
    const pending_operations = [{ type: "creating", resource: row("a") }];
    expect(read({ deployment: { manifest: {}, pending_operations } }).resources).toMatchObject([
      {
        urn: row("a").urn,
        external: true,
        defect: "an update was interrupted while it created it, so whether it is there is not known",
      },
    ]);
  });

  test("twice in a state is one resource", () => {
    const document = read(state(row("a", { id: "1" }), row("a", { id: "2" })));
    expect(document.resources).toHaveLength(1);
    expect(document.resources[0]?.defect).toBe("the document has two resources with this URN");
  });

  test.each([
    ["a step that is no object", "x", "it is a string, not an object"],
    ["an operation nobody knows", step("transmogrify", "a"), "its step has an operation that is not known"],
    [
      "an operation of the wrong type",
      { ...step("same", "a"), op: ["delete"] },
      "its step has an operation that is not known",
    ],
    ["a step without the new state", step("create", "a", { newState: undefined }), "its step has no newState"],
    ["a step with another URN", { ...step("create", "a"), urn: row("b").urn }, "its step has another URN"],
    ["a deletion of nothing", { op: "delete" }, "its step has an operation that is not known"],
  ])("%s", (_, broken, defect) => {
    const { resources } = read({ steps: [step("create", "sound"), broken] });
    expect(resources.map((record) => record.defect)).toEqual([undefined, defect]);
  });

  test("twice in a preview", () => {
    const { resources } = read({ steps: [step("create", "a"), step("create", "a")] });
    expect(resources.map((record) => record.defect)).toEqual(["the document has two steps of this kind with this URN"]);
  });
});

test.each([0, 5, 99, 3.5])("a state of version %d is refused", (version) => {
  expect(messageOf(() => read({ ...state(row("a")), version }))).toBe(
    `file.json: its version is ${version}, and only versions 1 to 4 are known; use a newer ses-guard`,
  );
  expect(messageOf(() => read({ version, checkpoint: { latest: { resources: [row("a")] } } }))).toContain(
    "its version",
  );
});

describe("JSON of another kind", () => {
  test.each([
    ["an array", [], "found an array"],
    ["null", null, "found null"],
    ["a string", "x", "found a string"],
    ["nothing in it", {}, "found an empty object"],
    ["CloudFormation", { AWSTemplateFormatVersion: "2010-09-09", Resources: {} }, "found a CloudFormation template"],
    ["a Terraform state", { version: 4, terraform_version: "1.9.0", resources: [] }, "found a Terraform state"],
    ["a Terraform plan", { format_version: "1.2", planned_values: {} }, "found a Terraform plan"],
    ["a report", { version: 1, tool: {}, findings: [] }, "found a report of ses-guard"],
    ["one engine event", { sequence: 0, timestamp: 1, preludeEvent: {} }, "found a stream of engine events"],
    ["anything", { name: "x", "\u001b[31m": 1 }, "found an object with the keys name, \\u{1b}[31m"],
    ["a deployment of something else", { deployment: { replicas: 1 } }, "found an object with the keys deployment"],
    ["steps of something else", { steps: [{ run: "npm ci" }] }, "none of its steps has a Pulumi URN"],
    [
      "resources of something else",
      { deployment: { resources: [{ kind: "Pod" }] } },
      "none of its resources has a Pulumi URN",
    ],
    ["a wrong deployment", { deployment: [] }, "`deployment` is an array, not an object"],
    ["no deployment", { deployment: null }, "`deployment` is null, not an object"],
    ["wrong resources", { deployment: { resources: {} } }, "`deployment.resources` is an object, not an array"],
    ["a wrong checkpoint", { checkpoint: { latest: 1 } }, "`latest` is a number, not an object"],
    ["wrong steps", { steps: "none" }, "`steps` is a string, not an array"],
    ["wrong diagnostics", { steps: [], diagnostics: {} }, "`diagnostics` is an object, not an array"],
    ["a wrong summary", { steps: [], changeSummary: { same: "2" } }, "`same` is a string, not a number"],
    ["a wrong configuration", { steps: [], config: 5 }, "`config` is a number, not an object"],
  ])("%s", (_, content, expected) => {
    const message = messageOf(() => read(content));
    expect(message).toMatch(/^file\.json: /);
    expect(message).toContain(expected);
    expect(message).toContain("expected what `pulumi stack export` or `pulumi preview --json` writes");
  });

  test("a stream of engine events", () => {
    const text = '{"sequence":0,"timestamp":1,"preludeEvent":{}}\n{"sequence":1,"timestamp":2}\n';
    expect(messageOf(() => readDocument(text, "up.json"))).toContain("found a stream of engine events, one per line");
  });

  test("a member called __proto__ is data", () => {
    expect(messageOf(() => readDocument('{"__proto__": {"deployment": {"resources": []}}}', "file.json"))).toContain(
      "found an object with the keys __proto__",
    );
    const [record] = readDocument(
      `{"deployment": {"resources": [{"urn": "${row("a").urn}", "type": "t", "__proto__": {"external": true}, "inputs": {"__proto__": {"x": 1}}}]}}`,
      "file.json",
    ).resources;
    expect(record?.external).toBeUndefined();
    expect(Object.keys(record?.inputs ?? {})).toEqual(["__proto__"]);
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

describe("text that is not JSON", () => {
  test.each([
    ["", ": the file is empty"],
    [" \n\t", ": the file is empty"],
    ['{"steps": [', ":1:12: the JSON ends too early"],
    ['{"steps": [\n  {"op": "crea', ":2:15: the JSON ends too early"],
    ['{"steps": tr', ":1:13: the JSON ends too early"],
    ['{"steps": [1 2]}', ":1:14: not valid JSON"],
    ['{"steps": tru}', ":1:11: not valid JSON"],
    ['{"a": 1,}', ":1:9: not valid JSON"],
    ['{"a": "\u0001"}', ":1:7: not valid JSON"],
    ['{"a": "\\x"}', ":1:7: not valid JSON"],
    ["{a: 1}", ":1:2: not valid JSON"],
    ["{'a': 1}", ":1:2: not valid JSON"],
    ['{"a" 1}', ":1:6: not valid JSON"],
    ['{"a": 01}', ":1:8: not valid JSON"],
    ['{"a": 1}\n}', ":2:1: not valid JSON"],
    ["[1}", ":1:3: not valid JSON"],
    ["Previewing update (prod)", ":1:1: not valid JSON"],
  ])("%j", (text, expected) => {
    expect(messageOf(() => readDocument(text, "file.json"))).toContain(`file.json${expected}`);
  });

  test("never quotes the text", () => {
    expect(messageOf(() => readDocument('{"password": "hunter2" x}', "file.json"))).not.toContain("hunter2");
  });
});

test("100,000 levels of nesting are read", () => {
  const depth = 100_000;
  const nested = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  const text = `{"deployment": {"resources": [{"urn": "${row("a").urn}", "type": "t", "inputs": ${nested}, "outputs": ${"[".repeat(depth)}${"]".repeat(depth)}}]}}`;
  const [record] = readDocument(text, "file.json").resources;
  expect(record?.inputs).toHaveProperty("a");
  expect(record?.defect).toBe("its outputs is an array, not an object");
  expect(messageOf(() => readDocument(nested.slice(0, -1), "file.json"))).toContain("the JSON ends too early");
});
