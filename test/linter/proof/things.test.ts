import { markIn, tagsOf } from "../../../linter/proof/names";
import { queuePolicy, topicsIn } from "../../../linter/proof/things";

const HOME = { account: "111122223333", region: "us-east-1", partition: "aws" };
const TOPICS = ["arn:aws:sns:us-east-1:111122223333:a", "arn:aws:sns:us-east-1:444455556666:b"];

describe("the queue's policy", () => {
  test.each([
    [TOPICS, true, ["sns.amazonaws.com", "events.amazonaws.com"]],
    [TOPICS.slice(0, 1), false, ["sns.amazonaws.com"]],
    [[], true, ["events.amazonaws.com"]],
  ])("%j %s: lets %j send, each for its sources only, and tells the topics again", (topics, hasRule, services) => {
    const policy = queuePolicy(HOME, "ses-guard-verify-1", topics, hasRule);
    const { Statement } = JSON.parse(policy);
    expect(Statement.map(({ Principal }: { Principal: { Service: string } }) => Principal.Service)).toEqual(services);
    for (const { Effect, Action, Resource, Condition } of Statement) {
      expect([Effect, Action]).toEqual(["Allow", "sqs:SendMessage"]);
      expect(Resource).toBe("arn:aws:sqs:us-east-1:111122223333:ses-guard-verify-1");
      expect(Condition.ArnEquals["aws:SourceArn"].length).toBeGreaterThan(0);
    }
    expect(topicsIn(policy)).toEqual(topics);
  });

  test.each([
    "",
    "no JSON",
    "7",
    "{}",
    '{"Statement":[7]}',
    '{"Statement":{"Sid":"Topics"}}',
    '{"Statement":[{"Sid":"Other"}]}',
  ])("%j tells of no topics", (policy) => {
    expect(topicsIn(policy)).toEqual([]);
  });

  test("one topic may stand alone, as AWS writes it", () => {
    const Condition = { ArnEquals: { "aws:SourceArn": TOPICS[0] } };
    expect(topicsIn(JSON.stringify({ Statement: { Sid: "Topics", Condition } }))).toEqual([TOPICS[0]]);
  });
});

describe("tags", () => {
  const until = new Date("2026-11-26T12:00:00Z");

  test("come back as what they said", () => {
    const mark = { run: "1a2b", by: "arn:aws:iam::111122223333:user/ada", until };
    expect(markIn(tagsOf(mark))).toEqual(mark);
  });

  test("hold what AWS takes only", () => {
    const by = `arn:aws:sts::111122223333:assumed-role/verify/a,b*c${"x".repeat(300)}`;
    const tags = tagsOf({ run: "1a2b", by, until });
    for (const value of Object.values(tags)) expect(value).toMatch(/^[\p{L}\p{N} +\-=._:/@]{1,256}$/u);
    expect(tags["ses-guard:by"]).toContain("verify/a_b_c");
  });

  test.each([
    [{}],
    [{ "ses-guard": "audit", "ses-guard:run": "x" }],
    [{ "ses-guard": "verify" }],
    [{ "ses-guard:run": "x" }],
  ])("%j is none of ours", (tags) => {
    expect(markIn(tags)).toBeUndefined();
  });

  test.each([undefined, "soon"])("until %s: nobody is using it", (text) => {
    const tags = {
      "ses-guard": "verify",
      "ses-guard:run": "x",
      ...(text !== undefined && { "ses-guard:until": text }),
    };
    expect(markIn(tags)?.until).toEqual(new Date(0));
  });
});
