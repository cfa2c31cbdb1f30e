import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mergeDocuments, readDocument } from "../../../linter/sources/documents";
import { DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import type { ResourceRecord, StackRecords } from "../../../policies/model/record";
import { SECRET_SIGNATURE, SIGNATURE_KEY, toValue, UNKNOWN, UNKNOWN_STRING } from "../../../policies/model/value";
import { rules } from "../../../policies/rules";
import { packFolder, root } from "../../support/engine";
import { type Diagnostic, PackProcess, type WireResource } from "../../support/wire";

const fixtures = join(root, "test", "fixtures");

/**
 * What the engine would send. A state has answers; a preview knows of a resource only what the program declares, and
 * of what the provider computes that it is not known yet.
 */
function toWire(views: readonly StackRecords[]): WireResource[] {
  const resources = views.flatMap((view) => view.resources);
  const providers = new Map(
    resources.filter(({ type }) => type.startsWith("pulumi:providers:")).map((one) => [one.urn, one]),
  );
  const region = views[0]?.configRegion;
  return resources
    .filter(({ type }) => !type.startsWith("pulumi:providers:"))
    .map((resource) => ({
      type: resource.type,
      urn: resource.urn,
      properties: properties(resource),
      propertyDependencies: resource.propertyDependencies,
      dependencies: Object.values(resource.propertyDependencies ?? {}).flat(),
      parent: resource.parent,
      provider:
        resource.provider === undefined
          ? undefined
          : { urn: resource.provider, properties: { region: regionOf(providers.get(resource.provider)) ?? region } },
    }));
}

function regionOf(provider: ResourceRecord | undefined): unknown {
  return provider?.outputs?.region ?? provider?.inputs?.region;
}

function properties({ type, inputs, outputs }: ResourceRecord): Record<string, unknown> {
  const computed = type === "pulumi:pulumi:Stack" ? {} : { arn: UNKNOWN_STRING, tagsAll: UNKNOWN_STRING };
  const shown = outputs !== undefined && Object.keys(outputs).length > 0 ? outputs : { ...computed, ...inputs };
  return mask(shown) as Record<string, unknown>;
}

/** The wire has one form for what is not known; documents have several. */
function mask(value: unknown): unknown {
  if (toValue(value) === UNKNOWN) return UNKNOWN_STRING;
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner)]));
}

function load(...path: string[]): StackRecords[] {
  const folder = join(fixtures, ...path.slice(0, -1));
  const files = readdirSync(folder).filter((file) => file.startsWith(path.at(-1) as string) && file.endsWith(".json"));
  return mergeDocuments(files.map((file) => readDocument(readFileSync(join(folder, file), "utf8"), file)));
}

/** `rule urn`, for what blocks or advises; doubts are the last policy's. */
function told(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter(({ policy }) => policy !== "unverified")
    .map(({ policy, urn, level }) => `${policy} ${level} ${urn}`)
    .sort();
}

function expected(views: readonly StackRecords[], config = DEFAULT_CONFIG): string[] {
  const levels = new Map(rules.map(({ meta }) => [meta.id, meta.level]));
  return evaluate(views, config, "2026-11-23")
    .findings.filter(({ verdict, waived }) => verdict === "violation" && waived === null)
    .map(({ rule, urn }) => `${rule} ${levels.get(rule)} ${urn ?? ""}`)
    .sort();
}

const documents = ["corpus", "recordings"].flatMap((kind) =>
  readdirSync(join(fixtures, kind)).flatMap((name) =>
    ["state", "preview"]
      .filter((form) => existsSync(join(fixtures, kind, name, `${form}.json`)))
      .map((form) => [kind, name, form] as const),
  ),
);

