/** Names of variables that hold, or lead to, credentials; the Region is neither. */
const WITHHELD = [
  /^(?:AWS|PULUMI|ACTIONS|AZURE|ARM|GOOGLE|GCLOUD|CLOUDSDK)_/i,
  /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|_AUTH|COOKIE|SESSION|CI_JOB_JWT/i,
];
const KEPT = new Set(["AWS_REGION", "AWS_DEFAULT_REGION"]);

/**
 * The environment of a program that is only looked at: without credentials of AWS, of Pulumi, of other clouds and of
 * CI systems, and with the AWS SDKs pointed away from the credentials of the machine.
 */
export function withoutCredentials(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => KEPT.has(name) || !WITHHELD.some((pattern) => pattern.test(name)),
  );
  return {
    ...Object.fromEntries(kept),
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
