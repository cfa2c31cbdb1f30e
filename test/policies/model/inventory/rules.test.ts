import { Catalog } from "../../../../policies/model/inventory/catalog";
import { Graph } from "../../../../policies/model/inventory/graph";
import { isDefaultBus } from "../../../../policies/model/inventory/rules";
import { readerOf } from "../readers/read";

const buses = new Catalog<never>(new Graph([]));
const busOf = (eventBusName: unknown) =>
  isDefaultBus(readerOf("aws:cloudwatch/eventTarget:EventTarget", { eventBusName }).text("eventBusName"), buses);

test.each<[string | undefined, boolean]>([
  [undefined, true],
  ["default", true],
  ["arn:aws:events:us-east-1:111122223333:event-bus/default", true],
  ["not-default", false],
  ["arn:aws:events:us-east-1:111122223333:event-bus/audit", false],
])("whether %s is a default bus: %p", (bus, expected) => {
  expect(busOf(bus)).toBe(expected);
});
