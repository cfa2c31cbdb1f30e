import { type Config, DEFAULT_CONFIG } from "../../../policies/config";
import { type Evaluation, evaluate } from "../../../policies/evaluate";
import type { ResourceRecord, StackRecords } from "../../../policies/model/record";
import { UNKNOWN_STRING } from "../../../policies/model/value";
import { rules } from "../../../policies/rules";
import { createRule, type Rule } from "../../../policies/rules/shared/rule";
import { type Form, heardTopic, json, listen, SES_MAY_PUBLISH, Stack, unknown } from "../../support/records";

const TODAY = "2026-11-23";

function run(
  stacks: Stack | readonly Stack[],
  config: Partial<Config> = {},
  form: Form = "state",
  asked = rules,
): Evaluation {
  const views = [stacks].flat().map((stack) => (stack as Stack).records(form));
  return evaluate(views, { ...DEFAULT_CONFIG, ...config }, TODAY, asked);
}

function lines({ findings }: Evaluation): string[] {
  return findings.map(
    (one) => `${one.waived === null ? one.verdict : "waived"} ${one.rule} ${one.identity}@${one.region}`,
  );
}

function bare(name = "example.com"): Stack {
  const stack = new Stack();
  signed(stack, name);
  return stack;
}

/** A domain that signs its mail. */
function signed(stack: Stack, name: string): void {
  stack.domain(name);
  stack.add("aws:ses/domainDkim:DomainDkim", `dkim-${name}`, { domain: name });
}

function handled(): Stack {
  const stack = new Stack();
  signed(stack, "example.com");
  const topic = stack.topic("feedback");
  stack.topicPolicy(topic.arn, json(SES_MAY_PUBLISH));
  stack.subscribe(topic.arn, "sqs", "arn:aws:sqs:us-east-1:123456789012:feedback");
  listen(stack, "example.com", topic);
  return stack;
}

const throwing = (error: unknown): Rule =>
  createRule({
    id: "topic-fifo",
    level: "mandatory",
    severity: "high",
    summary: "s",
    why: "w",
    facts: ["F1"],
    source: "s",
    fix: "f",
    messages: {},
    check: () => {
      throw error;
    },
  });

describe("rules", () => {
  test("a well-made stack has no finding at all", () => {
    expect(lines(run(handled()))).toEqual([]);
  });

  test("one that throws is a violation of that rule, and hides no other", () => {
    const others = rules.filter(({ meta }) => meta.id === "bounce-handling");
    const result = run(bare(), {}, "state", [throwing(new Error("boom\u001b[31m")), ...others]);
    expect(lines(result)).toEqual([
      "violation topic-fifo null@null",
      "violation bounce-handling example.com@us-east-1",
    ]);
    expect(result.findings[0]?.message).toBe(
      "The rule itself failed, so nothing it looks for was checked: boom\\u{1b}[31m",
    );
  });

  test.each([
    ["a text", "boom"],
    ["nothing", undefined],
    ["an object", {}],
  ])("one that throws %s", (_, error) => {
    expect(lines(run(bare(), {}, "state", [throwing(error)]))).toEqual(["violation topic-fifo null@null"]);
  });

  test("disabled ones are not asked, and leave no doubts", () => {
    const config = {
      rules: { "topic-fifo": "disabled", "bounce-handling": "disabled", "complaint-handling": "disabled" },
    } as const;
    expect(lines(run(bare(), config, "state", [throwing(new Error()), ...rules]))).toEqual([]);
    const doubtful = new Stack();
    doubtful.identity("example.com", { configurationSetName: "elsewhere" });
    expect(lines(run(doubtful, config))).toEqual([]);
  });

  test("no view and no resource: no finding", () => {
    expect(evaluate([], DEFAULT_CONFIG, TODAY).findings).toEqual([]);
    expect(run(new Stack()).findings).toEqual([]);
  });
});

