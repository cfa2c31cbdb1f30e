import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KnownError } from "../../../../linter/io/errors";
import { buildReport } from "../../../../linter/report/build";
import { mergeDocuments, readDocument } from "../../../../linter/sources/documents";
import { DEFAULT_CONFIG } from "../../../../policies/config";
import { nameOf, type ResourceRecord } from "../../../../policies/model/record";

const FOLDER = join(__dirname, "..", "..", "..", "fixtures", "documents", "engine");

function engine(name: string) {
  return readDocument(readFileSync(join(FOLDER, `${name}.json`), "utf8"), `${name}.json`);
}

/** Type and name, short: `Topic feedback`. */
function short({ urn, type }: ResourceRecord): string {
  return `${type.slice(type.lastIndexOf(":") + 1)} ${nameOf(urn)}`;
}

const namesOf = (resources: readonly ResourceRecord[] | undefined, type = "") =>
  (resources ?? [])
    .filter((record) => !record.gone && !record.type.startsWith("pulumi:"))
    .map(short)
    .filter((name) => name.startsWith(type))
    .sort();

const recorded = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(FOLDER, name)).map((file) => `${name}/${file}`))
  .filter((file) => file.endsWith(".json") && !file.startsWith("diagnostics/") && !file.includes("protected"))
  .map((file) => file.replace(/\.json$/, ""));

const INTERRUPTED = ["interrupted/state-pending-create", "interrupted/state-pending-replacement"];
const DOUBTFUL = [...INTERRUPTED, "unhealthy/state-init-errors", "unhealthy/state-taint"];

test.each(recorded)("%s is sound, whole where the engine wrote it whole, and of one stack", (name) => {
  const document = engine(name);
  const defects = document.resources.filter(({ defect }) => defect !== undefined);
  expect(defects).toHaveLength(DOUBTFUL.includes(name) ? 1 : 0);
  expect(new Set(document.resources.map(({ stack }) => stack))).toEqual(new Set([document.stack]));
  const leavesOut = /partial\/preview-(adds|deletes)$|preview-partial$|^target\/preview/.test(name);
  expect(document.partial ?? false).toBe(leavesOut);
});

describe("a rename with an alias", () => {
  const identities = (resources: readonly ResourceRecord[] | undefined) => namesOf(resources, "EmailIdentity");

  test("in a preview is the resource with its new name, and what the old one answered", () => {
    const { resources, renamed } = engine("alias-rename/preview");
    expect(identities(resources)).toEqual(["EmailIdentity newsletter"]);
    expect(resources.find(({ urn }) => urn.endsWith("::newsletter"))).toMatchObject({ id: "example.com" });
    expect([...renamed].map((urns) => urns.map(nameOf))).toEqual([["mail", "newsletter"]]);
  });

  test("and the state before it are one resource", () => {
    const [view, ...others] = mergeDocuments([engine("alias-rename/state-before"), engine("alias-rename/preview")]);
    expect(others).toEqual([]);
    expect(identities(view?.resources)).toEqual(["EmailIdentity newsletter"]);
  });

  test("that a partial preview does not show stays with the state's name", () => {
    const documents = [engine("alias-rename/state-before"), engine("alias-rename/preview-partial")];
    const [view] = mergeDocuments(documents);
    expect(identities(view?.resources)).toEqual(["EmailIdentity mail"]);
    expect(view?.partial).toBe(false);
  });

  test("takes along what the state says by the old URN", () => {
    const before = engine("alias-rename/state-before");
    const full = JSON.parse(readFileSync(join(FOLDER, "alias-rename/preview.json"), "utf8"));
    const steps = full.steps.filter(({ urn }: { urn: string }) => urn.endsWith("::newsletter"));
    const partial = readDocument(JSON.stringify({ ...full, steps }), "preview.json");
    const [view] = mergeDocuments([before, partial]);
    const notification = view?.resources.find(({ urn }) => urn.endsWith("::Bounce"));
    expect(notification?.propertyDependencies?.identity?.map(nameOf)).toEqual(["newsletter"]);
  });
});

describe("--target and --exclude", () => {
  test("leave creations out: they have no record, and the stack is partial", () => {
    const { resources, untargeted, partial } = engine("target/preview-target");
    expect(namesOf(resources)).toEqual(["Queue queue"]);
    expect(untargeted?.map(nameOf).sort()).toEqual(["Bounce", "Complaint", "feedback", "mail"]);
    expect(partial).toBe(true);
  });

  test("keep what they create", () => {
    const { resources, untargeted } = engine("target/preview-exclude");
    expect(namesOf(resources)).toEqual(["Queue queue", "Topic feedback"]);
    expect(untargeted?.map(nameOf).sort()).toEqual(["Bounce", "Complaint", "mail"]);
  });

  test("leave the stack partial beside its state too: the state has none of them", () => {
    const [view] = mergeDocuments([engine("target/state"), engine("target/preview-target")]);
    expect(view?.partial).toBe(true);
    expect(view?.untargeted).toHaveLength(4);
    expect(namesOf(view?.resources)).toEqual(["Queue queue"]);
  });
});

