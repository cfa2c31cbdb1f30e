import type { Reader, ReaderTable } from "../inventory/facts";

/** EventBridge buses. */
export const EVENTS: ReaderTable = {
  "aws:cloudwatch/eventBus:EventBus": bus,
  "aws-native:events:EventBus": bus,
};

function bus(at: Parameters<Reader>[0]): ReturnType<Reader> {
  return { fact: "bus", name: at.text("name").value, arn: at.output("arn") };
}