describe("exceptions", () => {
  const exception = (more: object) => ({
    exceptions: [{ rule: "bounce-handling", identity: "example.com", reason: "never sends", ...more }],
  });

  test("waive what they name, until the end of their last day, and nothing else", () => {
    const waived = [
      "waived bounce-handling example.com@us-east-1",
      "violation complaint-handling example.com@us-east-1",
    ];
    expect(lines(run(bare(), exception({})))).toEqual(waived);
    expect(lines(run(bare(), exception({ expires: TODAY })))).toEqual(waived);
    expect(lines(run(bare(), exception({ identity: "EXAMPLE.com." })))).toEqual(waived);
    expect(run(bare(), exception({})).findings[0]?.waived).toBe("never sends");
  });

  test("an expired one, or one for another identity, waives nothing and is reported", () => {
    const unwaived = [
      "violation bounce-handling example.com@us-east-1",
      "violation complaint-handling example.com@us-east-1",
    ];
    expect(lines(run(bare(), exception({ expires: "2026-11-22" })))).toEqual([
      ...unwaived,
      "violation stale-override example.com@null",
    ]);
    expect(lines(run(bare(), exception({ identity: "example.org" })))).toEqual([
      ...unwaived,
      "violation stale-override example.org@null",
    ]);
  });

  test("waive doubts, too", () => {
    const stack = new Stack();
    stack.identity("example.com", { configurationSetName: "elsewhere" });
    expect(lines(run(stack, exception({})))).toEqual([
      "waived bounce-handling example.com@us-east-1",
      "unverified complaint-handling example.com@us-east-1",
    ]);
  });
});

describe("partial previews", () => {
  test("what rests on absence is a doubt, with the advice; what is seen stays a violation", () => {
    const stack = bare();
    stack.notify("example.com", "Delivery", stack.topic("f.fifo", { fifoTopic: true }).arn);
    stack.partial = true;
    const { findings } = run(stack, {}, "preview");
    const verdicts = Object.fromEntries(findings.map(({ rule, verdict }) => [rule, verdict]));
    expect(verdicts).toMatchObject({
      "bounce-handling": "unverified",
      "complaint-handling": "unverified",
      "topic-fifo": "violation",
    });
    expect(findings.find(({ rule }) => rule === "bounce-handling")?.remediation).toContain("--show-sames");
    expect(findings.find(({ rule }) => rule === "topic-fifo")?.remediation).not.toContain("--show-sames");
  });

  test("what a topic lacks that the preview creates is certain, whenever its identity was made", () => {
    const verdictOf = (created: "Topic" | "DomainIdentity") => {
      const stack = new Stack();
      stack.domain("example.com");
      stack.notify("example.com", "Bounce", stack.topic("t").arn);
      stack.partial = true;
      const records = stack.records("preview");
      const resources = records.resources.map((one) =>
        one.type.endsWith(`:${created}`) ? { ...one, created: true as const } : one,
      );
      const { findings } = evaluate([{ ...records, resources }], DEFAULT_CONFIG, TODAY);
      return findings.find(({ rule }) => rule === "unmonitored-topic")?.verdict;
    };
    expect(verdictOf("Topic")).toBe("violation");
    expect(verdictOf("DomainIdentity")).toBe("unverified");
  });
});

test("what is in another stack is no finding", () => {
  const stack = new Stack();
  const own = heardTopic(stack, "own", { kmsMasterKeyId: "arn:aws:kms:us-east-1:123456789012:key/k" });
  stack.identity("example.com", { configurationSetName: "central" });
  stack.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:central");
  stack.notify("example.com", "Complaint", own.arn);
  stack.subscribe(own.arn, "sqs", "arn:aws:sqs:us-east-1:123456789012:q");
  stack.subscribe(own.arn, "lambda", "arn:aws:lambda:us-east-1:123456789012:function:f");
  const about = lines(run(stack)).filter((line) => !line.includes("-handling"));
  expect(about.filter((line) => /queue|function|encryption|unmonitored|permission/.test(line))).toEqual([]);
});