describe("a deletion", () => {
  test.each([
    ["topic", "Topic feedback"],
    ["queue", "Queue feedback"],
    ["set", "ConfigurationSet mail"],
  ])("of a %s is gone, alone and beside the state", (name, expected) => {
    const preview = engine(`deleted-under-users/preview-${name}`);
    const [merged] = mergeDocuments([engine("deleted-under-users/state"), preview]);
    for (const resources of [preview.resources, merged?.resources ?? []]) {
      const gone = resources.filter((record) => record.gone);
      expect(gone.map(short)).toEqual([expected]);
      expect(gone[0]?.outputs).toHaveProperty("arn");
    }
  });

  test("is shown by a partial preview", () => {
    const { resources } = engine("partial/preview-deletes");
    expect(resources.filter(({ gone }) => gone).map(short)).toEqual([
      "IdentityNotificationTopic Complaint",
      "IdentityNotificationTopic Bounce",
    ]);
  });

  test("of what is retained takes it out of view and ends nothing", () => {
    const { resources, removed } = engine("kept/preview-retained");
    expect(resources.filter(({ gone }) => gone)).toEqual([]);
    expect(removed.size).toBe(3);
    const [view] = mergeDocuments([engine("kept/state"), engine("kept/preview-retained")]);
    expect(namesOf(view?.resources)).toEqual(namesOf(engine("kept/state-retained").resources));
  });
});

test("a created resource is marked in a partial preview", () => {
  const created = engine("partial/preview-adds").resources.filter((record) => record.created);
  expect(created.map(short)).toEqual(["EmailIdentity bare"]);
});

test.each(["adds", "deletes"])("a partial preview that %s something is whole beside its state", (name) => {
  const [view] = mergeDocuments([engine("partial/state"), engine(`partial/preview-${name}`)]);
  expect(view?.partial).toBe(false);
  expect(namesOf(view?.resources)).toEqual(namesOf(engine(`partial/preview-${name}-show-sames`).resources));
});

describe("an interrupted update", () => {
  test("may have created what it was about to", () => {
    const { resources } = engine("interrupted/state-pending-create");
    const [identity] = resources.filter(({ type }) => type.endsWith("EmailIdentity"));
    expect(identity).toMatchObject({
      external: true,
      defect: "an update was interrupted while it created it, so whether it is there is not known",
    });
  });

  test("in a replacement leaves nothing of the old resource", () => {
    const { resources } = engine("interrupted/state-pending-replacement");
    const [topic] = resources.filter(({ type }) => type.endsWith(":Topic"));
    expect(topic?.external).toBeUndefined();
    expect(topic?.defect).toBe("a replacement was interrupted after it deleted it and before it made it again");
  });

  test("is no doubt once a preview says what comes next", () => {
    const documents = [engine("interrupted/state-pending-replacement"), engine("interrupted/preview-after")];
    const [view] = mergeDocuments(documents);
    expect(view?.resources.filter(({ defect }) => defect !== undefined)).toEqual([]);
  });
});

test.each(["diagnostics/preview-refused", "diagnostics/preview-throws", "kept/preview-protected"])(
  "%s failed, and is refused",
  (name) => {
    expect(() => engine(name)).toThrow(KnownError);
  },
);

test("the checkpoint that an SST app keeps is the state of its stage, secrets left out", () => {
  const document = engine("sst/production");
  expect(document).toMatchObject({ kind: "state", stack: "mail/production" });
  expect(namesOf(document.resources)).toEqual([
    "ConfigurationSet SenderConfig",
    "DomainIdentity Heard",
    "Email Sender",
    "EmailIdentity SenderIdentity",
    "IdentityNotificationTopic Bounce",
    "IdentityNotificationTopic Complaint",
    "SnsTopic Feedback",
    "Topic FeedbackTopic",
    "TopicSubscription Webhook",
  ]);
  const { findings } = buildReport([document], DEFAULT_CONFIG, { today: "2026-01-01", version: "test" });
  const unhandled = findings.filter(({ rule }) => rule === "bounce-handling" || rule === "complaint-handling");
  expect(unhandled.map(({ rule, verdict, identity }) => [rule, verdict, identity])).toEqual([
    ["bounce-handling", "violation", "example.com"],
    ["complaint-handling", "violation", "example.com"],
  ]);
  expect(JSON.stringify(document)).not.toContain("not-to-be-seen");
});
