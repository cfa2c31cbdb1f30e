import { type Calls, mapInParallel } from "./calls";
import { NOT_READ } from "./doubts";
import type { Place } from "./place";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const BUS = "default";

/** Adds the rules of the default bus that match events, with their targets: who hears what SES sends there (F15). */
export async function addBus(calls: Calls, place: Place): Promise<void> {
  const listed = await calls.list("events:ListRules", { EventBusName: BUS, Limit: 100 }, (page) => page.Rules);
  if (!listed.complete) {
    place.add(RULE, "not read", { name: "not read", eventPattern: NOT_READ, state: NOT_READ });
    place.add(TARGET, "not read", { rule: "not read", arn: NOT_READ });
  }
  const rules = listed.items.filter(({ EventPattern }) => EventPattern !== undefined && EventPattern !== "");
  await mapInParallel(rules, async ({ Name: name = "", Arn: arn, EventPattern, State }) => {
    place.add(
      RULE,
      name,
      { name, eventBusName: BUS, eventPattern: EventPattern, state: State ?? NOT_READ },
      { outputs: { arn } },
    );
    // A rule that is off hears nothing, whatever its targets.
    if (State === "DISABLED") return;
    const targets = await calls.list(
      "events:ListTargetsByRule",
      { EventBusName: BUS, Rule: name },
      (page) => page.Targets,
    );
    if (!targets.complete) place.add(TARGET, `${name}/not read`, { rule: name, eventBusName: BUS, arn: NOT_READ });
    for (const [index, target] of targets.items.entries()) {
      place.add(TARGET, `${name}/${target.Id ?? index}`, {
        rule: name,
        eventBusName: BUS,
        arn: target.Arn ?? NOT_READ,
      });
    }
  });
}
