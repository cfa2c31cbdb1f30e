import type { Reader, ReaderTable } from "../inventory/facts";

/** Streams of Amazon Data Firehose. */
export const FIREHOSE: ReaderTable = {
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": stream("name"),
  "aws-native:kinesisfirehose:DeliveryStream": stream("deliveryStreamName"),
};

function stream(name: string): Reader {
  return (at) => ({ fact: "stream", name: at.text(name).value, arn: at.output("arn") });
}
