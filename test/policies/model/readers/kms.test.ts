import { UNKNOWN } from "../../../../policies/model/value";
import { factOf } from "./read";

const ARN = "arn:aws:kms:us-east-1:111122223333:key/1234";

test.each([
  ["aws:kms/key:Key", "policy"],
  ["aws:kms/replicaKey:ReplicaKey", "policy"],
  ["aws:kms/externalKey:ExternalKey", "policy"],
  ["aws-native:kms:Key", "keyPolicy"],
  ["aws-native:kms:ReplicaKey", "keyPolicy"],
])("%s is a key with its %s", (type, policy) => {
  expect(factOf(type, { [policy]: "{}" }, { keyId: "1234", arn: ARN })).toMatchObject({
    fact: "key",
    name: "1234",
    arn: ARN,
    policy: "{}",
  });
  expect(factOf(type, {}, { keyId: "1234", arn: ARN })).toMatchObject({ policy: undefined });
});

test("a policy of a key", () => {
  expect(factOf("aws:kms/keyPolicy:KeyPolicy", { keyId: "1234", policy: "{}" })).toMatchObject({
    fact: "key-policy",
    owners: ["1234"],
    policy: "{}",
  });
});

test.each([
  ["aws:kms/alias:Alias", "name"],
  ["aws-native:kms:Alias", "aliasName"],
])("%s is another name of a key", (type, name) => {
  expect(factOf(type, { [name]: "alias/mail", targetKeyId: "1234" })).toMatchObject({
    fact: "key-alias",
    name: "alias/mail",
    key: "1234",
  });
  expect(factOf(type, { [name]: "alias/mail" })).toMatchObject({ key: UNKNOWN });
});

test.each([
  ["aws:kms/key:Key", "isEnabled", "customerMasterKeySpec"],
  ["aws:kms/externalKey:ExternalKey", "enabled", "keySpec"],
  ["aws-native:kms:Key", "enabled", "keySpec"],
])("%s tells what it is", (type, enabled, spec) => {
  const inputs = { [enabled]: false, keyUsage: "SIGN_VERIFY", [spec]: "RSA_2048" };
  expect(factOf(type, inputs)).toMatchObject({ enabled: false, usage: "SIGN_VERIFY", spec: "RSA_2048" });
  expect(factOf(type, {})).toMatchObject({ enabled: undefined, usage: undefined, spec: undefined });
  expect(factOf(type, { [enabled]: UNKNOWN, keyUsage: UNKNOWN, [spec]: UNKNOWN })).toMatchObject({
    ...{ enabled: UNKNOWN, usage: UNKNOWN, spec: UNKNOWN },
  });
});
