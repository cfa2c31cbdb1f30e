import { isJudged } from "../../../../policies/model/readers";
import { factOf } from "./read";

test.each([
  ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "name"],
  ["aws:index/kinesisFirehoseDeliveryStream:KinesisFirehoseDeliveryStream", "name"],
  ["aws-native:kinesisfirehose:DeliveryStream", "deliveryStreamName"],
])("%s is a stream, of which rules ask nothing", (type, name) => {
  const arn = "arn:aws:firehose:us-east-1:111122223333:deliverystream/events";
  expect(factOf(type, { [name]: "events" }, { arn })).toEqual({ fact: "stream", name: "events", arn });
  expect(factOf(type, {})).toMatchObject({ name: undefined });
  expect(isJudged(type)).toBe(false);
});