describe("the pack over its wire protocol", () => {
  let folder: string;
  let pack: PackProcess;

  beforeAll(async () => {
    folder = packFolder();
    pack = await PackProcess.start(folder);
  });

  afterAll(async () => {
    await pack.stop();
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => pack.configure({}));

  test.each(documents)("%s/%s: the %s is judged as the linter judges it", async (...path) => {
    const views = load(...path);
    const diagnostics = await pack.analyzeStack(toWire(views));
    expect(told(diagnostics)).toEqual(expected(views));
  });

  test("every rule is a policy with all its metadata; settings come first, unverified last", async () => {
    const { policiesList } = await pack.info();
    expect(policiesList.map(({ name }) => name)).toEqual(["settings", ...rules.map(({ meta }) => meta.id)]);
    expect(policiesList.at(-1)?.name).toBe("unverified");
    for (const { meta } of rules) {
      const policy = policiesList.find(({ name }) => name === meta.id);
      expect(policy).toMatchObject({ description: meta.summary, remediationSteps: meta.fix, url: meta.url });
      expect(policy?.severity).toBe({ low: 1, medium: 2, high: 3, critical: 4 }[meta.severity]);
      expect(policy?.enforcementlevel).toBe(meta.level === "mandatory" ? 1 : 0);
      expect(policy?.framework?.reference).toMatch(/^F\d+/);
      expect(policy?.tagsList).toContain("amazon-ses");
    }
  });

  test("a message carries the remedy and the page, which the command line does not print", async () => {
    const [first] = await pack.analyzeStack(toWire(load("corpus", "domain-only", "state")));
    expect(first?.message).toContain("Nobody receives the bounces of example.com (us-east-1)");
    expect(first?.message).toContain("Send bounces to an SNS topic");
    expect(first?.message).toContain("docs/rules/bounce-handling.md");
  });

  test("what waits for the deployment is one line", async () => {
    const diagnostics = await pack.analyzeStack(toWire(load("recordings", "handled", "preview")));
    const doubts = diagnostics.filter(({ policy }) => policy === "unverified");
    expect(doubts).toHaveLength(1);
    expect(doubts[0]?.message).toMatch(/1 check waits for values that this deployment creates \(queue-policy\)\./);
    expect(doubts[0]?.level).toBe("advisory");
  });

  test("settings reach the rules, and levels are Pulumi's", async () => {
    const views = load("corpus", "domain-only", "state");
    await pack.configure({
      settings: { properties: { emailForwarding: "accept" } },
      "dkim-signing": { level: "disabled" },
    });
    expect(told(await pack.analyzeStack(toWire(views)))).toEqual([]);
    await pack.configure({
      "bounce-handling": { level: "advisory" },
      "complaint-handling": { level: "disabled" },
      "dkim-signing": { level: "disabled" },
    });
    const [only, ...others] = await pack.analyzeStack(toWire(views));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ policy: "bounce-handling", level: "advisory" });
  });

  test("an exception is honoured, and one that expired is not", async () => {
    const views = load("corpus", "domain-only", "state");
    const exception = (rule: string, expires: string) => ({
      rule,
      identity: "example.com",
      reason: "never sends",
      expires,
    });
    const exceptions = [exception("bounce-handling", "2999-01-01"), exception("complaint-handling", "2020-01-01")];
    await pack.configure({ settings: { properties: { exceptions } } });
    const policies = (await pack.analyzeStack(toWire(views))).map(({ policy }) => policy);
    expect(policies.sort()).toEqual(["complaint-handling", "dkim-signing", "stale-override"]);
  });

  test.each([
    ["advisory", { emailForwardng: "accept" }, /emailForwardng.*did you mean emailForwarding/],
    [
      "mandatory",
      { exceptions: [{ rule: "bounce-handeling", identity: "a.example", reason: "x" }] },
      /did you mean bounce-handling/,
    ],
    ["mandatory", { intendedOverrides: [{ identity: "a@a.example", reason: "x", expires: "2027-02-30" }] }, /expires/],
  ] as const)("invalid settings fail the run, also at level %s: %j", async (level, properties, says) => {
    await pack.configure({ settings: { level, properties } });
    const [first, ...others] = (await pack.analyzeStack([])).filter(({ policy }) => policy === "settings");
    expect(first).toMatchObject({ level: "mandatory", message: expect.stringMatching(says) });
    expect(others).toEqual([]);
  });

  test("nothing survives from one analysis to the next", async () => {
    const views = load("corpus", "domain-only", "state");
    await pack.configure({
      settings: { properties: { emailForwarding: "accept" } },
      "dkim-signing": { level: "disabled" },
    });
    expect(told(await pack.analyzeStack(toWire(views)))).toEqual([]);
    await pack.configure({ settings: { level: "disabled" } });
    expect(told(await pack.analyzeStack(toWire(views)))).toEqual(expected(views));
    expect(told(await pack.analyzeStack([]))).toEqual([]);
  });

  test("analyses at the same time do not mix", async () => {
    const all = documents.map((path) => load(...path));
    const answers = await Promise.all(all.map((views) => pack.analyzeStack(toWire(views))));
    answers.forEach((diagnostics, index) => {
      expect(told(diagnostics)).toEqual(expected(all[index] as StackRecords[]));
    });
  });

  test("an unknown topic whose input stands in the program is found by its dependency", async () => {
    const views = load("recordings", "configuration-set", "preview");
    const diagnostics = await pack.analyzeStack(toWire(views));
    expect(diagnostics.map(({ policy }) => policy)).toContain("topic-encryption");
  });

  test("a secret's value is in no message", async () => {
    const [view] = load("recordings", "configuration-set", "state");
    const wire = toWire([view as StackRecords]);
    const secret = "https://hooks.example.com/ses?token=not-a-real-token";
    for (const { type, properties } of wire) if (type.includes("topicSubscription")) properties.endpoint = secret;
    const diagnostics = await pack.analyzeStack(wire);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(JSON.stringify(diagnostics)).not.toContain("not-a-real-token");
  });

  describe("a domain that the program keeps as a secret", () => {
    const type = "aws:ses/domainIdentity:DomainIdentity";
    const urn = `urn:pulumi:prod::mail::${type}::mail`;
    const secret = (value: unknown) => ({ [SIGNATURE_KEY]: SECRET_SIGNATURE, value });
    const hidden = "hidden.example";
    const domain = { type, urn, properties: { domain: secret(hidden), arn: `arn:aws:ses:eu-west-1:1:identity/x` } };
    const setting = (properties: Record<string, unknown>): WireResource => ({
      type: "aws:ses/identityNotificationTopic:IdentityNotificationTopic",
      urn: "urn:pulumi:prod::mail::aws:ses/identityNotificationTopic:IdentityNotificationTopic::Bounce",
      properties,
    });

    test("is called by the resource's name, and judged", async () => {
      const diagnostics = await pack.analyzeStack([domain]);
      expect(diagnostics.map(({ policy }) => policy)).toEqual(
        expect.arrayContaining(["bounce-handling", "complaint-handling"]),
      );
      const [bounces] = diagnostics.filter(({ policy }) => policy === "bounce-handling");
      expect(bounces?.message).toContain("bounces of mail");
      expect(JSON.stringify(diagnostics)).not.toContain(hidden);
    });

    test("is as unknown as in a document, where settings may be its own", async () => {
      const notification = setting({
        identity: secret(hidden),
        notificationType: "Bounce",
        topicArn: secret([hidden]),
      });
      const diagnostics = await pack.analyzeStack([domain, notification]);
      const rules = diagnostics.map(({ policy }) => policy);
      expect(rules).toContain("unverified");
      expect(rules).toContain("complaint-handling");
      expect(rules).not.toContain("bounce-handling");
      expect(JSON.stringify(diagnostics)).not.toContain(hidden);
    });

    test("is a secret for that analysis alone", async () => {
      await pack.analyzeStack([domain]);
      const plain = await pack.analyzeStack([{ ...domain, properties: { ...domain.properties, domain: hidden } }]);
      expect(JSON.stringify(plain)).toContain(hidden);
    });
  });

  test("a stack that concerns no rule is told so for every policy after settings", async () => {
    const urn = "urn:pulumi:prod::web::aws:s3/bucket:Bucket::site";
    expect(await pack.analyzeStack([{ type: "aws:s3/bucket:Bucket", urn, properties: {} }])).toEqual([]);
  });

  describe("remediations", () => {
    const resource = (type: string, properties: Record<string, unknown>): WireResource => ({
      type,
      urn: `urn:pulumi:prod::mail::${type}::one`,
      properties,
    });
    const feedback = "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes";
    const destination = "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination";
    const identity = "aws:sesv2/emailIdentity:EmailIdentity";
    const block = { matchingEventTypes: ["BOUNCE"], snsDestination: { topicArn: UNKNOWN_STRING } };

    test("none runs unless its policy is asked to remediate", async () => {
      expect(await pack.remediate(resource(feedback, { emailIdentity: "example.com" }))).toEqual([]);
    });

    test("a flag left out is set; one written is a decision", async () => {
      await pack.configure({ "feedback-forwarding-off": { level: "remediate" } });
      const given = { emailIdentity: "example.com" };
      const answer = { policy: "feedback-forwarding-off", properties: { ...given, emailForwardingEnabled: true } };
      expect(await pack.remediate(resource(feedback, given))).toEqual([answer]);
      expect(await pack.remediate(resource(feedback, { ...given, emailForwardingEnabled: false }))).toEqual([]);
      expect(await pack.remediate(resource(feedback, { ...given, emailForwardingEnabled: UNKNOWN_STRING }))).toEqual(
        [],
      );
    });

    test("an event destination for bounces is enabled, with what is unknown left as it is", async () => {
      await pack.configure({ "event-destination-disabled": { level: "remediate" } });
      const given = { configurationSetName: UNKNOWN_STRING, eventDestination: block };
      const properties = { ...given, eventDestination: { ...block, enabled: true } };
      expect(await pack.remediate(resource(destination, given))).toEqual([
        { policy: "event-destination-disabled", properties },
      ]);
      expect(await pack.remediate(resource(destination, properties))).toEqual([]);
      const clicks = { ...given, eventDestination: { ...block, matchingEventTypes: ["CLICK"] } };
      expect(await pack.remediate(resource(destination, clicks))).toEqual([]);
      const v1 = { configurationSetName: "main", matchingTypes: ["bounce"] };
      const [remedied] = await pack.remediate(resource("aws:ses/eventDestination:EventDestination", v1));
      expect(remedied?.properties).toEqual({ ...v1, enabled: true });
    });

    test("the default configuration set is its own policy's configuration", async () => {
      await pack.configure({ "default-configuration-set": { level: "remediate" } });
      expect(await pack.remediate(resource(identity, { emailIdentity: "example.com" }))).toEqual([]);
      const properties = { defaultConfigurationSet: "org-feedback" };
      await pack.configure({ "default-configuration-set": { level: "remediate", properties } });
      const [remedied] = await pack.remediate(resource(identity, { emailIdentity: "example.com" }));
      expect(remedied?.properties).toEqual({ emailIdentity: "example.com", configurationSetName: "org-feedback" });
      expect(
        await pack.remediate(resource(identity, { emailIdentity: "a.example", configurationSetName: "own" })),
      ).toEqual([]);
      const native = await pack.remediate(resource("aws-native:ses:EmailIdentity", { emailIdentity: "a.example" }));
      expect(native[0]?.properties).toEqual({
        emailIdentity: "a.example",
        configurationSetAttributes: { configurationSetName: "org-feedback" },
      });
      await pack.configure({ "default-configuration-set": { level: "mandatory", properties } });
      const urn = `urn:pulumi:prod::mail::${identity}::one`;
      const diagnostics = await pack.analyzeStack([
        { type: identity, urn, properties: { emailIdentity: "example.com" } },
      ]);
      expect(told(diagnostics)).toContain(`default-configuration-set mandatory ${urn}`);
    });
  });
});

