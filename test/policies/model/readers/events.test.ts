import { factOf } from "./read";

test.each(["aws:cloudwatch/eventBus:EventBus", "aws-native:events:EventBus"])("%s is a bus", (type) => {
  const arn = "arn:aws:events:us-east-1:111122223333:event-bus/mail";
  expect(factOf(type, { name: "mail" }, { arn })).toMatchObject({ fact: "bus", name: "mail", arn });
});
