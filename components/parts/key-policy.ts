/** What the policy of a key that encrypts a feedback topic needs (F13), as an object. */
// biome-ignore lint/suspicious/noExplicitAny: the one map type whose keys stay as they are in every language
export function sesKeyPolicyStatement(): Record<string, any> {
  return {
    Sid: "AllowSesToPublishToEncryptedTopics",
    Effect: "Allow",
    Principal: { Service: "ses.amazonaws.com" },
    Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
    Resource: "*",
  };
}
