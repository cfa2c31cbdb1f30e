import { KEY_ACTIONS } from "../generated/facts";
import { type Account, accountNumber, sameAccount } from "./account";
import { Policies } from "./iam/alike";
import type { PolicyResult } from "./iam/evaluate";
import { ANY_PART } from "./iam/glob";
import type { Entity } from "./inventory/links";
import type { PossibleSettings } from "./inventory/ownership";
import type { AttachedPolicy, Key, Queue, Topic, TopicUse } from "./inventory/types";
import { partitionOf, type Region, regionName, sameRegion, snsPrincipals } from "./region";
import { isKnown, type Maybe, UNKNOWN } from "./value";

/** What the policies of a resource answer to a service. */
export interface AccessAnswer {
  decision: PolicyResult["decision"];
  /** Of the policy that decided. Undefined where no policy is declared. */
  result: PolicyResult | undefined;
  /** Nobody declared a policy: the default one holds. */
  byDefault: boolean;
  /** For `unknown`: the deployment will tell. */
  pending: boolean;
  policy: AttachedPolicy | undefined;
}

interface Owner {
  policies: readonly AttachedPolicy[];
  possiblePolicies: PossibleSettings<AttachedPolicy>;
}

/** Asks resource policies. */
export class Access {
  private readonly policies = new Policies();
  // An answer belongs to one topic and one use.
  private readonly published = new Map<Topic, Map<TopicUse, AccessAnswer>>();
  private readonly sent = new Map<Queue, Map<Topic, AccessAnswer>>();

  /** May SES publish for this use of the topic (F12)? Two rules ask, so the answer is kept. */
  publish(topic: Topic, use: TopicUse): AccessAnswer {
    const answers = this.published.get(topic) ?? new Map<TopicUse, AccessAnswer>();
    this.published.set(topic, answers);
    const known = answers.get(use);
    if (known) return known;
    const arn = arnOf(topic, "sns", "");
    const owner = {
      policies: topic.policies.filter((policy) => !this.isDefault(policy, arn)),
      possiblePolicies: topic.possiblePolicies,
    };
    const declared = this.decide(owner, "ses.amazonaws.com", ["sns:Publish"], arn, use.account, sourceOf(use));
    const answer = declared.byDefault ? { ...declared, decision: ownersOnly(topic, use) } : declared;
    answers.set(use, answer);
    return answer;
  }

  /** May SNS send messages of the topic to the queue? Any number of subscriptions may ask. */
  send(queue: Queue, topic: Topic): AccessAnswer {
    const answers = this.sent.get(queue) ?? new Map<Topic, AccessAnswer>();
    this.sent.set(queue, answers);
    const answer = answers.get(topic) ?? this.maySend(queue, topic);
    answers.set(topic, answer);
    return answer;
  }

  private maySend(queue: Queue, topic: Topic): AccessAnswer {
    const arn = arnOf(queue, "sqs", "");
    const ask = (service: string): AccessAnswer =>
      this.decide(queue, service, ["sqs:SendMessage"], arn, topic.account, arnOf(topic, "sns", ""));
    return asOneOf(callersFrom(topic, queue), ask);
  }

  /** May SES use the key for what it publishes (F13)? */
  encryptForSes(key: Key, use: TopicUse): AccessAnswer {
    return this.encrypt(key, "ses.amazonaws.com", use.account, sourceOf(use));
  }

  /** May SNS use the queue's key for messages of the topic (F13)? */
  encryptForSns(queue: Queue, key: Key, topic: Topic): AccessAnswer {
    const source = isKnown(topic.arn) ? topic.arn : ANY_PART;
    return asOneOf(callersFrom(topic, queue), (service) => this.encrypt(key, service, topic.account, source));
  }

  private encrypt(key: Key, service: string, account: Account, source: string): AccessAnswer {
    return this.decide(
      key,
      service,
      KEY_ACTIONS.map((action) => action.replace("*", "")),
      arnOf(key, "kms", "key/"),
      account,
      source,
    );
  }

