import { heardTopic, json, listen, Stack, unknown } from "../../support/records";
import type { Cases } from "./tester";

/** The cases of both handling rules: what holds for bounces holds for complaints. */
export function handlingCases(type: "bounce" | "complaint"): Cases {
  const spelled = type === "bounce" ? "Bounce" : "Complaint";
  const upper = type.toUpperCase();
  const other = type === "bounce" ? "Complaint" : "Bounce";
  const nobody = (name: string, why: string, region = "us-east-1") =>
    `violation ${name}@${region}: Nobody receives the ${type}s of ${name} (${region}): ${why}.`;
  const undeclared = "nothing is declared, so SES forwards them to whatever mailbox the sender gave";
  const doubt = (name: string, why: string) =>
    `unverified ${name}@us-east-1: Whether anybody receives the ${type}s of ${name} (us-east-1) is not known: ${why}.`;
  const blind = `unverified example.com@us-east-1: The ${type}s of example.com (us-east-1) go to a destination that is not known, so it cannot be checked.`;
  const mayBelong = "event destination destination-1 may belong to its configuration set";
  const inSet =
    (destination: object, more: object = {}) =>
    (s: Stack) => {
      s.set("main");
      s.destination("main", { matchingEventTypes: [upper], enabled: true, ...destination }, more as never);
      s.identity("example.com", { configurationSetName: "main" });
    };

  const acrossStacks = () => {
    const [mail, settings] = [new Stack("mail/prod"), new Stack("settings/prod")];
    mail.domain("example.com");
    settings.notify("example.com", spelled, heardTopic(settings).arn);
    return [mail, settings];
  };

  return {
    fails: [
      {
        name: "an event destination to Pinpoint",
        given: inSet({
          pinpointDestination: { applicationArn: "arn:aws:mobiletargeting:us-east-1:123456789012:apps/a" },
        }),
        finds: [nobody("example.com", "event destination destination-1 sends to Pinpoint, which ended on 2026-10-30")],
      },
      {
        name: "an event destination to Firehose, whose role this preview deletes",
        given: (s) => {
          const role = s.add("aws:iam/role:Role", "deliver", { name: "deliver" }, { gone: true, exists: true });
          const deliveryStreamArn = "arn:aws:firehose:us-east-1:123456789012:deliverystream/f";
          inSet({ kinesisFirehoseDestination: { deliveryStreamArn, iamRoleArn: role.arn } })(s);
        },
        finds: [
          nobody(
            "example.com",
            "role deliver, which event destination destination-1 delivers as, is deleted by this preview",
          ),
        ],
      },
      {
        name: "one event destination of nobody knows which set, for two identities with a set each",
        given: (s) => {
          for (const name of ["a", "b"]) {
            s.set(name);
            s.identity(`${name}.example`, { configurationSetName: name });
          }
          const topicArn = "arn:aws:sns:us-east-1:123456789012:t";
          s.destination(unknown(), { matchingEventTypes: [upper], enabled: true, snsDestination: { topicArn } });
        },
        finds: [
          `violation @us-east-1: Nobody receives the ${type}s of at least 1 of a.example (us-east-1) and b.example (us-east-1): there are fewer event destinations of a configuration set that is not known than sets of theirs without one.`,
          doubt("a.example", mayBelong),
          doubt("b.example", mayBelong),
        ],
      },
      {
        name: "nothing is declared",
        given: (s) => s.domain("example.com"),
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "an address, too",
        given: (s) => s.address("Ceo@Example.COM"),
        finds: [nobody("Ceo@example.com", undeclared)],
      },
      { name: "a v2 identity", given: (s) => s.identity("example.com"), finds: [nobody("example.com", undeclared)] },
      {
        name: "a native identity",
        given: (s) => s.nativeIdentity("example.com"),
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "only the other type has a topic",
        given: (s) => {
          s.domain("example.com");
          s.notify("example.com", other, heardTopic(s).arn);
        },
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "a notification without a topic is none",
        given: (s) => {
          s.domain("example.com");
          s.notify("example.com", spelled);
        },
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "a topic ARN that is the empty text is none",
        given: (s) => {
          s.domain("example.com");
          s.notify("example.com", spelled, "");
        },
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "feedback attributes without a flag mean off",
        given: (s) => {
          s.domain("example.com");
          s.forwarding("example.com");
        },
        finds: [nobody("example.com", "feedback forwarding is off and nothing else carries them")],
      },
      {
        name: "forwarding of a native identity is off",
        given: (s) => s.nativeIdentity("example.com", { feedbackAttributes: { emailForwardingEnabled: false } }),
        finds: [nobody("example.com", "feedback forwarding is off and nothing else carries them")],
      },
      {
        name: "a native feedback block without the flag declares nothing",
        given: (s) => s.nativeIdentity("example.com", { feedbackAttributes: {} }),
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "forwarding is declared, and the configuration rejects it",
        given: (s) => {
          s.domain("example.com");
          s.forwarding("example.com", true);
        },
        config: { emailForwarding: "reject" },
        finds: [nobody("example.com", "they are only forwarded by email, which the configuration rejects")],
      },
      {
        name: "what is set for another Region does not count here",
        given: (s) => {
          s.domain("example.com");
          s.domain("example.com", { region: "eu-west-1" }, { as: "ireland" });
          listen(s, "example.com", heardTopic(s));
        },
        finds: [nobody("example.com", undeclared, "eu-west-1")],
      },
      {
        name: "what is set for the domain does not reach an address verified beside it",
        given: (s) => {
          s.domain("example.com");
          s.address("ceo@example.com");
          listen(s, "example.com", heardTopic(s));
        },
        finds: [nobody("ceo@example.com", undeclared)],
      },
      {
        name: "the case of the part before the @ matters",
        given: (s) => {
          s.address("ceo@example.com");
          s.address("CEO@example.com", {}, { as: "upper" });
          s.notify("ceo@example.com", spelled, heardTopic(s).arn);
        },
        finds: [nobody("CEO@example.com", undeclared)],
      },
      {
        name: "an event destination without enabled is disabled",
        given: inSet({ enabled: undefined, snsDestination: { topicArn: "arn:aws:sns:us-east-1:123456789012:t" } }),
        finds: [nobody("example.com", "event destination destination-1 is not enabled")],
      },
      {
        name: "CloudWatch carries counts only",
        given: inSet({ cloudWatchDestination: { dimensionConfigurations: [] } }),
        finds: [nobody("example.com", "event destination destination-1 sends counts to CloudWatch, no addresses")],
      },
      {
        name: "an event destination for another type",
        given: inSet({ matchingEventTypes: ["SEND", "DELIVERY"], eventBridgeDestination: { eventBusArn: "default" } }),
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "an event destination without a destination",
        given: inSet({}),
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "a set that is not the identity's default",
        given: (s) => {
          s.set("main");
          s.destination("main", {
            matchingEventTypes: [upper],
            enabled: true,
            snsDestination: { topicArn: heardTopic(s).arn },
          });
          s.identity("example.com");
        },
        finds: [nobody("example.com", "configuration set main listens, but it is not the default of this identity")],
      },
      {
        name: "the set of the same name in another Region",
        given: (s) => {
          s.set("main", { region: "eu-west-1" });
          s.destination(
            "main",
            {
              matchingEventTypes: [upper],
              enabled: true,
              pinpointDestination: { applicationArn: "arn:aws:mobiletargeting:eu-west-1:123456789012:apps/a" },
            },
            { region: "eu-west-1" },
          );
          s.set("mine");
          s.identity("example.com", { configurationSetName: "mine" });
        },
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "the setting is deleted, the identity stays",
        given: (s) => {
          s.identity("example.com", { tags: {} }, { exists: true });
        },
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "a plus label is an address of its own when it is verified",
        given: (s) => {
          s.address("user@example.com");
          s.address("user+label@example.com");
          s.notify("user@example.com", spelled, heardTopic(s).arn);
        },
        finds: [nobody("user+label@example.com", undeclared)],
      },
      {
        name: "the property __proto__ names nothing",
        given: (s) => s.domain("example.com", JSON.parse('{"__proto__": {"bounceTopic": "x"}}')),
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "forwarding on beside a type that only another identity's topic carries",
        given: (s) => {
          s.domain("example.com");
          s.domain("example.org");
          s.notify("example.org", spelled, heardTopic(s).arn);
        },
        finds: [nobody("example.com", undeclared)],
      },
      {
        name: "one unknown identity hides no other",
        given: (s) => {
          s.domain(unknown(), {}, { as: "unnamed" });
          s.domain("example.com");
        },
        finds: [
          nobody("example.com", undeclared),
          `violation @us-east-1: Nobody receives the ${type}s of unnamed (us-east-1): ${undeclared}.`,
        ],
      },
    ],
    passes: [
      {
        name: "a topic",
        given: (s) => {
          s.domain("example.com");
          s.notify("example.com", spelled, heardTopic(s).arn);
        },
      },
      {
        name: "by reference to the identity's name",
        given: (s) => {
          const identity = s.domain("example.com");
          s.notify(identity.out("domain"), spelled, heardTopic(s).arn);
        },
      },
      {
        name: "by the identity's ARN",
        given: (s) => {
          const identity = s.identity("example.com");
          s.notify(identity.arn, spelled, heardTopic(s).arn);
        },
      },
      {
        name: "by an ARN written out, with the Region in it",
        given: (s) => {
          s.identity("example.com", { region: "eu-west-1" });
          s.notify(
            "arn:aws:ses:eu-west-1:123456789012:identity/Example.com",
            spelled,
            "arn:aws:sns:eu-west-1:123456789012:t",
          );
        },
      },
      {
        name: "by upper-case and dotted spellings of the domain",
        given: (s) => {
          s.domain("EXAMPLE.com.");
          s.notify("example.COM", spelled, heardTopic(s).arn);
        },
      },
      {
        name: "by the domain in Unicode and in ASCII",
        given: (s) => {
          s.domain("bücher.example");
          s.notify("xn--bcher-kva.example", spelled, heardTopic(s).arn);
        },
      },
      {
        name: "a topic of another stack",
        given: (s) => {
          s.domain("example.com");
          s.notify("example.com", spelled, "arn:aws:sns:us-east-1:123456789012:elsewhere");
        },
      },
      {
        name: "settings in another stack of the view",
        given: acrossStacks(),
        forms: ["state"],
      },
      {
        name: "forwarding is declared",
        given: (s) => {
          s.domain("example.com");
          s.forwarding("example.com", true);
        },
      },
      {
        name: "forwarding as YAML writes it",
        given: (s) => {
          s.domain("example.com");
          s.forwarding("example.com", "true");
        },
      },
      {
        name: "forwarding of a native identity",
        given: (s) => s.nativeIdentity("example.com", { feedbackAttributes: { emailForwardingEnabled: true } }),
      },
      {
        name: "the configuration accepts the default",
        given: (s) => s.domain("example.com"),
        config: { emailForwarding: "accept" },
      },
      {
        name: "an event destination to SNS",
        given: inSet({ snsDestination: { topicArn: "arn:aws:sns:us-east-1:123456789012:t" } }),
      },
      {
        name: "an event destination to Firehose",
        given: inSet({
          kinesisFirehoseDestination: {
            deliveryStreamArn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/f",
            iamRoleArn: "r",
          },
        }),
      },
      {
        name: "v1: set by reference, types in lower case",
        given: (s) => {
          const set = s.add("aws:ses/configurationSet:ConfigurationSet", "main", { name: "main" });
          s.add("aws:ses/eventDestination:EventDestination", "events", {
            configurationSetName: set.out("name"),
            enabled: true,
            matchingTypes: [type],
            snsDestination: { topicArn: heardTopic(s).arn },
          });
          s.identity("example.com", { configurationSetName: set.out("name") });
        },
      },
      {
        name: "native: identity, set and destination",
        given: (s) => {
          const set = s.add("aws-native:ses:ConfigurationSet", "main", { name: "main" });
          s.add("aws-native:ses:ConfigurationSetEventDestination", "events", {
            configurationSetName: set.id,
            eventDestination: {
              enabled: true,
              matchingEventTypes: [type],
              snsDestination: { topicArn: heardTopic(s).arn },
            },
          });
          s.nativeIdentity("example.com", { configurationSetAttributes: { configurationSetName: set.id } });
        },
      },
      {
        name: "a set named when sending",
        given: (s) => {
          s.set("transactional");
          s.destination("transactional", {
            matchingEventTypes: [upper],
            enabled: true,
            eventBridgeDestination: { eventBusArn: "arn:aws:events:us-east-1:123456789012:event-bus/default" },
          });
          s.domain("example.com");
        },
        config: {
          sendTimeConfigurationSets: [
            { configurationSet: "transactional", identities: ["Example.com"], reason: "the mail library" },
          ],
        },
      },
      {
        name: "what is only read is judged for nothing",
        given: (s) => s.domain("example.com", {}, { external: true }),
      },
      {
        name: "an identity managed elsewhere is judged there",
        given: (s) => s.topic(),
        config: {
          externalIdentities: [
            {
              identity: "example.com",
              kind: "domain",
              account: null,
              region: "us-east-1",
              bounce: [],
              complaint: [],
              delivery: [],
            },
          ],
        },
      },
      {
        name: "accepted by an exception, on its last day",
        given: (s) => s.domain("receive-only.example.com"),
        config: {
          exceptions: [
            {
              rule: `${type}-handling`,
              identity: "receive-only.EXAMPLE.com",
              reason: "never sends",
              expires: "2026-11-23",
            },
          ],
        },
        finds: [`waived receive-only.example.com@us-east-1`],
      },
      {
        name: "two resources for one identity: the union of their settings",
        given: (s) => {
          s.domain("example.com");
          s.identity("example.com", {}, { as: "second" });
          s.notify("example.com", spelled, heardTopic(s).arn);
        },
      },
      {
        name: "the topic of a component",
        given: (s) => {
          const parent = s.add("acme:index:Feedback", "component");
          const topic = s.topic("inner", {}, { parent });
          s.subscribe(topic.arn);
          s.domain("example.com");
          s.notify("example.com", spelled, unknown(parent));
        },
        forms: ["preview", "pack"],
      },
    ],
    unknown: [
      {
        name: "a destination that nobody knows handles the type, and is doubted",
        given: (s) => {
          s.domain("example.com");
          s.notify("example.com", spelled, unknown());
        },
        finds: [blind],
      },
      {
        name: "several topics behind one value",
        given: (s) => {
          const [a, b] = [s.topic("a"), s.topic("b")];
          s.domain("example.com");
          s.notify("example.com", spelled, unknown(a, b));
        },
        finds: [blind],
      },
      {
        name: "a flag that nobody knows",
        given: (s) => {
          s.domain("example.com");
          s.forwarding("example.com", unknown());
        },
        finds: [doubt("example.com", "it is not known whether feedback forwarding is on")],
      },
      {
        name: "a flag of an odd type",
        given: (s) => {
          s.domain("example.com");
          s.forwarding("example.com", 1);
        },
        finds: [doubt("example.com", "it is not known whether feedback forwarding is on")],
      },
      {
        name: "a notification whose type nobody knows",
        given: (s) => {
          s.domain("example.com");
          s.notify("example.com", unknown(), heardTopic(s).arn);
        },
        finds: [doubt("example.com", "it is not known whether notification-3 carries them")],
      },
      {
        name: "a notification for an identity that nobody knows",
        given: (s) => {
          s.domain("example.com");
          s.notify(unknown(), spelled, heardTopic(s).arn);
        },
        finds: [doubt("example.com", "notification-3 may set its topic")],
      },
      {
        name: "a default set that nobody knows",
        given: (s) => s.identity("example.com", { configurationSetName: unknown() }),
        finds: [doubt("example.com", "its default configuration set is not known")],
      },
      {
        name: "a default set outside the view",
        given: (s) => s.identity("example.com", { configurationSetName: "main" }),
        finds: [doubt("example.com", "its configuration set main is not in view")],
      },
      {
        name: "an event destination whose types nobody knows",
        given: inSet({
          matchingEventTypes: unknown(),
          snsDestination: { topicArn: "arn:aws:sns:us-east-1:123456789012:t" },
        }),
        finds: [doubt("example.com", "it is not known whether destination-1 carries them")],
      },
      {
        name: "an event destination of which nobody knows whether it is enabled",
        given: inSet({ enabled: unknown(), snsDestination: { topicArn: "arn:aws:sns:us-east-1:123456789012:t" } }),
        finds: [doubt("example.com", "it is not known whether destination-1 carries them")],
      },
      {
        name: "an event destination of which nothing is known",
        given: (s) => {
          s.set("main");
          s.destination("main", unknown());
          s.identity("example.com", { configurationSetName: "main" });
        },
        finds: [doubt("example.com", "it is not known whether destination-1 carries them")],
      },
      {
        name: "an event destination whose set nobody knows",
        given: (s) => {
          s.set("main");
          s.destination(unknown(), {
            matchingEventTypes: [upper],
            enabled: true,
            snsDestination: { topicArn: "arn:aws:sns:us-east-1:123456789012:t" },
          });
          s.identity("example.com", { configurationSetName: "main" });
        },
        finds: [doubt("example.com", "event destination destination-1 may belong to its configuration set")],
      },
      {
        name: "a preview that leaves unchanged resources out",
        given: (s) => {
          s.partial = true;
          s.domain("example.com");
        },
        forms: ["preview"],
        finds: [
          `unverified example.com@us-east-1: Nobody receives the ${type}s of example.com (us-east-1): ${undeclared}.`,
        ],
      },
      {
        name: "a setting of the same name in a Region that nobody knows",
        given: (s) => {
          s.domain("example.com");
          s.notify("example.com", spelled, "arn:aws:sns:us-east-1:123456789012:t", { region: unknown() });
        },
        finds: [doubt("example.com", "notification-1 may set its topic")],
      },
      {
        name: "two settings of forwarding that differ",
        given: (s) => {
          s.domain("example.com");
          s.forwarding("example.com", true);
          s.forwarding("example.com", false);
        },
        finds: [doubt("example.com", "it is not known whether feedback forwarding is on")],
      },
      {
        name: "an unknown name that a setting could mean",
        given: (s) => {
          s.domain(unknown(), {}, { as: "unnamed" });
          s.notify("example.com", spelled, heardTopic(s).arn);
        },
        finds: [
          `unverified @us-east-1: Whether anybody receives the ${type}s of unnamed (us-east-1) is not known: notification-3 may set its topic.`,
        ],
      },
      {
        name: "a policy text is no topic",
        given: (s) => {
          s.domain("example.com");
          s.notify("example.com", spelled, json({ a: unknown() }));
        },
        forms: ["preview", "pack"],
        finds: [blind],
      },
    ],
  };
}
