import { DeferredCall, type ErrorKind, Pace } from "../../components/handler/pace";
import { stillClock } from "./support";

class Failure extends Error {
  constructor(readonly kind: ErrorKind) {
    super(kind);
  }
}
const kindOf = (error: unknown): ErrorKind => (error instanceof Failure ? error.kind : "other");

/** Fails with these kinds, one after the other, then answers. */
function service(...kinds: ErrorKind[]) {
  let calls = 0;
  const call = async () => {
    const kind = kinds[calls++];
    if (kind !== undefined) throw new Failure(kind);
    return "answer";
  };
  return { call, calls: () => calls };
}

function start() {
  const clock = stillClock();
  return { clock, pace: new Pace(clock, kindOf), soon: clock.now() + 10_000 };
}

test("a service that answers is not waited for", async () => {
  const { clock, pace, soon } = start();
  for (let index = 0; index < 100; index++) expect(await pace.run(soon, service().call)).toBe("answer");
  expect(clock.slept).toEqual([]);
});

test("the distance grows when a call is throttled, once for those that follow at once, and the next calls keep it", async () => {
  const { clock, pace, soon } = start();
  expect(await pace.run(soon, service("throttled", "throttled", "throttled").call)).toBe("answer");
  expect(clock.slept).toEqual([50, 50, 75]);
  await pace.run(soon, service().call);
  expect(clock.slept.at(-1)).toBe(75);
  await pace.run(soon, service().call);
  expect(clock.slept.at(-1)).toBeCloseTo(72.5);
});

test("distance is forgotten again", async () => {
  const { clock, pace } = start();
  await pace.run(Number.POSITIVE_INFINITY, service("throttled").call);
  for (let index = 0; index < 100; index++) await pace.run(Number.POSITIVE_INFINITY, service().call);
  const before = clock.slept.length;
  await pace.run(Number.POSITIVE_INFINITY, service().call);
  expect(clock.slept).toHaveLength(before);
});

test("no call begins after the deadline, and nobody sleeps past it", async () => {
  const { clock, pace } = start();
  const deadline = clock.now() + 1_000;
  const always = service(...Array<ErrorKind>(1000).fill("throttled"));
  await expect(pace.run(deadline, always.call)).rejects.toThrow(DeferredCall);
  expect(clock.now()).toBeLessThanOrEqual(deadline);
  const calls = always.calls();
  await expect(pace.run(deadline, always.call)).rejects.toThrow(DeferredCall);
  expect(always.calls()).toBe(calls);
});

test("waits stay bounded", async () => {
  const { clock, pace } = start();
  await pace.run(Number.POSITIVE_INFINITY, service(...Array<ErrorKind>(100).fill("throttled")).call);
  expect(Math.max(...clock.slept)).toBe(5_000);
});

test("a lost connection is tried again a few times, then it is the caller's", async () => {
  const { clock, pace, soon } = start();
  expect(await pace.run(soon, service("transient", "transient", "transient").call)).toBe("answer");
  expect(clock.slept).toEqual([200, 800, 3200]);
  const lost = service(...Array<ErrorKind>(10).fill("transient"));
  await expect(pace.run(clock.now() + 60_000, lost.call)).rejects.toThrow("transient");
  expect(lost.calls()).toBe(4);
});

test.each<ErrorKind>(["hopeless", "other"])("a %s error is not repeated", async (kind) => {
  const { pace, soon } = start();
  const refused = service(kind);
  await expect(pace.run(soon, refused.call)).rejects.toThrow(kind);
  expect(refused.calls()).toBe(1);
});