  /** Whether the policy lets everybody in the world publish to the topic. */
  publishForAnybody(topic: Topic, { value }: AttachedPolicy): Maybe {
    return this.policies.allowsAnybody(value, "sns:Publish", arnOf(topic, "sns", ""));
  }

  private isDefault({ resource, property, value }: AttachedPolicy, arn: string): boolean {
    if (resource.inputs !== undefined && resource.inputs[property] !== undefined) return false;
    return this.policies.isDefault(value, arn);
  }

  private decide(
    { policies, possiblePolicies }: Owner,
    service: string,
    actions: readonly string[],
    resource: string,
    account: Account,
    source: string,
  ): AccessAnswer {
    const possible = possiblePolicies.other(policies);
    const request = { service, actions, resource, account: accountNumber(account) ?? ANY_PART, source };
    // Accounts and ARNs of what does not exist yet.
    const open = accountNumber(account) === null || source.includes(ANY_PART) || resource.includes(ANY_PART);
    const verdicts = policies.map((policy): AccessAnswer => {
      const result = this.policies.evaluate(policy.value, request);
      const pending = policy.pending || (open && WAITS_FOR_ARNS.has(result.what ?? ""));
      return { decision: result.decision, result, byDefault: false, pending, policy };
    });
    const [first] = verdicts;
    if (possible) {
      return { decision: "unknown", result: undefined, byDefault: false, pending: false, policy: possible };
    }
    if (!first) return { decision: "denied", result: undefined, byDefault: true, pending: false, policy: undefined };
    // Several policies for one resource: the last writer wins, and nobody knows which that is.
    if (verdicts.every(({ decision }) => decision === first.decision)) return first;
    return { ...first, decision: "unknown", pending: verdicts.some(({ pending }) => pending) };
  }
}

/** The service is one of these, and nobody knows which. */
function asOneOf(services: readonly string[], ask: (service: string) => AccessAnswer): AccessAnswer {
  const [first, ...others] = services.map(ask);
  if (!first) throw new Error("SNS calls as nobody");
  return others.every(({ decision }) => decision === first.decision) ? first : { ...first, decision: "unknown" };
}

/** As whom SNS calls what hears the topic: across Regions from an opt-in one as that Region's own principal (F23). */
export function callersFrom(topic: Topic, listener: Entity): readonly string[] {
  const [usual = "", own = usual] = snsPrincipals(topic.region);
  const same = sameRegion(topic.region, listener.region);
  // Two Regions that are not known may be one, and nearly always are.
  if (same === true || regionName(topic.region) === null) return [usual];
  return same === false ? [own] : [...new Set([usual, own])];
}

/** The default policy of a topic lets SES through for the owner's account, never for another (F12). */
function ownersOnly(topic: Topic, use: TopicUse): AccessAnswer["decision"] {
  const same = sameAccount(topic.account, use.account);
  return same === true ? "allowed" : same === UNKNOWN ? "unknown" : "denied";
}

/** What an answer may depend on that the deployment tells, beside the policy itself. */
const WAITS_FOR_ARNS = new Set(["value", "aws:sourceaccount", "aws:sourcearn", "aws:sourceowner"]);

function arnOf({ arn, region, account, name }: Entity, service: string, prefix: string): string {
  return isKnown(arn) ? arn : buildArn(service, region, account, prefix + (isKnown(name) ? name : ANY_PART));
}

/** ARN of the identity or configuration set, as `aws:SourceArn` shows it; what is not known is left open. */
function sourceOf({ via, identity, source, region, account }: TopicUse): string {
  if (via === "topic" && identity && isKnown(identity.arn)) return identity.arn;
  const kind = via === "topic" ? "identity" : "configuration-set";
  return buildArn("ses", region, account, `${kind}/${isKnown(source) ? source : ANY_PART}`);
}

function buildArn(service: string, region: Region, account: Account, resource: string): string {
  const name = regionName(region);
  const partition = name === null ? ANY_PART : partitionOf(name);
  return `arn:${partition}:${service}:${name ?? ANY_PART}:${accountNumber(account) ?? ANY_PART}:${resource}`;
}
