import { topicDataProtection } from "../../../policies/rules/topic-data-protection";
import { type Handle, listen, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const EMAIL = "arn:aws:dataprotection::aws:data-identifier/EmailAddress";
const statement = (more: Record<string, unknown> = {}) => ({
  DataDirection: "Inbound",
  Principal: ["*"],
  DataIdentifier: [EMAIL],
  Operation: { Deny: {} },
  ...more,
});
const policy = (...statements: unknown[]) => ({ Name: "protect", Version: "2021-06-01", Statement: statements });
const text = (...statements: unknown[]) => JSON.stringify(policy(...statements));

function heard(stack: Stack, exists = false): Handle {
  const topic = stack.topic("feedback", {}, { exists });
  stack.domain("example.com");
  listen(stack, "example.com", topic);
  return topic;
}

const protectedBy =
  (document: unknown, arn: (topic: Handle) => unknown = (topic) => topic.arn) =>
  (stack: Stack) => {
    const topic = heard(stack);
    stack.add("aws:sns/dataProtectionPolicy:DataProtectionPolicy", "protect", { arn: arn(topic), policy: document });
  };

const native = (dataProtectionPolicy: unknown) => (stack: Stack) => {
  const topic = stack.add("aws-native:sns:Topic", "feedback", { topicName: "feedback", dataProtectionPolicy });
  stack.domain("example.com");
  listen(stack, "example.com", topic);
};

const rejects =
  "violation example.com@us-east-1: Topic feedback carries bounces and complaints of example.com (us-east-1), but its data protection policy rejects messages with email addresses.";
const notKnown =
  "unverified example.com@us-east-1: Whether the data protection policy of topic feedback, which carries bounces and complaints of example.com (us-east-1), rejects messages with email addresses is not known.";

testRule(topicDataProtection, {
  fails: [
    { name: "addresses denied", given: protectedBy(text(statement())), finds: [rejects] },
    {
      name: "addresses denied to SES",
      given: protectedBy(text(statement({ Principal: "ses.amazonaws.com" }))),
      finds: [rejects],
    },
    {
      name: "the second of two statements",
      given: protectedBy(text(statement({ Operation: { Audit: { SampleRate: "99" } } }), statement())),
      finds: [rejects],
    },
    {
      name: "beside an identifier that nobody knows",
      given: protectedBy(text(statement({ DataIdentifier: ["OurCustomerNumber", EMAIL] }))),
      finds: [rejects],
    },
    {
      name: "identifiers of another partition",
      given: protectedBy(text(statement({ DataIdentifier: [EMAIL.replace("arn:aws:", "arn:aws-cn:")] }))),
      finds: [rejects],
    },
    { name: "inside a native topic", given: native(policy(statement())), finds: [rejects] },
  ],
  passes: [
    { name: "no policy", given: (s) => heard(s) },
    { name: "a native topic without a policy", given: native(undefined) },
    {
      name: "credit cards denied",
      given: protectedBy(text(statement({ DataIdentifier: [EMAIL.replace("EmailAddress", "CreditCardNumber")] }))),
    },
    { name: "addresses counted", given: protectedBy(text(statement({ Operation: { Audit: { SampleRate: "99" } } }))) },
    {
      name: "addresses denied to a role",
      given: protectedBy(text(statement({ Principal: ["arn:aws:iam::123456789012:role/app"] }))),
    },
    {
      name: "a topic that carries no feedback",
      given: (s) => {
        const other = s.topic("other");
        s.add("aws:sns/dataProtectionPolicy:DataProtectionPolicy", "protect", {
          arn: other.arn,
          policy: text(statement()),
        });
        heard(s);
      },
    },
    {
      name: "a policy of another topic, not known which, that lets addresses through",
      given: protectedBy(text(statement({ Operation: { Deidentify: { MaskConfig: {} } } })), () => unknown()),
    },
  ],
  unknown: [
    { name: "a policy that is not known", given: protectedBy(unknown()), finds: [notKnown] },
    { name: "a policy that nobody can read", given: protectedBy("{"), finds: [notKnown] },
    {
      name: "an identifier of one's own",
      given: protectedBy(text(statement({ DataIdentifier: ["OurCustomerNumber"] }))),
      finds: [notKnown],
    },
    {
      name: "addresses denied on their way out",
      given: protectedBy(text(statement({ DataDirection: "Outbound" }))),
      finds: [notKnown],
    },
    {
      name: "whose policy it is, is not known",
      given: protectedBy(text(statement()), () => unknown()),
      finds: [notKnown],
    },
    { name: "a native topic whose policy is not known", given: native(unknown()), finds: [notKnown] },
  ],
});
