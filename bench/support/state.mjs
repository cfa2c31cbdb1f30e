// Documents of any size, shaped like what the engine writes: rows with ids, dependencies and source positions.
// 10,000 identities are 50,000 rows and about 45 MB.
function row(urn, type, line, rest) {
  return {
    urn,
    custom: true,
    ...rest,
    type,
    sourcePosition: `project:///index.ts#${line},1`,
  };
}

/**
 * A state with this many identities: for each an identity, a topic, its subscription and two notification topics.
 * Yields text in pieces, so that documents larger than a string can be written.
 */
export function* state(identities) {
  const base = "urn:pulumi:prod::mail::";
  const root = `${base}pulumi:pulumi:Stack::mail-prod`;
  const providerUrn = `${base}pulumi:providers:aws::default_7_48_0`;
  const provider = `${providerUrn}::a758606c-697e-513c-a9cc-a06db2e01c25`;
  const region = { region: "us-east-1" };
  const head = [
    { urn: root, custom: false, type: "pulumi:pulumi:Stack" },
    {
      urn: providerUrn,
      custom: true,
      id: provider.slice(-36),
      type: "pulumi:providers:aws",
      inputs: region,
      outputs: region,
    },
  ];
  yield '{"version":3,"deployment":{"manifest":{"time":"2026-11-01T00:00:00Z","magic":"m","version":"v3.260.0"},"resources":[';
  yield head.map((item) => JSON.stringify(item)).join(",\n");
  const common = { parent: root, provider };
  for (let i = 0; i < identities; i++) {
    const domain = `customer-${i}.example.com`;
    const topicUrn = `${base}aws:sns/topic:Topic::feedback-${i}`;
    const arn = `arn:aws:sns:us-east-1:123456789012:feedback-${i}`;
    const identityUrn = `${base}aws:ses/domainIdentity:DomainIdentity::${domain}`;
    const policy = JSON.stringify({
      Statement: {
        Effect: "Allow",
        Principal: { Service: "ses.amazonaws.com" },
        Action: "sns:Publish",
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceAccount": "123456789012" } },
      },
    });
    const rows = [
      row(identityUrn, "aws:ses/domainIdentity:DomainIdentity", i * 5 + 1, {
        ...common,
        id: domain,
        inputs: { domain },
        outputs: { domain, arn: `arn:aws:ses:us-east-1:123456789012:identity/${domain}`, ...region },
        propertyDependencies: { domain: [] },
      }),
      row(topicUrn, "aws:sns/topic:Topic", i * 5 + 2, {
        ...common,
        id: arn,
        inputs: { name: `feedback-${i}`, policy },
        outputs: { name: `feedback-${i}`, arn, owner: "123456789012", fifoTopic: false, ...region },
        propertyDependencies: { name: [], policy: [] },
      }),
      row(
        `${base}aws:sns/topicSubscription:TopicSubscription::feedback-${i}`,
        "aws:sns/topicSubscription:TopicSubscription",
        i * 5 + 3,
        {
          ...common,
          id: `${arn}:00000000-0000-0000-0000-000000000000`,
          inputs: { topic: arn, protocol: "sqs", endpoint: "arn:aws:sqs:us-east-1:210987654321:feedback" },
          outputs: {
            topic: arn,
            protocol: "sqs",
            endpoint: "arn:aws:sqs:us-east-1:210987654321:feedback",
            pendingConfirmation: false,
            ...region,
          },
          propertyDependencies: { topic: [topicUrn], protocol: [], endpoint: [] },
        },
      ),
      ...["Bounce", "Complaint"].map((notificationType, index) =>
        row(
          `${base}aws:ses/identityNotificationTopic:IdentityNotificationTopic::${domain}-${notificationType}`,
          "aws:ses/identityNotificationTopic:IdentityNotificationTopic",
          i * 5 + 4 + index,
          {
            ...common,
            id: `${domain}|${notificationType}`,
            inputs: { identity: domain, notificationType, topicArn: arn },
            outputs: { identity: domain, notificationType, topicArn: arn, includeOriginalHeaders: false, ...region },
            propertyDependencies: { identity: [identityUrn], notificationType: [], topicArn: [topicUrn] },
          },
        ),
      ),
    ];
    yield `,\n${rows.map((item) => JSON.stringify(item)).join(",\n")}`;
  }
  yield "]}}";
}
