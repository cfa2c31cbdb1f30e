import type { Channels } from "./channels";
import type { Expected } from "./oracle";
import { type Allowed, AT_LEAST_DOUBT, AT_MOST_DOUBT, DOUBT, NONE, OPEN, orDoubt, VIOLATION } from "./verdicts";
import type { View } from "./view";
import { accountOf, type Bus, type Destination, type Type } from "./world";

export function busRules(view: View, { destinations }: Channels, expected: Expected): void {
  for (const { one, set } of destinations) {
    if (one.to.kind !== "bus") continue;
    const off = one.enabled === false;
    const sets = set === undefined ? { there: "yes", gone: "no" } : view.sets(one, set);
    const orphan = sets.there === "no" && sets.gone !== "no";
    const doubt = one.enabled === "unknown";
    const weigh = (allowed: Allowed): Allowed => {
      if (off) return NONE;
      if (orphan) return allowed === NONE ? NONE : OPEN;
      return doubt && allowed === VIOLATION ? DOUBT : doubt ? orDoubt(allowed) : allowed;
    };
    expected.add("event-bus-default", `destination:${one.label}`, weigh(wrongBus(view, one, one.to.bus)));
    // Nobody hears on the bus of another account either.
    const perhapsOwn = one.to.bus === "other-account" && view.account(one) === undefined;
    const own = one.to.bus === "default" && view.is(one, accountOf(view.world, one)) !== "no";
    if ((!own && !perhapsOwn) || one.enabled === "absent") continue;
    for (const type of one.types.filter((other) => other !== "delivery")) {
      expected.add("unmonitored-event-bus", `bus@${view.region(one)}`, weigh(unheard(view, one, type)));
    }
  }
}

function wrongBus(view: View, one: Destination, bus: Bus): Allowed {
  switch (bus) {
    case "default":
      return { yes: NONE, maybe: DOUBT, no: VIOLATION }[view.is(one, accountOf(view.world, one))];
    case "custom":
    case "other-region":
      return VIOLATION;
    case "other-account":
      return view.account(one) === undefined ? DOUBT : VIOLATION;
  }
}

function unheard(view: View, one: Destination, type: Type): Allowed {
  const here = view.all("bus-rule").filter((rule) => view.region(rule) === view.region(one));
  const certain = here.filter((rule) => view.same(rule, one) === "yes");
  const maybe = here.filter((rule) => view.same(rule, one) === "maybe");
  const through = (rules: typeof here) =>
    rules.some(
      ({ enabled, target, detailTypes }) => enabled && target && (detailTypes === "all" || detailTypes.includes(type)),
    );
  if (through(certain)) return NONE;
  if (certain.length === 0) return maybe.length === 0 ? NONE : AT_MOST_DOUBT;
  const shaky = maybe.length > 0 || view.account(one) === undefined || view.partial(one);
  return shaky ? AT_LEAST_DOUBT : VIOLATION;
}