describe("hostile input", () => {
  const control = "evil\u001b[2J\u202e\n.example";

  test("nothing that is printed has control characters in it", () => {
    const stack = new Stack("mail\u0007/prod");
    stack.domain(control, {}, { as: "evil\u001b[1m" });
    stack.address(`ceo@${control}`);
    stack.notify(`x@${control}`, "Bounce", `arn:aws:sns:us-east-1:123456789012:\u001b[0m`);
    stack.identity("example.com", { configurationSetName: "\u0000set" });
    stack.subscribe(
      stack.topic("a\u009b", { kmsMasterKeyId: "alias/\u001b" }).arn,
      "sqs",
      "arn:aws:sqs:us-east-1:1:\u001b",
    );
    stack.add("aws:cloudformation/stack:Stack", "x\u001b", {});
    const { findings } = run(stack, {
      intendedOverrides: [{ identity: "\u001b", reason: "r" }],
      exceptions: [{ rule: "bounce-handling", identity: "\u001b[", reason: "r" }],
    });
    expect(findings.length).toBeGreaterThan(5);
    const printed = findings.flatMap(({ identity, region, message }) => [identity, region, message]);
    const hidden = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/;
    expect(printed.filter((text) => text !== null && hidden.test(text))).toEqual([]);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "an identity called %s, and a property",
    (name) => {
      const stack = new Stack();
      stack.domain(name, JSON.parse(`{"${name}": {"region": "x"}}`));
      stack.notify(name, name, name, JSON.parse(`{"${name}": 1}`));
      const set = stack.set(name);
      stack.destination(set.id, { [name]: name, matchingEventTypes: [name], enabled: true });
      for (const form of ["state", "preview", "pack"] as const) {
        const found = lines(run(stack, {}, form));
        // What stands for the topic's ARN is no topic's.
        expect(found).toContain(`violation bounce-handling ${name.toLowerCase()}@us-east-1`);
        expect(found.filter((line) => line.startsWith("violation topic-fifo"))).toEqual([]);
      }
      expect(({} as { region?: unknown }).region).toBeUndefined();
    },
  );

  test("the pollution of a prototype by dependencies of odd names", () => {
    const record: ResourceRecord = {
      type: "aws:ses/identityNotificationTopic:IdentityNotificationTopic",
      urn: "urn:pulumi:prod::mail::aws:ses/identityNotificationTopic:IdentityNotificationTopic::n",
      stack: "mail/prod",
      inputs: JSON.parse(
        `{"__proto__": {"identity": "example.com"}, "notificationType": "Bounce", "identity": "${UNKNOWN_STRING}"}`,
      ),
      propertyDependencies: JSON.parse('{"__proto__": ["urn"]}'),
    };
    const view = { resources: [record] };
    expect(evaluate([view], DEFAULT_CONFIG, TODAY).findings.map(({ verdict }) => verdict)).not.toContain("violation");
  });

  test("100,000 levels in every property that the rules read", () => {
    const nest = (make: (inner: unknown) => unknown) => {
      let value: unknown = "x";
      for (let depth = 0; depth < 100_000; depth++) value = make(value);
      return value;
    };
    const deep = [
      nest((inner) => ({ a: inner })),
      nest((inner) => [inner]),
      `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
    ];
    for (const value of deep) {
      const resources = handledRecords().flatMap((resource) => {
        const names = Object.keys(resource.inputs ?? {});
        return names.map((name) => ({
          ...resource,
          urn: `${resource.urn}-${name}`,
          inputs: { ...resource.inputs, [name]: value },
          outputs: undefined,
        }));
      });
      const { findings } = evaluate([{ resources }], DEFAULT_CONFIG, TODAY);
      expect(findings.filter(({ message }) => message.includes("rule itself failed"))).toEqual([]);
      expect(findings.length).toBeGreaterThan(0);
    }
  });

  function handledRecords(): ResourceRecord[] {
    const stack = handled();
    const set = stack.set("main", { suppressionOptions: { suppressedReasons: [] }, reputationOptions: {} });
    stack.destination(set.id, {
      matchingEventTypes: ["BOUNCE"],
      enabled: true,
      snsDestination: { topicArn: "arn:aws:sns:us-east-1:1:t" },
    });
    stack.nativeIdentity("example.org", { configurationSetAttributes: {}, feedbackAttributes: {} });
    const key = stack.key("key", { policy: json(SES_MAY_PUBLISH) });
    const queue = stack.queue("q", { policy: json(SES_MAY_PUBLISH), kmsMasterKeyId: key.arn, redrivePolicy: "{}" });
    const topic = heardTopic(stack, "more", { kmsMasterKeyId: key.arn, policy: json(SES_MAY_PUBLISH) });
    listen(stack, "example.org", topic);
    stack.subscribe(topic.arn, "sqs", queue.arn, { filterPolicy: "{}", filterPolicyScope: "MessageBody" });
    stack.add("aws-native:sns:TopicPolicy", "p", { topics: [topic.arn], policyDocument: SES_MAY_PUBLISH });
    stack.add("aws:sesv2/multiRegionEndpoint:MultiRegionEndpoint", "e", { details: { routesDetails: [] } });
    stack.add("ses-guard:index:MonitoredIdentity", "c", { identity: "example.com", intendedOverride: { reason: "r" } });
    stack.add("aws:cloudformation/stack:Stack", "s", { templateBody: "{}" });
    return stack.records("state").resources;
  }

  test("two resources of one URN, and rows that say nothing", () => {
    const [one] = bare().records("state").resources;
    const odd = { type: "", urn: "resource[3]", stack: "", defect: "it has no URN" };
    const { findings } = evaluate(
      [{ resources: [one as ResourceRecord, one as ResourceRecord, odd] }],
      DEFAULT_CONFIG,
      TODAY,
    );
    expect(findings.filter(({ rule }) => rule === "duplicate-identity")).toEqual([]);
    expect(findings.filter(({ rule }) => rule === "unverified").map(({ urn }) => urn)).toEqual(["resource[3]"]);
  });
});

describe("work grows with the number of resources, not with its square", () => {
  type Fill = (stack: Stack, n: number) => unknown;
  const each = (n: number, make: (index: number) => unknown): void => {
    for (let index = 0; index < n; index++) make(index);
  };
  const domains = (stack: Stack, n: number) => each(n, (i) => stack.domain(`d${i}.example`));
  const scenarios: [string, Fill][] = [
    [
      "notifications for identities that nobody knows",
      (s, n) => {
        domains(s, n);
        each(n, () => s.notify(unknown(), "Bounce", unknown()));
      },
    ],
    [
      "notifications of a type that the identities do not ask for",
      (s, n) => {
        domains(s, n);
        each(n, () => s.notify(unknown(), "Delivery", "arn:aws:sns:us-east-1:1:t"));
      },
    ],
    [
      "forwarding in another Region",
      (s, n) => {
        domains(s, n);
        each(n, () => s.forwarding(unknown(), true, { region: "eu-west-1" }));
      },
    ],
    [
      "identities without a name, and settings for names",
      (s, n) => {
        each(n, (i) => s.domain(unknown(), {}, { as: `u${i}` }));
        each(n, (i) => s.notify(`d${i}.example`, "Bounce"));
      },
    ],
    [
      "topics without a policy, and policies for topics that nobody knows",
      (s, n) => {
        each(n, (i) => {
          s.domain(`d${i}.example`);
          s.notify(`d${i}.example`, "Bounce", s.topic(`t${i}`).arn);
        });
        each(n, () => s.topicPolicy(unknown(), json(SES_MAY_PUBLISH)));
      },
    ],
    [
      "topics, and subscriptions to topics that nobody knows",
      (s, n) => {
        each(n, (i) => s.notify("example.com", "Bounce", s.topic(`t${i}`).arn));
        each(n, () => s.subscribe(unknown()));
      },
    ],
    [
      "event destinations of sets that nobody knows",
      (s, n) => {
        each(n, (i) => {
          s.set(`s${i}`);
          s.identity(`d${i}.example`, { configurationSetName: `s${i}` });
        });
        each(n, () =>
          s.destination(unknown(), {
            matchingEventTypes: ["SEND"],
            enabled: true,
            snsDestination: { topicArn: unknown() },
          }),
        );
      },
    ],
    [
      "one component with all topics behind every notification",
      (s, n) => {
        const parent = s.add("acme:index:Topics", "all");
        each(n, (i) => s.topic(`t${i}`, {}, { parent }));
        each(n, (i) => {
          s.domain(`d${i}.example`);
          s.notify(`d${i}.example`, "Bounce", unknown(parent));
        });
      },
    ],
    [
      "functions and permissions for functions that nobody knows",
      (s, n) => {
        each(n, (i) => {
          const topic = s.topic(`t${i}`);
          s.notify("example.com", "Bounce", topic.arn);
          const fn = s.add("aws:lambda/function:Function", `f${i}`, { name: `f${i}` });
          s.subscribe(topic.arn, "lambda", fn.arn);
          s.add("aws:lambda/permission:Permission", `p${i}`, {
            function: unknown(),
            principal: "events.amazonaws.com",
            action: "lambda:InvokeFunction",
          });
        });
      },
    ],
    [
      "addresses beside one domain",
      (s, n) => {
        s.domain("example.com");
        each(n, (i) => s.address(`a${i}@example.com`));
      },
    ],
    [
      "references to topics outside, and topics without a name",
      (s, n) => {
        each(n, (i) => s.add("aws:sns/topic:Topic", `u${i}`, { name: unknown() }));
        each(n, (i) => s.notify(`d${i}.example`, "Bounce", `arn:aws:sns:us-east-1:123456789012:t${i}`));
      },
    ],
  ];

  test.each(scenarios)("%s", (_, fill) => {
    const workOf = (n: number): number => {
      const stack = new Stack();
      fill(stack, n);
      const views = [stack.records("preview")];
      return countWork(() => evaluate(views, DEFAULT_CONFIG, TODAY));
    };
    const [small, large] = [workOf(300), workOf(1200)];
    // Linear work is four times as much, quadratic sixteen times.
    expect(large / small).toBeLessThan(7);
  });

  test("overrides and exceptions", () => {
    const workOf = (n: number): number => {
      const stack = new Stack();
      stack.domain("example.com");
      each(n, (i) => stack.address(`a${i}@example.com`));
      const names = Array.from({ length: n }, (_, i) => `a${i}@example.com`);
      const config: Config = {
        ...DEFAULT_CONFIG,
        intendedOverrides: names.map((identity) => ({ identity, reason: "r" })),
        exceptions: names.map((identity) => ({ rule: "bounce-handling", identity, reason: "r" })),
      };
      const views: StackRecords[] = [stack.records("state")];
      return countWork(() => evaluate(views, config, TODAY));
    };
    expect(workOf(1200) / workOf(300)).toBeLessThan(7);
  });
});

/** Elements of arrays that were looked at while the action ran. */
function countWork(action: () => unknown): number {
  let work = 0;
  const prototype = Array.prototype as unknown as Record<string | symbol, (...values: unknown[]) => unknown>;
  const names = [
    "find",
    "findIndex",
    "filter",
    "some",
    "every",
    "map",
    "flatMap",
    "forEach",
    "includes",
    "indexOf",
    "concat",
    Symbol.iterator,
  ];
  const originals = names.map((name) => [name, prototype[name]] as const);
  for (const [name, original] of originals) {
    prototype[name] = function (this: unknown[], ...values: unknown[]) {
      const stops = name === "find" || name === "some" || name === "every" || name === "findIndex";
      if (stops && typeof values[0] === "function") {
        const test = values[0] as (...given: unknown[]) => unknown;
        return original?.call(this, (...given: unknown[]) => {
          work++;
          return test(...given);
        });
      }
      work += this.length;
      return original?.apply(this, values);
    };
  }
  try {
    action();
  } finally {
    for (const [name, original] of originals) prototype[name] = original as (...values: unknown[]) => unknown;
  }
  return work;
}

test("the causes of a filter's findings tell the types apart, so that a baseline of one accepts no other", () => {
  const causes = (type: string) => {
    const stack = new Stack();
    stack.domain("example.com");
    const topic = stack.topic("feedback");
    stack.notify("example.com", type, topic.arn);
    const filter = { filterPolicy: json({ nothing: ["here"] }), filterPolicyScope: "MessageBody" };
    stack.subscribe(topic.arn, "https", "https://example.org/hook", filter);
    const { findings } = evaluate([stack.records("state")], DEFAULT_CONFIG, "2026-11-23");
    return findings.filter(({ rule }) => rule === "subscription-filter").map(({ cause }) => cause);
  };
  expect(causes("Bounce")).toEqual(["feedback: bounces"]);
  expect(causes("Complaint")).toEqual(["feedback: complaints"]);
});
