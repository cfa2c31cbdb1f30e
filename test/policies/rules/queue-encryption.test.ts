import { queueEncryption } from "../../../policies/rules/queue-encryption";
import {
  ACCOUNT,
  allow,
  feed,
  type Handle,
  json,
  KEY_FOR_SES,
  KEY_FOR_SNS,
  Stack,
  unknown,
} from "../../support/records";
import { testRule } from "./tester";

const KEY_ACTIONS = ["kms:GenerateDataKey*", "kms:Decrypt"];
const locked = (kmsMasterKeyId: unknown) => (s: Stack) => feed(s, "sqs", s.queue("inbox", { kmsMasterKeyId }).arn);
const keyed =
  (policy: unknown, use: (key: Handle) => unknown = (key) => key.arn) =>
  (s: Stack) =>
    locked(use(s.key("key", policy === undefined ? {} : { policy: json(policy) })))(s);
const here = "Queue inbox, fed by topic feedback that carries bounces and complaints of example.com (us-east-1),";
const about = `example.com@us-east-1: ${here}`;
const managed = `violation ${about} is encrypted with alias/aws/sqs, which SNS can't use.`;
const refused = `violation ${about} has a key whose policy does not let SNS use it.`;
const byDefault = `violation ${about} has a key without a policy of its own, whose default excludes SNS.`;
const unfit = (defect: string) => `violation ${about} has a key that can't encrypt it: the key ${defect}.`;
const mayBeUnfit = `unverified ${about} has a key of which it is not known whether it is enabled, symmetric and of the same Region.`;
const keyLike = (more: Record<string, unknown>) => (s: Stack) =>
  locked(s.key("key", { policy: json(KEY_FOR_SNS), ...more }).arn)(s);
const notKnown = `unverified ${about} has a key that is not known.`;
const perhaps = (why: string) => `unverified ${about} has a key that SNS may not be able to use${why}.`;

const acrossStacks = () => {
  const [mail, keys] = [new Stack("mail/prod"), new Stack("keys/prod")];
  keys.key("key", { policy: json(KEY_FOR_SES) });
  locked("arn:aws:kms:us-east-1:123456789012:key/mrk-key")(mail);
  return [mail, keys];
};

/** A topic of an opt-in Region that feeds a queue of another, whose key lets SNS in by that name. */
const abroad = (principal: string, region = "us-east-1") => {
  const [mail, handler] = [new Stack("mail/prod", { region: "ap-east-1" }), new Stack("handler/prod", { region })];
  const key = handler.key("key", { policy: json(allow(principal, KEY_ACTIONS)) });
  handler.queue("inbox", { kmsMasterKeyId: key.arn });
  feed(mail, "sqs", `arn:aws:sqs:${region}:123456789012:inbox`);
  return [mail, handler];
};

