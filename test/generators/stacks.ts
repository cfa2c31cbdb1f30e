import fc from "fast-check";
import type { Json } from "../../policies/model/value";
import {
  ACCOUNT,
  allow,
  FORMS,
  type Handle,
  json,
  KEY_FOR_SES,
  KEY_FOR_SNS,
  SES_MAY_PUBLISH,
  Stack,
  unknown,
} from "../support/records";

/** A program of SES, right or wrong in any way its author can think of. */
export function anyStack(): fc.Arbitrary<Stack> {
  const piece = fc.tuple(
    fc.nat({ max: PIECES.length - 1 }),
    fc.array(fc.nat({ max: 9973 }), { minLength: 12, maxLength: 12 }),
  );
  return fc.array(piece, { minLength: 3, maxLength: 22 }).map((pieces) => {
    const program = new Program();
    for (const [index, picks] of pieces) PIECES[index]?.(program, picks);
    return program.stack;
  });
}

const NAMES = [
  "example.com",
  "Example.com.",
  "mail.example.com",
  "ceo@example.com",
  "ceo@mail.example.com",
  "example.org",
];
const REGIONS = [undefined, undefined, undefined, "eu-west-1"];
const TYPES = ["Bounce", "Complaint", "Delivery"];
const POLICIES = [
  json(SES_MAY_PUBLISH),
  json(allow("ses.amazonaws.com", "sns:Publish")),
  json(allow("sns.amazonaws.com", "sqs:SendMessage")),
  json(KEY_FOR_SES),
  json(KEY_FOR_SNS),
  json(allow("events.amazonaws.com", "*")),
  SES_MAY_PUBLISH,
  "{",
];

type Piece = (program: Program, picks: readonly number[]) => void;

class Program {
  readonly stack = new Stack();
  readonly made = new Map<string, Handle[]>();
  count = 0;

  keep(kind: string, handle: Handle): Handle {
    this.made.set(kind, [...(this.made.get(kind) ?? []), handle]);
    return handle;
  }
}

class Chooser {
  private at = 0;
  constructor(
    readonly program: Program,
    private readonly picks: readonly number[],
  ) {
    program.count++;
  }

  of<T>(choices: readonly T[]): T {
    const pick = this.picks[this.at++ % this.picks.length] as number;
    return choices[pick % choices.length] as T;
  }

  name(prefix: string): string {
    return `${prefix}-${this.program.count}`;
  }

  /** A reference to one of what was made before, or what else it may be. */
  ref(kind: string, property: (handle: Handle) => unknown, otherwise: readonly unknown[]): unknown {
    const made = this.program.made.get(kind) ?? [];
    const choices = [...made.map(property), ...made.map(property), ...otherwise];
    return this.of(choices);
  }

  region(): Json {
    const region = this.of(REGIONS);
    return region === undefined ? {} : { region };
  }

  topic(): unknown {
    return this.ref("topic", (one) => one.arn, [
      "arn:aws:sns:us-east-1:123456789012:elsewhere",
      "arn:aws:sns:eu-west-1:123456789012:x.fifo",
      unknown(...(this.program.made.get("topic") ?? [])),
    ]);
  }

  set(): unknown {
    return this.ref("set", (one) => one.id, ["elsewhere", undefined, undefined]);
  }

  identity(): unknown {
    return this.ref("identity", (one) => one.id, [...NAMES, `arn:aws:ses:us-east-1:${ACCOUNT}:identity/example.com`]);
  }

  key(): unknown {
    return this.ref("key", (one) => one.arn, [undefined, undefined, "alias/aws/sns", "alias/aws/sqs", "alias/own"]);
  }
}

const some = (values: Json): Json =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
const piece =
  (make: (c: Chooser, stack: Stack) => void): Piece =>
  (program, stream) =>
    make(new Chooser(program, stream), program.stack);

const identity = piece((c, stack) => {
  const name = c.of(NAMES);
  const as = c.name("identity");
  const set = c.set();
  const options = { as, ...(c.of([0, 0, 0, 1]) === 1 && { external: true }) };
  const more = c.region();
  const make = [
    () => (name.includes("@") ? stack.address(name, more, options) : stack.domain(name, more, options)),
    () => stack.identity(name, some({ ...more, configurationSetName: set }), options),
    () =>
      stack.nativeIdentity(
        name,
        some({
          ...more,
          configurationSetAttributes: set === undefined ? undefined : { configurationSetName: set },
          feedbackAttributes: c.of([undefined, { emailForwardingEnabled: true }, { emailForwardingEnabled: false }]),
        }),
        { ...options, id: name },
      ),
  ];
  c.program.keep("identity", c.of(make)());
});

