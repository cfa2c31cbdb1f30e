import { CLOCK, Limits, Pace } from "../../../../linter/sources/account/limits";
import { FakeClock } from "../../../support/live-account";

const { signal } = new AbortController();

async function timeOf(pace: Pace, clock: FakeClock, turns: number): Promise<number> {
  for (let turn = 0; turn < turns; turn++) await pace.turn(signal);
  return clock.now();
}

test.each([
  ["sesv2:GetEmailIdentity", 101, 100_000],
  ["sns:ListSubscriptionsByTopic", 301, 10_000],
] as const)("%s: %d calls take %d ms", async (operation, turns, milliseconds) => {
  const clock = new FakeClock();
  expect(Math.round(await timeOf(new Pace(operation, clock), clock, turns))).toBe(milliseconds);
});

test("throttling slows it down, success brings it back", async () => {
  const clock = new FakeClock();
  const pace = new Pace("sesv2:GetEmailIdentity", clock);
  for (let time = 0; time < 10; time++) pace.throttled();
  const start = await timeOf(pace, clock, 1);
  expect(start).toBe(16_000);
  expect((await timeOf(pace, clock, 1)) - start).toBe(16_000);
  for (let time = 0; time < 20; time++) pace.succeeded();
  await timeOf(pace, clock, 1);
  const before = clock.now();
  expect((await timeOf(pace, clock, 1)) - before).toBe(1000);
});

test("operations and Regions don't wait for each other", async () => {
  const clock = new FakeClock();
  const limits = new Limits(clock);
  await limits.of("us-east-1", "sesv2:GetAccount").turn(signal);
  await limits.of("eu-west-1", "sesv2:GetAccount").turn(signal);
  await limits.of("us-east-1", "sesv2:ListTenants").turn(signal);
  expect(clock.now()).toBe(0);
  await limits.of("us-east-1", "sesv2:GetAccount").turn(signal);
  expect(clock.now()).toBe(1000);
});

test("real time ends at once where the audit is interrupted", async () => {
  const interruption = new AbortController();
  const start = CLOCK.now();
  const asleep = CLOCK.sleep(60_000, interruption.signal);
  interruption.abort();
  await asleep;
  await CLOCK.sleep(60_000, interruption.signal);
  expect(CLOCK.now() - start).toBeLessThan(5000);
});
