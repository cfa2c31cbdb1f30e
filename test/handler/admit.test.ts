import { type Admission, admit, RefusedMessage } from "../../components/handler/admit";
import { readMessage } from "../../components/handler/read";
import { bounce, bridged, complaint, envelope } from "./payloads";
import { ACCOUNT, ADMISSION, CONTEXT, handlerOf, queueEvent, recorder } from "./support";

const hard = bounce("Permanent", "NoEmail");
const topic = (region: string, account = ACCOUNT, name = "mail") => `arn:aws:sns:${region}:${account}:${name}`;
const from = (TopicArn: string, text = hard) => envelope(text, { TopicArn });
const sentBy = (sendingAccountId?: string, sourceRegion = "us-east-1") =>
  JSON.stringify({
    ...JSON.parse(hard),
    mail: { sendingAccountId, sourceArn: `arn:aws:ses:${sourceRegion}:123456789012:identity/example.com` },
  });

/** The Region whose list is meant, or what is wrong. */
function verdict(text: string, admission: Partial<Admission> = {}): string {
  const message = readMessage(text);
  if (typeof message === "string") return message;
  try {
    return admit(message.origin, { ...ADMISSION, ...admission });
  } catch (error) {
    if (error instanceof RefusedMessage) return `refused: ${error.message}`;
    throw error;
  }
}

const own = topic("us-east-1");
const irish = topic("eu-west-1");
const other = topic("us-east-1", "999999999999");

const CASES: [string, string, string, Partial<Admission>?][] = [
  ["a topic of the account and Region", from(own), "us-east-1"],
  ["a topic of another account", from(other), "refused: topic"],
  ["a topic of another Region", from(irish), "refused: topic"],
  ["a topic of a Region that was told", from(irish), "eu-west-1", { topicRegions: ["eu-west-1"] }],
  ["no topic at all", from("arn:aws:sqs:us-east-1:123456789012:mail"), "refused: topic"],
  ["text in place of a topic", from("mail"), "refused: topic"],
  ["a topic that is listed", from(own), "us-east-1", { topicArns: [irish, own] }],
  ["a topic that is listed, elsewhere", from(irish), "eu-west-1", { topicArns: [irish] }],
  ["a topic that is not listed", from(own), "refused: topic", { topicArns: [irish] }],
  ["a topic whose name begins like a listed one", from(`${own}2`), "refused: topic", { topicArns: [own] }],
  ["a listed topic of another account, mail of this one", from(other), "us-east-1", { topicArns: [other] }],
  ["mail of another account", from(own, sentBy("999999999999")), "refused: sending account"],
  ["mail of nobody", from(own, sentBy(undefined)), "refused: sending account"],
  [
    "mail of another account, from a listed topic",
    from(own, sentBy("9")),
    "refused: sending account",
    { topicArns: [own] },
  ],
  ["a raw message", hard, "us-east-1"],
  ["a raw message, mail of another account", sentBy("999999999999"), "refused: sending account"],
  ["a raw message of another Region", sentBy(ACCOUNT, "eu-west-1"), "refused: Region"],
  [
    "a raw message of a Region that was told",
    sentBy(ACCOUNT, "eu-west-1"),
    "eu-west-1",
    { topicRegions: ["eu-west-1"] },
  ],
  ["an event of EventBridge", bridged("Email Bounced", hard), "us-east-1"],
  ["an event of another account", bridged("Email Bounced", hard, { account: "9" }), "refused: event's account"],
  ["an event of another Region", bridged("Email Bounced", hard, { region: "eu-west-1" }), "refused: Region"],
  [
    "an event about another account",
    bridged("Sending Status Disabled", {}, { account: "9" }),
    "refused: event's account",
  ],
  ["an event about the account", bridged("Sending Status Disabled", {}), "us-east-1"],
];
test.each(CASES.map(([name, text, expected, admission = {}]) => [name, text, expected, admission] as const))(
  "%s",
  (_, text, expected, admission) => {
    expect(verdict(text, admission)).toBe(expected);
  },
);

test("forged messages suppress nobody, are counted, and are dead letters", async () => {
  const lines: object[] = [];
  const { services, names, of } = recorder();
  const run = handlerOf({ services, log: (line) => lines.push(line) });
  const forged = [
    from(other),
    from(irish),
    from(own, sentBy("999999999999")),
    bridged("Email Complaint Received", complaint("abuse", null), { account: "9" }),
  ];
  expect(await run(queueEvent(...forged), CONTEXT)).toEqual({ batchItemFailures: [] });
  expect(names()).toEqual(["bury", "bury", "bury", "bury"]);
  expect(of("bury").map(([, why]) => why)).toEqual([
    "notAdmitted: topic",
    "notAdmitted: topic",
    "notAdmitted: sending account",
    "notAdmitted: event's account",
  ]);
  expect(lines.at(-1)).toEqual({ messages: 4, notAdmitted: 4, buried: 4 });
});

test("a function that does not know where it runs admits nothing", async () => {
  const { services, calls } = recorder();
  const call = handlerOf({ services })(queueEvent(hard), { ...CONTEXT, invokedFunctionArn: "feedback" });
  await expect(call).rejects.toThrow("does not know its account");
  expect(calls).toEqual([]);
});