const PIECES: readonly Piece[] = [
  identity,
  identity,
  piece((c, stack) => {
    const name = c.name("topic");
    const fifo = c.of([false, false, false, true]);
    const more = some({
      name: fifo ? `${name}.fifo` : c.of([name, undefined]),
      fifoTopic: fifo || undefined,
      kmsMasterKeyId: c.key(),
      policy: c.of([undefined, undefined, ...POLICIES]),
      ...c.region(),
    });
    c.program.keep("topic", stack.add("aws:sns/topic:Topic", name, more));
  }),
  piece((c, stack) => {
    const name = c.name("native");
    const subscription = c.of([undefined, [], [{ protocol: "https", endpoint: "https://example.org" }]]);
    c.program.keep(
      "topic",
      stack.add(
        "aws-native:sns:Topic",
        name,
        some({ topicName: c.of([name, undefined]), subscription, kmsMasterKeyId: c.key() }),
      ),
    );
  }),
  piece((c, stack) => stack.notify(c.identity(), c.of(TYPES), c.of([c.topic(), c.topic(), undefined]), c.region())),
  piece((c, stack) => stack.notify(c.identity(), c.of(TYPES), c.topic())),
  piece((c, stack) => stack.forwarding(c.identity(), c.of([true, false, undefined]), c.region())),
  piece((c, stack) => {
    const protocol = c.of(["sqs", "lambda", "email", "https"]);
    const endpoint =
      protocol === "sqs"
        ? c.ref("queue", (one) => one.arn, ["arn:aws:sqs:us-east-1:123456789012:elsewhere"])
        : protocol === "lambda"
          ? c.ref("function", (one) => one.arn, ["arn:aws:lambda:us-east-1:123456789012:function:elsewhere"])
          : protocol === "email"
            ? c.of(["ceo@example.com", "ops@corp.example"])
            : "https://example.org";
    const filterPolicy = c.of([
      undefined,
      undefined,
      "{}",
      json({ store: ["a"] }),
      json({ notificationType: ["Bounce"] }),
    ]);
    stack.subscribe(
      c.topic(),
      protocol,
      endpoint,
      some({ filterPolicy, filterPolicyScope: c.of([undefined, "MessageBody"]) }),
      { outputs: { pendingConfirmation: c.of([false, false, true]) } },
    );
  }),
  piece((c, stack) => stack.topicPolicy(c.topic(), c.of(POLICIES))),
  piece((c, stack) =>
    stack.add("aws-native:sns:TopicPolicy", c.name("policy"), {
      topics: [c.topic(), c.topic()],
      policyDocument: c.of([SES_MAY_PUBLISH, KEY_FOR_SES]),
    }),
  ),
  piece((c, stack) => {
    const name = c.name("queue");
    const more = some({
      name,
      policy: c.of([undefined, ...POLICIES]),
      kmsMasterKeyId: c.key(),
      redrivePolicy: c.of([undefined, json({ maxReceiveCount: 3 })]),
    });
    c.program.keep("queue", stack.add("aws:sqs/queue:Queue", name, more));
  }),
  piece((c, stack) =>
    stack.add("aws:sqs/queuePolicy:QueuePolicy", c.name("policy"), {
      queueUrl: c.ref("queue", (one) => one.out("url"), ["https://sqs.us-east-1.amazonaws.com/123456789012/elsewhere"]),
      policy: c.of(POLICIES),
    }),
  ),
  piece((c, stack) =>
    stack.add("aws:sqs/redrivePolicy:RedrivePolicy", c.name("redrive"), {
      queueUrl: c.ref("queue", (one) => one.id, ["https://sqs.us-east-1.amazonaws.com/123456789012/elsewhere"]),
      redrivePolicy: "{}",
    }),
  ),
  piece((c, stack) =>
    c.program.keep("key", stack.key(c.name("key"), some({ policy: c.of([undefined, ...POLICIES]) }))),
  ),
  piece((c, stack) =>
    stack.add("aws:kms/keyPolicy:KeyPolicy", c.name("policy"), {
      keyId: c.ref("key", (one) => one.id, ["mrk-elsewhere"]),
      policy: c.of(POLICIES),
    }),
  ),
  piece((c, stack) =>
    stack.add("aws:kms/alias:Alias", c.name("alias"), {
      name: "alias/own",
      targetKeyId: c.ref("key", (one) => one.id, ["mrk-elsewhere"]),
    }),
  ),
  piece((c, stack) =>
    c.program.keep(
      "function",
      stack.add("aws:lambda/function:Function", c.name("function"), { name: c.name("function") }),
    ),
  ),
  piece((c, stack) =>
    stack.add(
      "aws:lambda/permission:Permission",
      c.name("permission"),
      some({
        function: c.ref("function", (one) => one.id, ["elsewhere"]),
        principal: c.of(["sns.amazonaws.com", "events.amazonaws.com"]),
        action: "lambda:InvokeFunction",
        sourceArn: c.of([undefined, c.topic()]),
      }),
    ),
  ),
  piece((c, stack) => {
    const as = c.name("set");
    const region = c.region();
    const wanted = c.of(["main", "other"]);
    // Two sets of one name in one Region cannot be deployed.
    const taken = stack.rows.some(
      (row) => Object.values(row.inputs).includes(wanted) && row.inputs.region === region.region,
    );
    const name = taken ? as : wanted;
    const more = some({
      suppressionOptions: c.of([undefined, { suppressedReasons: c.of([[], ["BOUNCE"], ["BOUNCE", "COMPLAINT"]]) }]),
      ...region,
    });
    const make = [
      () => stack.add("aws:sesv2/configurationSet:ConfigurationSet", as, { configurationSetName: name, ...more }),
      () =>
        stack.add("aws:ses/configurationSet:ConfigurationSet", as, {
          name,
          reputationMetricsEnabled: c.of([true, false]),
        }),
      () => stack.add("aws-native:ses:ConfigurationSet", as, { name, ...more }, { id: name }),
    ];
    c.program.keep("set", c.of(make)());
  }),
  piece((c, stack) => {
    const types = c.of([["BOUNCE", "COMPLAINT"], ["BOUNCE"], ["DELIVERY", "COMPLAINT"], ["SEND"]]);
    const destination = c.of<Json>([
      { snsDestination: { topicArn: c.topic() } },
      { snsDestination: { topicArn: c.topic() } },
      { kinesisFirehoseDestination: { deliveryStreamArn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/f" } },
      {
        eventBridgeDestination: {
          eventBusArn: c.of([
            "arn:aws:events:us-east-1:123456789012:event-bus/default",
            "arn:aws:events:us-east-1:123456789012:event-bus/own",
          ]),
        },
      },
      { cloudWatchDestination: {} },
    ]);
    const enabled = c.of([true, true, true, false, undefined]);
    stack.destination(c.set() ?? "main", some({ matchingEventTypes: types, enabled, ...destination }), c.region());
  }),
  piece((c, stack) =>
    stack.add(
      "aws:ses/eventDestination:EventDestination",
      c.name("destination"),
      some({
        configurationSetName: c.set() ?? "main",
        matchingTypes: c.of([["bounce", "complaint"], ["bounce"]]),
        enabled: c.of([true, false, undefined]),
        snsDestination: { topicArn: c.topic() },
      }),
    ),
  ),
  piece((c, stack) =>
    stack.add("aws:sesv2/accountSuppressionAttributes:AccountSuppressionAttributes", c.name("suppression"), {
      suppressedReasons: c.of([[], ["BOUNCE"], ["COMPLAINT", "BOUNCE"]]),
    }),
  ),
  piece((c, stack) =>
    stack.add("aws:sesv2/multiRegionEndpoint:MultiRegionEndpoint", c.name("endpoint"), {
      details: { routesDetails: [{ region: c.of(["eu-west-1", "ap-south-1"]) }] },
    }),
  ),
  piece((c, stack) =>
    stack.add("ses-guard:index:MonitoredIdentity", c.name("component"), {
      identity: c.of(NAMES),
      intendedOverride: { reason: "meant", expires: c.of([undefined, "2020-01-01", "2030-01-01"]) },
    }),
  ),
  piece((c, stack) => {
    const name = c.name("rule");
    const detailType = c.of([["Email Bounced"], ["Email Bounced", "Email Complaint Received"], [{ prefix: "Email" }]]);
    const eventPattern = json({ source: ["aws.ses"], "detail-type": detailType });
    const more = some({ state: c.of([undefined, "ENABLED", "DISABLED"]), ...c.region() });
    c.program.keep("rule", stack.add("aws:cloudwatch/eventRule:EventRule", name, { name, eventPattern, ...more }));
  }),
  piece((c, stack) =>
    stack.add("aws:cloudwatch/eventTarget:EventTarget", c.name("target"), {
      rule: c.ref("rule", (one) => one.out("name"), ["elsewhere"]),
      arn: "arn:aws:sqs:us-east-1:123456789012:elsewhere",
    }),
  ),
  piece((c, stack) =>
    stack.add("aws:sns/dataProtectionPolicy:DataProtectionPolicy", c.name("protection"), {
      arn: c.topic(),
      policy: json({
        Name: "protect",
        Version: "2021-06-01",
        Statement: [
          {
            DataDirection: c.of(["Inbound", "Outbound"]),
            Principal: ["*"],
            DataIdentifier: [
              `arn:aws:dataprotection::aws:data-identifier/${c.of(["EmailAddress", "CreditCardNumber"])}`,
            ],
            Operation: { Deny: {} },
          },
        ],
      }),
    }),
  ),
  piece((c, stack) =>
    stack.add("aws:ses/identityPolicy:IdentityPolicy", c.name("policy"), {
      identity: c.identity(),
      policy: json({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Principal: c.of(["*", { AWS: "999999999999" }]), Action: "ses:*", Resource: "*" },
      }),
    }),
  ),
  piece((c, stack) =>
    stack.add("aws:ses/domainDkim:DomainDkim", c.name("dkim"), { domain: c.identity(), ...c.region() }),
  ),
  piece((c, stack) => stack.add("aws:s3/bucket:Bucket", c.name("bucket"), { bucket: "b", policy: "{}" })),
];

/** A program of SES in any of its forms, as the rules get it. */
export const anyView = fc.tuple(anyStack(), fc.constantFrom(...FORMS)).map(([stack, form]) => stack.records(form));
