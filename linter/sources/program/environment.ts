/**
 * What a program gets to see of our environment. Names that lead to a file, a locale or a Region, not to a secret;
 * `AWS_REGION` is the provider's.
 */
const ALLOWED = new Set([
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "PWD", "LANG", "TZ", "TERM", "TMPDIR", "TMP", "TEMP"],
  ...["CI", "NODE_ENV", "NODE_OPTIONS", "NODE_PATH", "NODE_EXTRA_CA_CERTS", "NO_COLOR", "FORCE_COLOR"],
  ...["AWS_REGION", "AWS_DEFAULT_REGION"],
  ...["SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA"],
]);

/**
 * The environment of a program that is only looked at: what every program needs, what the user names, and the AWS
 * SDKs pointed away from the credentials of the machine. This guards against accidents, not against code that looks
 * for secrets elsewhere.
 * @param names variables that the program gets too
 */
export function limitedEnvironment(environment: NodeJS.ProcessEnv, names: readonly string[] = []): NodeJS.ProcessEnv {
  const isAllowed = (name: string) => ALLOWED.has(name.toUpperCase()) || name.startsWith("LC_") || names.includes(name);
  return {
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => isAllowed(name))),
  };
}
