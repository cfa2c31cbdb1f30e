import fc from "fast-check";
import type { DestinationSpec, IdentitySpec, Spec } from "../engine/life-program";
import { type Episode, life } from "./life";

const lives = fc.sample(life, { numRuns: 800, seed: 20261125 });

/** Consecutive states of a life's first identity, before its destruction. */
const edits = lives.flatMap((episodes) =>
  episodes.slice(1, -1).flatMap((episode, index): [Spec, Spec, Episode][] => {
    const before = episodes[index]?.spec;
    return before ? [[before, episode.spec, episode]] : [];
  }),
);

const keys = (map: object) => Object.keys(map);
const values = (map: object) => Object.values(map);
const one = ({ identities }: Spec): IdentitySpec => identities[0] as IdentitySpec;
const bounces = (spec: Spec): DestinationSpec => one(spec).bounces;
const hasTopic = (given: DestinationSpec) => given.way === "own" && keys(given.queues).length > 0;

type Kind = (before: Spec, after: Spec, episode: Episode) => unknown;
const way =
  (from: DestinationSpec["way"], to: DestinationSpec["way"]) =>
  (before: Spec, after: Spec): boolean =>
    bounces(before).way === from && bounces(after).way === to;

const KINDS: Record<string, Kind> = {
  "an entry is added": (before, after) => keys(bounces(after).queues).length > keys(bounces(before).queues).length,
  "an entry is taken away": (before, after) => keys(bounces(after).queues).length < keys(bounces(before).queues).length,
  "an entry moves": (before, after) => {
    const audit = (given: DestinationSpec) => values(given.queues).includes("audit");
    return (
      audit(one(before).bounces) &&
      !audit(one(after).bounces) &&
      !audit(one(before).complaints) &&
      audit(one(after).complaints)
    );
  },
  "a name's endpoint changes": (before, after) => {
    const [old, now] = [bounces(before).queues.a, bounces(after).queues.a];
    return old && now && old !== now;
  },
  "two names exchange their endpoints": (before, after) => {
    const [old, now] = [bounces(before).queues, bounces(after).queues];
    const [[first = "", a] = [], [second = "", b] = []] = Object.entries(old);
    return a !== undefined && b !== undefined && now[first] === b && now[second] === a;
  },
  "renamed with an alias": (_, after) => one(after).formerName,
  "another identity": (before, after) => one(before).identity !== one(after).identity,
  "another Region": (before, after) => one(before).region !== one(after).region,
  "another key": (before, after) => one(before).kmsKeyId !== one(after).kmsKeyId,
  "from topics to forwarding": (before, after) =>
    hasTopic(bounces(before)) && !hasTopic(bounces(after)) && bounces(after).forwardByEmail,
  "from forwarding to topics": (before, after) =>
    bounces(before).forwardByEmail && !hasTopic(bounces(before)) && hasTopic(bounces(after)),
  "to the configuration set": way("own", "set"),
  "back from it": way("set", "own"),
  "to a given topic": way("own", "given"),
  "back from that": way("given", "own"),
  "to the shared topic": way("own", "shared"),
  "back from there": way("shared", "own"),
  "another shared topic under who uses it": (before, after) =>
    way("shared", "shared")(before, after) && before.topic?.lineage !== after.topic?.lineage,
  "the shared topic goes with who used it": (before, after) => bounces(before).way === "shared" && !after.topic,
  "to the program's own topic": way("own", "plain"),
  "back from the program's own": way("plain", "own"),
  "the program's own topic goes": (before, after) => bounces(before).way === "plain" && !after.plain,
  "another topic of the program's under who uses it": (before, after) =>
    way("plain", "plain")(before, after) && before.plain?.topicName !== after.plain?.topicName,
  "the shared topic is renamed": (_, after) => after.topic?.formerName,
  "the set is renamed": (_, after) => after.set?.formerName,
  "the set gets another name": (before, after) => before.set && after.set && before.set.setName !== after.set.setName,
  "a set's events turn to the bus": (before, after) =>
    before.set?.bounces.way === "own" && after.set?.bounces.way === "bus",
  "the set goes": (before, after) => before.set && !after.set,
  "another zone": (before, after) =>
    one(before).zone && one(after).zone && one(before).zone?.id !== one(after).zone?.id,
  "fewer records": (before, after) => one(before).zone?.dkim && one(after).zone?.dkim === false,
  interrupted: (_, __, { stopBefore }) => stopBefore !== undefined,
  "lost on the way": (_, __, { stopBefore, lost }) => stopBefore !== undefined && lost,
  "one fails first": (_, __, { fails }) => fails,
  "a refresh": (_, __, { afterwards }) => afterwards === "refresh",
  "a child is replaced": (_, __, { afterwards }) => typeof afterwards === "object",
};

test.each(Object.entries(KINDS))("lives have it: %s", (_, kind) => {
  expect(edits.filter(([before, after, episode]) => kind(before, after, episode)).length).toBeGreaterThan(0);
});

test("every life begins with somebody, ends with nobody, and never loses its set while something goes by it", () => {
  for (const episodes of lives) {
    expect(episodes[0]?.spec.identities).toHaveLength(1);
    expect(episodes.at(-1)?.spec).toEqual({ identities: [] });
    for (const { spec } of episodes.slice(0, -1)) {
      const bySet = spec.identities.some((each) =>
        [each.bounces, each.complaints, each.deliveries].some((given) => given?.way === "set"),
      );
      expect(bySet && !spec.set).toBe(false);
    }
  }
});
