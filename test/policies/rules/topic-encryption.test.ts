import { topicEncryption } from "../../../policies/rules/topic-encryption";
import {
  ACCOUNT,
  allow,
  type Handle,
  json,
  KEY_FOR_SES,
  KEY_FOR_SNS,
  listen,
  Stack,
  unknown,
} from "../../support/records";
import { testRule } from "./tester";

const KEY_ACTIONS = ["kms:GenerateDataKey*", "kms:Decrypt"];
const IDENTITY = `arn:aws:ses:us-east-1:${ACCOUNT}:identity/example.com`;
const forSes = (condition?: Record<string, unknown>) => allow("ses.amazonaws.com", KEY_ACTIONS, "*", condition);
/** A topic with that key, heard by SES. */
const locked =
  (kmsMasterKeyId: unknown, exists = false) =>
  (s: Stack): Handle => {
    const topic = s.topic("feedback", { kmsMasterKeyId }, { exists });
    s.domain("example.com", {}, { exists });
    listen(s, "example.com", topic);
    return topic;
  };
const keyed =
  (policy: unknown, use: (key: Handle) => unknown = (key) => key.arn, exists = false) =>
  (s: Stack) =>
    locked(use(s.key("key", policy === undefined ? {} : { policy: json(policy) }, { exists })), exists)(s);
const inSet = (policy: object) => (s: Stack) => {
  const key = s.key("key", { policy: json(policy) }, { exists: true });
  const topic = s.topic("feedback", { kmsMasterKeyId: key.arn }, { exists: true });
  s.set("main", {}, { exists: true });
  s.destination(
    "main",
    { enabled: true, matchingEventTypes: ["BOUNCE"], snsDestination: { topicArn: topic.arn } },
    {},
    { exists: true },
  );
};

const about = "example.com@us-east-1: Topic feedback, which carries bounces and complaints of example.com (us-east-1),";
const managed = `violation ${about} is encrypted with alias/aws/sns, which SES can't use.`;
const refused = `violation ${about} can't be written by SES for example.com (us-east-1): the key's policy does not let SES use it.`;
const byDefault = `violation ${about} can't be written by SES for example.com (us-east-1): the key has no policy of its own, and the default one excludes SES.`;
const unfit = (defect: string) =>
  `violation ${about} is encrypted with a key that can't encrypt it: the key ${defect}.`;
const mayBeUnfit = `unverified ${about} has a key of which it is not known whether it is enabled, symmetric and of the same Region.`;
const keyLike = (more: Record<string, unknown>) => (s: Stack) =>
  locked(s.key("key", { policy: json(KEY_FOR_SES), ...more }).arn)(s);
const notKnown = `unverified ${about} has a key that is not known.`;
const perhaps = (why: string) => `unverified ${about} has a key that SES may not be able to use${why}.`;

const acrossStacks = (policy: object) => {
  const [mail, keys] = [new Stack("mail/prod"), new Stack("keys/prod")];
  keys.key("key", { policy: json(policy) });
  locked("arn:aws:kms:us-east-1:123456789012:key/mrk-key")(mail);
  return [mail, keys];
};

