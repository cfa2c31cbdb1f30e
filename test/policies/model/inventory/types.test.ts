import { FEEDBACK_TYPES } from "../../../../policies/model/inventory/types";
import { FORMS, heardTopic, Stack } from "../../../support/records";
import { view } from "../view";

test.each(FORMS)("%s: the notification types are those of SES, and no other is read as one", (form) => {
  const stack = new Stack();
  const topic = heardTopic(stack);
  stack.domain("example.com");
  for (const type of ["Bounce", "Complaint", "Delivery", "Open"]) stack.notify("example.com", type, topic.arn);
  const found = view(stack, form).inventory.notifications.map(({ type }) => type);
  expect(found.filter((type) => FEEDBACK_TYPES.some((one) => one === type))).toEqual([...FEEDBACK_TYPES]);
});