testRule(queueEncryption, {
  fails: [
    {
      name: "a key for SNS of the usual name, across Regions from an opt-in one",
      given: abroad("sns.amazonaws.com"),
      forms: ["state"],
      finds: [refused.replaceAll("us-east-1", "ap-east-1")],
    },
    {
      name: "a key for SNS of an opt-in Region, within it",
      given: abroad("sns.ap-east-1.amazonaws.com", "ap-east-1"),
      forms: ["state"],
      finds: [refused.replaceAll("us-east-1", "ap-east-1")],
    },
    { name: "the managed key, by its alias", given: locked("alias/aws/sqs"), finds: [managed] },
    {
      name: "the managed key, by the ARN of its alias",
      given: locked("arn:aws:kms:us-east-1:123456789012:alias/aws/sqs"),
      finds: [managed],
    },
    {
      name: "a native queue with the managed key",
      given: (s) => {
        const queue = s.add("aws-native:sqs:Queue", "inbox", { queueName: "inbox", kmsMasterKeyId: "alias/aws/sqs" });
        feed(s, "sqs", queue.arn);
      },
      finds: [managed],
    },
    { name: "a disabled key", given: keyLike({ isEnabled: false }), finds: [unfit("is disabled")] },
    {
      name: "a key to agree on keys",
      given: keyLike({ keyUsage: "KEY_AGREEMENT" }),
      finds: [unfit("is for KEY_AGREEMENT")],
    },
    {
      name: "an asymmetric key",
      given: keyLike({ customerMasterKeySpec: "ECC_NIST_P256" }),
      finds: [unfit("is asymmetric (ECC_NIST_P256)")],
    },
    {
      name: "a key of another Region",
      given: keyLike({ region: "eu-west-1" }),
      finds: [unfit("is of another Region")],
    },
    { name: "a key without a policy", given: keyed(undefined), finds: [byDefault] },
    { name: "a key for SES, not for SNS", given: keyed(KEY_FOR_SES), finds: [refused] },
    {
      name: "a key for decrypting only",
      given: keyed(allow("sns.amazonaws.com", "kms:Decrypt")),
      finds: [refused],
    },
    {
      name: "a key for another account",
      given: (s) => {
        const key = s.key(
          "key",
          {
            policy: json(
              allow("sns.amazonaws.com", KEY_ACTIONS, "*", { StringEquals: { "aws:SourceAccount": "999999999999" } }),
            ),
          },
          { exists: true },
        );
        const topic = s.topic("feedback", {}, { exists: true });
        s.domain("example.com");
        s.notify("example.com", "Bounce", topic.arn);
        s.subscribe(topic.arn, "sqs", s.queue("inbox", { kmsMasterKeyId: key.arn }, { exists: true }).arn);
      },
      finds: [
        `violation ${about.replace("bounces and complaints", "bounces")} has a key whose policy does not let SNS use it.`,
      ],
    },
    {
      name: "an explicit deny",
      given: keyed({
        Statement: [
          ...(KEY_FOR_SNS.Statement as object[]),
          { Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" },
        ],
      }),
      finds: [refused],
    },
    {
      name: "by an alias of the program's own",
      given: (s) => {
        const key = s.key("key", { policy: json(KEY_FOR_SES) });
        s.add("aws:kms/alias:Alias", "alias", { name: "alias/mail", targetKeyId: key.id });
        locked("alias/mail")(s);
      },
      finds: [refused],
    },
    {
      name: "a native key, its policy an object",
      given: (s) => {
        const key = s.add("aws-native:kms:Key", "key", { region: "us-east-1", keyPolicy: KEY_FOR_SES });
        locked(key.out("arn"))(s);
      },
      finds: [refused],
    },
    {
      name: "a policy beside the key, which overwrites its own",
      given: (s) => {
        const key = s.key("key", { policy: json(KEY_FOR_SNS) });
        s.add("aws:kms/keyPolicy:KeyPolicy", "policy", { keyId: key.id, policy: json(KEY_FOR_SES) });
        locked(key.id)(s);
      },
      finds: [refused],
    },
    { name: "the key of another stack in view", given: acrossStacks(), forms: ["state"], finds: [refused] },
  ],
  passes: [
    {
      name: "a key for SNS of an opt-in Region, across Regions",
      given: abroad("sns.ap-east-1.amazonaws.com"),
      forms: ["state"],
    },
    {
      name: "a key for SNS of the usual name, within an opt-in Region",
      given: abroad("sns.amazonaws.com", "ap-east-1"),
      forms: ["state"],
    },
    { name: "a key that says what it is", given: keyLike({ isEnabled: true, keyUsage: "ENCRYPT_DECRYPT" }) },
    { name: "no key: SSE-SQS", given: (s) => feed(s, "sqs", s.queue("inbox", { sqsManagedSseEnabled: true }).arn) },
    { name: "an empty key", given: locked("") },
    { name: "a key for SNS", given: keyed(KEY_FOR_SNS) },
    { name: "a key for SNS, by its id", given: keyed(KEY_FOR_SNS, (key) => key.id) },
    {
      name: "a policy beside the key",
      given: (s) => {
        const key = s.key();
        s.add("aws:kms/keyPolicy:KeyPolicy", "policy", { keyId: key.id, policy: json(KEY_FOR_SNS) });
        locked(key.arn)(s);
      },
    },
    {
      name: "a key for the account's topics",
      given: (s) => {
        const condition = { StringEquals: { "aws:sourceaccount": ACCOUNT } };
        keyed(allow("sns.amazonaws.com", KEY_ACTIONS, "*", condition))(s);
      },
      forms: ["state"],
    },
    { name: "a key outside the view", given: locked("arn:aws:kms:us-east-1:123456789012:key/elsewhere") },
    { name: "a key that is only read", given: (s) => locked(s.key("key", {}, { external: true }).arn)(s) },
    { name: "a queue outside the view", given: (s) => feed(s, "sqs", "arn:aws:sqs:us-east-1:123456789012:elsewhere") },
    {
      name: "a queue on a topic that SES does not use",
      given: (s) => s.subscribe(s.topic().arn, "sqs", s.queue("inbox", { kmsMasterKeyId: "alias/aws/sqs" }).arn),
    },
    { name: "queue-policy tells of a queue that nobody knows", given: (s) => feed(s, "sqs", unknown()) },
  ],
  unknown: [
    {
      name: "a key of nobody knows what kind",
      given: keyLike({ customerMasterKeySpec: unknown() }),
      finds: [mayBeUnfit],
    },
    { name: "a key that nobody knows", given: locked(unknown()), finds: [notKnown] },
    {
      name: "one of several keys",
      given: (s) => locked(unknown(s.key("one", { policy: json(KEY_FOR_SNS) }), s.key("two")))(s),
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
      given: (s) => locked(s.key("key", { policy: unknown(s.topic("other")) }).arn)(s),
      forms: ["preview", "pack"],
      finds: [perhaps(" until it is deployed")],
    },
    {
      name: "a condition that nobody can judge",
      given: keyed(allow("sns.amazonaws.com", KEY_ACTIONS, "*", { StringEquals: { "kms:ViaService": "x" } })),
      finds: [perhaps(": it depends on kms:viaservice")],
    },
    {
      name: "a policy for nobody knows which key",
      given: (s) => {
        s.add("aws:kms/keyPolicy:KeyPolicy", "policy", { keyId: unknown(), policy: json(KEY_FOR_SES) });
        keyed(KEY_FOR_SNS)(s);
      },
      finds: [perhaps(": part of the policy is not known")],
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
