import { unverified } from "../../../policies/rules/unverified";
import { heardTopic, json, listen, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const hidden = (name: string, type: string, reason: string) =>
  `unverified -: ${name} (${type}) was not looked into: ${reason}.`;
const template =
  (type: string, inputs: Record<string, unknown>, options = {}) =>
  (s: Stack) => {
    s.add(type, "template", inputs, options);
  };
const STACK = "aws:cloudformation/stack:Stack";
const subscribed = (name: string) =>
  `unverified -: Which topic ${name} subscribes to is not known, so neither its filter nor its endpoint was looked at.`;

const external = (identity: string, expires: string) => ({
  ...{ identity, kind: "domain" as const, account: null, region: "us-east-1", bounce: [], complaint: [], delivery: [] },
  expires,
});

testRule(unverified, {
  fails: [],
  passes: [
    {
      name: "nothing in doubt",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", heardTopic(s));
      },
    },
    {
      name: "resources that have nothing to do with mail",
      given: (s) => {
        s.add("aws:s3/bucket:Bucket", "bucket", { bucket: unknown(), policy: unknown() });
        s.add("acme:index:Site", "site", {}, {});
      },
    },
    {
      name: "a template without SES",
      given: template(STACK, { templateBody: json({ Resources: { B: { Type: "AWS::S3::Bucket" } } }) }),
    },
    {
      name: "a subscription to nobody knows what, where SES uses no topic",
      given: (s) => s.subscribe(unknown()),
    },
    {
      name: "a bucket through Cloud Control, and a command about something else",
      given: (s) => {
        s.add("aws:cloudcontrol/resource:Resource", "bucket", { typeName: "AWS::S3::Bucket" });
        s.add("command:local:Command", "build", { create: "npm run build" });
      },
    },
    {
      name: "an intended override that is known",
      given: (s) =>
        s.add("ses-guard:index:MonitoredIdentity", "mail", {
          identity: "ceo@example.com",
          intendedOverride: { reason: "meant" },
        }),
    },
    {
      name: "a topic that the rules about handling tell of",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Bounce", unknown());
      },
    },
    {
      name: "a topic of another stack, known by its ARN, is not in doubt",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Delivery", "arn:aws:sns:us-east-1:123456789012:elsewhere");
      },
    },
    {
      name: "an event destination to nobody knows where, told of by the rules about handling",
      given: (s) => {
        s.set("main");
        s.destination("main", {
          enabled: true,
          matchingEventTypes: ["BOUNCE"],
          snsDestination: { topicArn: unknown() },
        });
        s.identity("example.com", { configurationSetName: "main" });
      },
    },
    {
      name: "what is only read",
      given: (s) => {
        listen(s, "example.com", heardTopic(s));
        s.subscribe(unknown(), "https", "https://example.org", {}, { external: true });
      },
    },
  ],
  unknown: [
    {
      name: "a template with SES resources",
      given: template(STACK, { templateBody: json({ Resources: { I: { Type: "AWS::SES::EmailIdentity" } } }) }),
      finds: [hidden("template", STACK, "its CloudFormation template contains SES resources")],
    },
    {
      name: "a template written in YAML",
      given: template(STACK, { templateBody: "Resources:\n  I:\n    Type: AWS::SES::EmailIdentity\n" }),
      finds: [hidden("template", STACK, "its CloudFormation template contains SES resources")],
    },
    {
      name: "a set of stacks, native",
      given: template("aws-native:cloudformation:StackSet", { templateBody: "Type: AWS::SES::ConfigurationSet" }),
      finds: [
        hidden("template", "aws-native:cloudformation:StackSet", "its CloudFormation template contains SES resources"),
      ],
    },
    {
      name: "a template in a bucket",
      given: template(STACK, { templateUrl: "https://bucket.s3.amazonaws.com/mail.yaml" }),
      finds: [hidden("template", STACK, "its CloudFormation template cannot be read here")],
    },
    {
      name: "a template that is a secret or not known",
      given: template("aws-native:cloudformation:Stack", { templateBody: unknown() }),
      finds: [hidden("template", "aws-native:cloudformation:Stack", "its CloudFormation template cannot be read here")],
    },
    {
      name: "a template that includes others",
      given: template("aws:cloudformation/stackSet:StackSet", {
        templateBody: json({ Resources: { Inner: { Type: "AWS::CloudFormation::Stack" } } }),
      }),
      finds: [
        hidden(
          "template",
          "aws:cloudformation/stackSet:StackSet",
          "its CloudFormation template includes other templates",
        ),
      ],
    },
    {
      name: "a dynamic resource",
      given: (s) => s.add("pulumi-nodejs:dynamic:Resource", "script"),
      finds: [
        hidden("script", "pulumi-nodejs:dynamic:Resource", "a dynamic resource may create identities out of sight"),
      ],
    },
    ...[
      [
        "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
        {},
        "the template of a serverless application cannot be read here",
      ],
      [
        "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
        {},
        "the template of a provisioned product cannot be read here",
      ],
      [
        "aws:cloudcontrol/resource:Resource",
        { typeName: "AWS::SES::EmailIdentity" },
        "it may create SES resources through Cloud Control",
      ],
      ["command:local:Command", { create: "aws ses verify-domain-identity" }, "its command may call SES"],
    ].map(([type, inputs, reason]) => ({
      name: `${type}`,
      given: template(`${type}`, Object(inputs)),
      finds: [hidden("template", `${type}`, `${reason}`)],
    })),
    {
      name: "a component whose children the source cannot show",
      given: (s) => s.add("acme:index:Mail", "plugin", {}, { opaque: true }),
      finds: [
        hidden("plugin", "acme:index:Mail", "its children are made by a plugin, which does not run without the engine"),
      ],
    },
    {
      name: "a record that is broken",
      given: (s) => s.add("aws:sns/topic:Topic", "broken", {}, { odd: "its inputs are no object" }),
      finds: [hidden("broken", "aws:sns/topic:Topic", "its inputs are no object")],
    },
    {
      name: "an entry of the inventory that is over",
      given: () => {},
      today: "2026-11-25",
      config: { externalIdentities: [external("b.example", "2026-11-25"), external("a.example", "2026-11-24")] },
      finds: [
        "unverified -: The entry of externalIdentities for a.example holds until 2026-11-24: its settings are not known any more.",
      ],
    },
    {
      name: "an inventory that is over: said once",
      given: () => {},
      today: "2026-11-25",
      config: { externalIdentities: [external("b.example", "2026-11-23"), external("a.example", "2026-11-24")] },
      finds: [
        "unverified -: 2 entries of externalIdentities are older than they may be, that for b.example since 2026-11-23: their settings are not known any more.",
      ],
    },
    {
      name: "a component whose override is not known",
      given: (s) =>
        s.add("ses-guard:index:MonitoredIdentity", "mail", {
          identity: "ceo@example.com",
          intendedOverride: { reason: "meant", expires: unknown() },
        }),
      finds: [hidden("mail", "ses-guard:index:MonitoredIdentity", "its intended override is not known here")],
    },
    {
      name: "a subscription to nobody knows which topic",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", heardTopic(s));
        s.subscribe(unknown());
      },
      finds: [subscribed("subscription-6")],
    },
    {
      name: "a subscription to one of several topics",
      given: (s) => {
        s.domain("example.com");
        const topic = heardTopic(s);
        listen(s, "example.com", topic);
        s.subscribe(unknown(topic, s.topic("other")));
      },
      finds: [subscribed("subscription-6")],
    },
    {
      name: "deliveries go to nobody knows which topic",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Delivery", unknown());
      },
      finds: [
        "unverified example.com@us-east-1: Which topic the notifications of example.com (us-east-1) go to is not known, so it was not looked at.",
      ],
    },
    {
      name: "a notification that belongs nowhere in view, to one of several topics",
      given: (s) => {
        const [one, two] = [s.topic("one"), s.topic("two")];
        s.notify("example.org", "Bounce", unknown(one, two));
        s.notify(unknown(), "Bounce", unknown());
      },
      finds: [
        "unverified example.org@us-east-1",
        "unverified @us-east-1: Which topic the notifications of notification-2 go to is not known, so it was not looked at.",
      ],
    },
    {
      name: "an event destination of a set that no identity in view uses",
      given: (s) => {
        s.set("main");
        s.destination("main", {
          enabled: true,
          matchingEventTypes: ["BOUNCE"],
          snsDestination: { topicArn: unknown() },
        });
      },
      finds: [
        "unverified @us-east-1: Which topic event destination destination-1 (us-east-1) publishes to is not known, so it was not looked at.",
      ],
    },
    {
      name: "an event destination for deliveries only, v1 and native",
      given: (s) => {
        s.add("aws:ses/eventDestination:EventDestination", "old", {
          configurationSetName: "main",
          enabled: true,
          matchingTypes: ["delivery"],
          snsDestination: { topicArn: unknown() },
        });
        s.add("aws-native:ses:ConfigurationSetEventDestination", "native", {
          configurationSetName: "main",
          eventDestination: {
            enabled: true,
            matchingEventTypes: ["delivery"],
            snsDestination: { topicArn: unknown() },
          },
        });
        s.identity("example.com", { configurationSetName: "main" });
      },
      finds: ["unverified @us-east-1", "unverified @us-east-1"],
    },
  ],
});
