import type { Reader, ReaderTable } from "../inventory/facts";
import { type ResourceReader, required } from "../reading";
import { type Maybe, UNKNOWN } from "../value";

/** EventBridge: buses, rules and their targets. */
export const EVENTS: ReaderTable = {
  "aws:cloudwatch/eventBus:EventBus": bus,
  "aws-native:events:EventBus": bus,
  "aws:cloudwatch/eventRule:EventRule": rule({ targets: undefined }),
  "aws-native:events:Rule": rule({ targets: "targets" }),
  "aws:cloudwatch/eventTarget:EventTarget": (at) => ({
    fact: "event-target",
    rule: required(at.text("rule")),
    bus: at.text("eventBusName"),
    target: at.text("arn"),
  }),
};

function bus(at: Parameters<Reader>[0]): ReturnType<Reader> {
  return { fact: "bus", name: at.text("name").value, arn: at.output("arn") };
}

function rule({ targets }: { targets: string | undefined }): Reader {
  return (at) => ({
    fact: "event-rule",
    name: at.text("name").value,
    arn: at.output("arn"),
    bus: at.text("eventBusName"),
    pattern: at.raw("eventPattern"),
    enabled: isEnabled(at),
    hasTarget: targets !== undefined && listsAny(at, targets),
    targets: targets === undefined ? [] : at.items(targets).map((target) => required(target.text("arn"))),
  });
}

/** `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS` is enabled, too. Source: EventBridge API reference, PutRule. */
function isEnabled(at: ResourceReader): Maybe {
  const state = at.text("state").value;
  const flag = at.flag("isEnabled").value;
  if (state === undefined) return flag ?? true;
  return state === UNKNOWN ? UNKNOWN : state !== "DISABLED";
}

function listsAny(at: ResourceReader, property: string): Maybe {
  const list = at.list(property).value;
  return list === UNKNOWN ? UNKNOWN : list !== undefined && list.length > 0;
}
