import type { Account } from "../account";
import { parseArn } from "../arn";
import { type ResourceRecord, read, type StackRecords } from "../record";
import { asArray, asString, isKnown, type Json, UNKNOWN } from "../value";

/** Settings of a provider by which two of them may sign in to different accounts. Source: `@pulumi/aws`, ProviderArgs. */
const SIGN_IN = [
  "profile",
  "accessKey",
  "secretKey",
  "token",
  "assumeRole",
  "assumeRoles",
  "assumeRoleWithWebIdentity",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
  "endpoints",
];

/** Whose a resource is, as far as the view tells. */
export class Accounts {
  /** By provider, else by stack: twelve digits, or the group of programs and sign-ins that share an account. */
  private readonly scopes = new Map<string, Account>();
  private readonly learnt = new Map<Account, string>();
  private readonly configs = new Map<string, Json>();

  /**
   * @param told accounts of stacks, from the configuration
   * @param assumed account of stacks that nobody told the account of
   */
  constructor(
    private readonly byUrn: ReadonlyMap<string, ResourceRecord>,
    stacks: readonly StackRecords[],
    private readonly told: Readonly<Record<string, string>>,
    private readonly assumed: string | undefined,
  ) {
    for (const { config, resources } of stacks) {
      const stack = resources[0]?.stack;
      if (config && stack !== undefined) this.configs.set(stack, config);
    }
  }

  /** Remembers the account that a resource's own ARN names, for all that sign in the same way. */
  learn(resource: ResourceRecord, account: string): void {
    const scope = this.scopeOf(resource);
    if (scope.startsWith("?") && !this.learnt.has(scope)) this.learnt.set(scope, account);
  }

  of(resource: ResourceRecord): Account {
    const scope = this.scopeOf(resource);
    return this.learnt.get(scope) ?? (isPlain(scope) ? (this.assumed ?? scope) : scope);
  }

  private scopeOf(resource: ResourceRecord): Account {
    const key = resource.provider ?? resource.stack;
    let scope = this.scopes.get(key);
    if (scope === undefined) {
      scope = this.readScope(resource);
      this.scopes.set(key, scope);
    }
    return scope;
  }

  private readScope({ provider: urn, stack }: ResourceRecord): Account {
    const plain = this.told[stack] ?? `?${stack}`;
    const config = (name: string): unknown => this.configs.get(stack)?.[`aws:${name}`];
    // The default provider is configured by the stack; one that is not in view and not the default may be anybody's.
    if (urn === undefined || /::default(_|$)/.test(urn)) {
      const provider = urn === undefined ? undefined : this.byUrn.get(urn);
      return scopeFrom((name) => (provider && read(provider, name)) ?? config(name), plain, stack);
    }
    const provider = this.byUrn.get(urn);
    return provider ? scopeFrom((name) => read(provider, name), plain, urn) : `?${urn}`;
  }
}

function isPlain(scope: Account): boolean {
  return scope.startsWith("?") && !scope.includes("\n") && !scope.includes("::");
}

/** What the settings of a provider say about its account. */
function scopeFrom(setting: (name: string) => unknown, plain: Account, own: string): Account {
  const allowed = asArray(parsed(setting("allowedAccountIds")));
  const only = isKnown(allowed) && allowed.length === 1 ? asString(allowed[0]) : undefined;
  if (isKnown(only)) return only;
  const role = roleAccount(setting("assumeRoles")) ?? roleAccount(setting("assumeRole"));
  if (role !== undefined) return role;
  const differing = SIGN_IN.filter((name) => setting(name) !== undefined);
  if (differing.length === 0) return plain;
  const group = plain.startsWith("?") ? plain : `?${plain}`;
  // A sign-in that is not known is like no other.
  if (differing.some((name) => setting(name) === UNKNOWN)) return `${group}\n${own}`;
  return `${group}\n${differing.map((name) => `${name}=${shown(setting(name))}`).join("\n")}`;
}

/** The account of the last role that is assumed; provider rows hold lists as JSON text. */
function roleAccount(raw: unknown): string | undefined {
  const value = parsed(raw);
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  const arn = typeof last === "object" && last !== null && "roleArn" in last ? asString(last.roleArn) : undefined;
  return isKnown(arn) ? parseArn(arn)?.account || undefined : undefined;
}

function parsed(raw: unknown): unknown {
  if (typeof raw !== "string" || !/^[[{]/.test(raw)) return raw;
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

/** A value that tells two sign-ins apart. */
function shown(raw: unknown): string {
  return typeof raw === "string" ? raw : JSON.stringify(raw);
}