describe("a pack whose SDK keeps the classes elsewhere, so that no secret can be told from other values", () => {
  let folder: string;
  let pack: PackProcess;

  beforeAll(async () => {
    folder = packFolder();
    pack = await PackProcess.start(folder, { NODE_OPTIONS: `--require ${join(root, "test/support/elsewhere.cjs")}` });
  });

  afterAll(async () => {
    await pack.stop();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["corpus", "handled-domain", "state"],
    ["corpus", "bare-address-under-domain", "state"],
    ["corpus", "unmonitored-topic", "preview"],
    ["recordings", "shadowed-address", "state"],
  ])("%s/%s: the %s is judged as ever, and no message holds a value", async (...path) => {
    const views = load(...path);
    const wire = toWire(views);
    const diagnostics = await pack.analyzeStack(wire);
    expect(told(diagnostics)).toEqual(expected(views));
    // Of the corpus many resources are called what they verify.
    const text = diagnostics.map(({ message }) => message.replace(/ It is about \S+\. /, " ")).join("\n");
    expect(valuesOf(wire).filter((value) => text.includes(value))).toEqual([]);
  });

  test("a message names the resource, and says why it names nothing else", async () => {
    const type = "aws:ses/domainIdentity:DomainIdentity";
    const domain = { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: "hidden.example" };
    const diagnostics = await pack.analyzeStack([
      { type, urn: `urn:pulumi:prod::mail::${type}::mail`, properties: { domain } },
    ]);
    const [bounces] = diagnostics.filter(({ policy }) => policy === "bounce-handling");
    expect(bounces?.message).toContain("An identity whose bounces nobody receives. It is about mail.");
    expect(bounces?.message).toContain("does not show which of them are secrets");
    expect(JSON.stringify(diagnostics)).not.toContain("hidden");
  });
});

/** Names, addresses, ARNs and other texts of a stack that no message of the pack's own could hold by chance. */
function valuesOf(wire: readonly WireResource[]): string[] {
  const texts = (value: unknown): string[] =>
    typeof value === "string" ? [value] : typeof value === "object" && value ? Object.values(value).flatMap(texts) : [];
  const told = new Set(wire.flatMap(({ properties }) => texts(properties)));
  return [...told].filter((text) => /[.@:/]/.test(text) && !/^(arn:aws:iam::aws:|\d{4}-)/.test(text));
}
