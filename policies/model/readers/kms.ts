import type { Reader, ReaderTable } from "../inventory/facts";
import { required } from "../reading";
import { attachedPolicy } from "./policies";

/** Keys, their policies and aliases. */
export const KMS: ReaderTable = {
  "aws:kms/key:Key": key({ policy: "policy", enabled: "isEnabled", spec: "customerMasterKeySpec" }),
  "aws:kms/replicaKey:ReplicaKey": key({ policy: "policy" }),
  "aws:kms/externalKey:ExternalKey": key({ policy: "policy", enabled: "enabled" }),
  "aws-native:kms:Key": key({ policy: "keyPolicy" }),
  "aws-native:kms:ReplicaKey": key({ policy: "keyPolicy" }),
  "aws:kms/keyPolicy:KeyPolicy": attachedPolicy("key-policy", { owner: "keyId", policy: "policy" }),
  "aws:kms/alias:Alias": alias({ name: "name" }),
  "aws-native:kms:Alias": alias({ name: "aliasName" }),
};

function key(at: { policy: string; enabled?: string; spec?: string }): Reader {
  return (reader) => ({
    fact: "key",
    name: reader.output("keyId"),
    arn: reader.output("arn"),
    policy: reader.raw(at.policy),
    enabled: reader.flag(at.enabled ?? "enabled").value,
    usage: reader.text("keyUsage").value,
    spec: reader.text(at.spec ?? "keySpec").value,
  });
}

function alias(at: { name: string }): Reader {
  return (reader) => ({
    fact: "key-alias",
    name: reader.text(at.name).value,
    arn: reader.output("arn"),
    key: required(reader.text("targetKeyId")),
  });
}