testRule(topicEncryption, {
  fails: [
    { name: "the managed key, by its alias", given: locked("alias/aws/sns"), finds: [managed] },
    {
      name: "the managed key, by the ARN of its alias",
      given: locked("arn:aws:kms:us-east-1:123456789012:alias/aws/sns"),
      finds: [managed],
    },
    {
      name: "a native topic with the managed key",
      given: (s) => {
        const topic = s.add("aws-native:sns:Topic", "feedback", {
          topicName: "feedback",
          kmsMasterKeyId: "alias/aws/sns",
        });
        s.domain("example.com");
        listen(s, "example.com", topic);
      },
      finds: [managed],
    },
    { name: "a disabled key", given: keyLike({ isEnabled: false }), finds: [unfit("is disabled")] },
    { name: "a key for signing", given: keyLike({ keyUsage: "SIGN_VERIFY" }), finds: [unfit("is for SIGN_VERIFY")] },
    {
      name: "an asymmetric key",
      given: keyLike({ customerMasterKeySpec: "RSA_2048" }),
      finds: [unfit("is asymmetric (RSA_2048)")],
    },
    {
      name: "a native key for message codes",
      given: (s) =>
        locked(
          s.add("aws-native:kms:Key", "key", {
            region: "us-east-1",
            keyPolicy: KEY_FOR_SES,
            keySpec: "HMAC_256",
            keyUsage: "GENERATE_VERIFY_MAC",
          }).arn,
        )(s),
      finds: [unfit("is for GENERATE_VERIFY_MAC")],
    },
    {
      name: "an external key that is switched off",
      given: (s) =>
        locked(
          s.add(
            "aws:kms/externalKey:ExternalKey",
            "key",
            { policy: json(KEY_FOR_SES), enabled: false },
            { id: "mrk-key" },
          ).id,
        )(s),
      finds: [unfit("is disabled")],
    },
    {
      name: "a key of another Region",
      given: keyLike({ region: "eu-west-1" }),
      finds: [unfit("is of another Region")],
    },
    {
      name: "a key of another Region, which stands elsewhere",
      given: locked("arn:aws:kms:eu-west-1:123456789012:key/mrk-elsewhere"),
      finds: [unfit("is of another Region")],
    },
    { name: "a key without a policy", given: keyed(undefined), finds: [byDefault] },
    { name: "a key for SNS, not for SES", given: keyed(KEY_FOR_SNS), finds: [refused] },
    {
      name: "a key for encrypting only",
      given: keyed(allow("ses.amazonaws.com", "kms:GenerateDataKey*")),
      finds: [refused],
    },
    {
      name: "an explicit deny",
      given: keyed({
        Statement: [
          ...(KEY_FOR_SES.Statement as object[]),
          { Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" },
        ],
      }),
      finds: [refused],
    },
    {
      name: "a condition on another account",
      given: keyed(forSes({ StringEquals: { "aws:SourceAccount": "999999999999" } }), undefined, true),
      finds: [refused],
    },
    {
      name: "a condition on another identity",
      given: keyed(forSes({ ArnEquals: { "aws:SourceArn": `${IDENTITY}.org` } }), undefined, true),
      finds: [refused],
    },
    {
      name: "a condition on the identity, where a set publishes",
      given: inSet(forSes({ ArnLike: { "aws:SourceArn": `arn:aws:ses:us-east-1:${ACCOUNT}:identity/*` } })),
      finds: [
        "violation @us-east-1: Topic feedback, which carries bounces of configuration set main (us-east-1), can't be written by SES for configuration set main (us-east-1): the key's policy does not let SES use it.",
      ],
    },
    {
      name: "an alias of the program's own",
      given: (s) => {
        const key = s.key("key", { policy: json(KEY_FOR_SNS) });
        locked(s.add("aws:kms/alias:Alias", "alias", { name: "alias/mail", targetKeyId: key.id }).out("name"))(s);
      },
      finds: [refused],
    },
    {
      name: "an alias by its name",
      given: (s) => {
        const key = s.key("key", { policy: json(KEY_FOR_SNS) });
        s.add("aws-native:kms:Alias", "alias", { aliasName: "alias/mail", targetKeyId: key.out("keyId") });
        locked("alias/mail")(s);
      },
      finds: [refused],
    },
    {
      name: "a native key",
      given: (s) =>
        locked(s.add("aws-native:kms:Key", "key", { region: "us-east-1", keyPolicy: KEY_FOR_SNS }).out("keyId"))(s),
      finds: [refused],
    },
    {
      name: "a policy beside the key, which overwrites its own",
      given: (s) => {
        const key = s.key("key", { policy: json(KEY_FOR_SES) });
        s.add("aws:kms/keyPolicy:KeyPolicy", "policy", { keyId: key.id, policy: json(KEY_FOR_SNS) });
        locked(key.arn)(s);
      },
      finds: [refused],
    },
    {
      name: "a replica",
      given: (s) => locked(s.add("aws:kms/replicaKey:ReplicaKey", "key", {}).arn)(s),
      finds: [byDefault],
    },
    { name: "the key of another stack in view", given: acrossStacks(KEY_FOR_SNS), forms: ["state"], finds: [refused] },
  ],
  passes: [
    {
      name: "a key that says what it is",
      given: keyLike({ isEnabled: true, keyUsage: "ENCRYPT_DECRYPT", customerMasterKeySpec: "SYMMETRIC_DEFAULT" }),
    },
    { name: "no key", given: (s) => listen(s, s.domain("example.com").out("domain"), s.topic()) },
    { name: "an empty key", given: locked("") },
    { name: "a key for SES", given: keyed(KEY_FOR_SES) },
    { name: "a key for SES, by its id", given: keyed(KEY_FOR_SES, (key) => key.id) },
    { name: "every action", given: keyed(allow("ses.amazonaws.com", "kms:*")) },
    {
      name: "for everybody",
      given: keyed({ Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" } }),
    },
    {
      name: "limited to the account",
      given: keyed(forSes({ StringEquals: { "AWS:SourceAccount": ACCOUNT } }), undefined, true),
    },
    {
      name: "limited to the identity",
      given: keyed(forSes({ ArnEquals: { "aws:SourceArn": IDENTITY } }), undefined, true),
    },
    {
      name: "limited to the set",
      given: inSet(
        forSes({ ArnEquals: { "aws:SourceArn": `arn:aws:ses:us-east-1:${ACCOUNT}:configuration-set/main` } }),
      ),
    },
    {
      name: "a policy beside the key",
      given: (s) => {
        const key = s.key();
        s.add("aws:kms/keyPolicy:KeyPolicy", "policy", { keyId: key.id, policy: json(KEY_FOR_SES) });
        locked(key.arn)(s);
      },
    },
    { name: "across stacks", given: acrossStacks(KEY_FOR_SES), forms: ["state"] },
    { name: "a key outside the view", given: locked("arn:aws:kms:us-east-1:123456789012:key/elsewhere") },
    { name: "a key that is only read", given: (s) => locked(s.key("key", {}, { external: true }).arn)(s) },
    { name: "a topic that SES does not use", given: (s) => s.topic("feedback", { kmsMasterKeyId: "alias/aws/sns" }) },
  ],
  unknown: [
    { name: "a key that may be disabled", given: keyLike({ isEnabled: unknown() }), finds: [mayBeUnfit] },
    { name: "a key for nobody knows what", given: keyLike({ keyUsage: unknown() }), finds: [mayBeUnfit] },
    { name: "a key that nobody knows", given: locked(unknown()), finds: [notKnown] },
    {
      name: "one of several keys",
      given: (s) => locked(unknown(s.key("one", { policy: json(KEY_FOR_SES) }), s.key("two")))(s),
      finds: [notKnown],
    },
    {
      name: "a policy that nobody knows",
      given: (s) => locked(s.key("key", { policy: unknown() }).arn)(s),
      forms: ["state"],
      finds: [perhaps(": part of the policy is not known")],
    },
    {
      name: "a policy that waits for a resource",
      given: (s) => locked(s.key("key", { policy: unknown(s.queue()) }).arn)(s),
      forms: ["preview", "pack"],
      finds: [perhaps(" until it is deployed")],
    },
    {
      name: "a condition that nobody can judge",
      given: keyed(forSes({ StringEquals: { "kms:ViaService": "sns.us-east-1.amazonaws.com" } })),
      finds: [perhaps(": it depends on kms:viaservice")],
    },
    {
      name: "a policy for nobody knows which key",
      given: (s) => {
        s.add("aws:kms/keyPolicy:KeyPolicy", "policy", { keyId: unknown(), policy: json(KEY_FOR_SNS) });
        keyed(KEY_FOR_SES)(s);
      },
      finds: [perhaps(": part of the policy is not known")],
    },
    {
      name: "an alias of nobody knows which key",
      given: (s) => {
        s.add("aws:kms/alias:Alias", "alias", { name: "alias/mail", targetKeyId: unknown() });
        locked("alias/mail")(s);
      },
      forms: ["state"],
      finds: [perhaps(": part of the policy is not known")],
    },
    {
      name: "it is not known what the topic carries",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", unknown(), s.topic("feedback", { kmsMasterKeyId: "alias/aws/sns" }).arn);
      },
      finds: [
        "unverified example.com@us-east-1: Topic feedback, which may carry bounces, complaints and deliveries of example.com (us-east-1), is encrypted with alias/aws/sns, which SES can't use.",
      ],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        keyed(undefined)(s);
      },
      forms: ["preview"],
      finds: [byDefault.replace("violation", "unverified")],
    },
  ],
});
