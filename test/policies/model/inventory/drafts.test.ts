import { Drafts, ownPolicies } from "../../../../policies/model/inventory/drafts";
import type { Entity } from "../../../../policies/model/inventory/links";
import { NO_LINK } from "../../../../policies/model/inventory/links";
import type { NotificationSetting } from "../../../../policies/model/inventory/types";
import { Reading } from "../../../../policies/model/reading";
import type { ResourceRecord } from "../../../../policies/model/record";
import { UNKNOWN } from "../../../../policies/model/value";

const resource: ResourceRecord = { type: "aws:sns/topic:Topic", urn: "urn:topic", stack: "mail/prod" };
const entity: Entity = {
  resource,
  name: "feedback",
  arn: "arn:aws:sns:us-east-1:111122223333:feedback",
  region: "us-east-1",
  account: "111122223333",
  gone: true,
};
const IDENTITY = {
  label: "example.com",
  nameKnown: true,
  namePending: false,
  kind: "domain",
  kindKnown: true,
  stack: "mail/prod",
} as const;

function policy(value: unknown): Reading<unknown> {
  return new Reading(value, resource, "policy");
}

function notification(region: string): NotificationSetting {
  return {
    resource,
    region,
    account: entity.account,
    identity: { kind: "unknown", candidates: undefined, pending: false },
    identityName: UNKNOWN,
    type: "bounce",
    topic: NO_LINK,
    declaresTopic: true,
    takenBackBy: undefined,
    withoutTopic: false,
  };
}

describe("an entity that is new", () => {
  const drafts = new Drafts();
  const deadLetters = policy(undefined).as<unknown>(undefined);
  const made = {
    identity: drafts.identity(entity, IDENTITY),
    topic: drafts.topic(entity, { fifo: false }),
    queue: drafts.queue(entity, { fifo: false, policies: [], keyName: undefined, deadLetters }),
    function: drafts.lambda(entity, 5),
    key: drafts.key(entity, { enabled: true, usage: undefined, spec: undefined }, []),
    set: drafts.set(entity, true, "REQUIRE"),
  };

  test.each(Object.entries(made))("a %s keeps what it is, where it stands and that it is deleted", (_, draft) => {
    expect(draft).toMatchObject(entity);
    expect(draft.resource).toBe(resource);
  });

  test("an identity is nobody's, and nothing is set for it", () => {
    expect(made.identity).toMatchObject({
      ...IDENTITY,
      judged: false,
      managedBy: [],
      notifications: [],
      forwarding: [],
    });
    expect(made.identity).toMatchObject({ defaultSets: [], signing: [], external: undefined });
  });

  test("a topic has no key, subscribers and uses, and declares no policy", () => {
    const nothing = { fifo: false, key: NO_LINK, policies: [], protections: [], subscriptions: [], uses: [] };
    expect(made.topic).toMatchObject(nothing);
    expect(made.topic.keyName).toBeUndefined();
  });

  test("what the resource itself declares is kept", () => {
    const own = policy("{}");
    const topic = drafts.topic(entity, { fifo: UNKNOWN, policies: [own], keyName: UNKNOWN, protections: [own] });
    expect(topic).toMatchObject({ fifo: UNKNOWN, policies: [own], keyName: UNKNOWN, protections: [own] });
    expect(made.queue.deadLetters).toBe(deadLetters);
    expect(made.function).toMatchObject({ reservedConcurrency: 5, permissions: [] });
    expect(made.key).toMatchObject({ enabled: true, usage: undefined, spec: undefined, policies: [] });
    expect(made.set).toMatchObject({ reputationMetrics: true, tlsPolicy: "REQUIRE", destinations: [] });
  });
});

test("no two entities share a list", () => {
  const drafts = new Drafts();
  const [a, b] = [drafts.topic(entity, { fifo: false }), drafts.topic(entity, { fifo: false })];
  a.policies.push(policy("{}"));
  expect(a.policies).toHaveLength(1);
  expect(b.policies).toHaveLength(0);
});

test("a setting of unknown owner may be that of every identity of its place, whenever it was made", () => {
  const drafts = new Drafts();
  const here = drafts.identity(entity, IDENTITY);
  const elsewhere = drafts.identity({ ...entity, region: "eu-west-1" }, IDENTITY);
  const setting = notification("us-east-1");
  drafts.notifications.add(setting, setting);
  expect(here.possibleNotifications.all).toEqual([setting]);
  expect(elsewhere.possibleNotifications.all).toEqual([]);
  expect(drafts.identity(entity, IDENTITY).possibleNotifications.first).toBe(setting);
  expect(here.possibleForwarding.first).toBeUndefined();
});

describe("the policy that an entity declares itself", () => {
  test.each([
    ["absent", undefined],
    ["the empty text", ""],
  ])("%s is none", (_, value) => {
    expect(ownPolicies(policy(value))).toEqual([]);
  });

  test.each([
    ["text", "{}"],
    ["an object", { Statement: [] }],
    ["one that is not known", UNKNOWN],
  ])("%s is one", (_, value) => {
    const reading = policy(value);
    expect(ownPolicies(reading)).toEqual([reading]);
  });
});
