import { callersFrom } from "../../model/access";
import { sameAccount } from "../../model/account";
import { push } from "../../model/collections";
import { glob } from "../../model/iam/glob";
import { wildcards } from "../../model/iam/text";
import type { InvokePermission, LambdaFunction, Subscription, Topic } from "../../model/inventory/types";
import { any, both, equal, isKnown, type Maybe, UNKNOWN, type Unknown, type Value } from "../../model/value";

type Qualifier = Subscription["qualifier"];

/** Whether permissions let SNS invoke functions: asked for every subscription, so that they are looked up by topic. */
export class Permits {
  private readonly byFunction = new Map<LambdaFunction, PermissionsOf>();

  /** @param qualifier version or alias that the subscription invokes */
  allow(lambda: LambdaFunction, topic: Topic, qualifier: Qualifier): Maybe {
    let permissions = this.byFunction.get(lambda);
    if (!permissions) {
      permissions = new PermissionsOf(lambda);
      this.byFunction.set(lambda, permissions);
    }
    return permissions.allow(topic, qualifier);
  }
}

/** Whether a permission for a function that is not known may let SNS invoke it. */
export function isForSns({ principal, action }: InvokePermission): boolean {
  return both(matches(principal, /^(sns(\.[^.]+)?\.amazonaws\.com|\*)$/), invokes(action)) !== false;
}

/** The permissions of one function. */
class PermissionsOf {
  /** Those that name a topic in view, or one ARN. */
  private readonly byTopic = new Map<Topic, InvokePermission[]>();
  /** ARNs of topics outside the view: one may be that of a topic of which nothing is known yet. */
  private readonly outside: InvokePermission[] = [];
  /** Patterns, unknown topics, none. */
  private readonly general: InvokePermission[] = [];
  private readonly answers = new Map<Topic, Map<Qualifier, Maybe>>();

  constructor(private readonly lambda: LambdaFunction) {
    const distinct = new Map<string, InvokePermission>();
    const topics = new Map<Topic, number>();
    for (const permission of lambda.permissions) {
      const { source, principal, action, sourceAccount, qualifier } = permission;
      const topic = source.kind === "found" ? source.target : undefined;
      if (topic && !topics.has(topic)) topics.set(topic, topics.size);
      // Equal ones have equal answers, and a program may repeat one as often as it likes.
      const from = topic ? topics.get(topic) : source.kind;
      distinct.set([from, principal, action, sourceAccount, qualifier].map(String).join("\n"), permission);
    }
    for (const permission of distinct.values()) this.sort(permission);
  }

  private sort(permission: InvokePermission): void {
    const { source } = permission;
    if (source.kind !== "found" || isPattern(source.target)) this.general.push(permission);
    else {
      push(this.byTopic, source.target, permission);
      if (!source.target.resource) this.outside.push(permission);
    }
  }

  allow(topic: Topic, qualifier: Qualifier): Maybe {
    let answers = this.answers.get(topic);
    if (!answers) {
      answers = new Map();
      this.answers.set(topic, answers);
    }
    let answer = answers.get(qualifier);
    if (answer === undefined) {
      answer = any(this.about(topic), (permission) => allows(permission, topic, qualifier, this.lambda));
      answers.set(qualifier, answer);
    }
    return answer;
  }

  /** Those that may be for the topic. */
  private about(topic: Topic): readonly InvokePermission[] {
    const own = this.byTopic.get(topic) ?? [];
    return isNameless(topic) ? [...own, ...this.general, ...this.outside] : [...own, ...this.general];
  }
}

function allows(permission: InvokePermission, topic: Topic, qualifier: Qualifier, lambda: LambdaFunction): Maybe {
  const { principal, action, source, sourceAccount } = permission;
  return both(
    isCaller(principal, callersFrom(topic, lambda)),
    invokes(action),
    comesFrom(source, topic),
    sourceAccount === undefined || (sourceAccount === UNKNOWN ? UNKNOWN : sameAccount(sourceAccount, topic.account)),
    // A permission belongs to one version or alias, or to the function without either.
    equal(permission.qualifier, qualifier),
  );
}

function invokes(action: Value<string>): Maybe {
  return matches(action, /^(lambda:(InvokeFunction|Invoke\*|\*)|\*)$/i);
}

function isCaller(principal: Value<string>, callers: readonly string[]): Maybe {
  if (!isKnown(principal)) return principal === UNKNOWN ? UNKNOWN : false;
  if (principal === "*") return true;
  return callers.includes(principal) && (callers.length === 1 || UNKNOWN);
}

function matches(value: Value<string>, wanted: RegExp): boolean | Unknown {
  return isKnown(value) ? wanted.test(value) : value === UNKNOWN ? UNKNOWN : false;
}

function comesFrom(source: InvokePermission["source"], topic: Topic): Maybe {
  if (source.kind === "unknown") return UNKNOWN;
  return source.kind === "found" ? isTopic(source.target, topic) : source.kind === "absent";
}

function isTopic(source: Topic, topic: Topic): Maybe {
  if (source === topic) return true;
  if (!isKnown(source.arn)) return false;
  if (isPattern(source)) return isKnown(topic.arn) ? glob(wildcards(source.arn), topic.arn) : UNKNOWN;
  // An ARN beside a topic whose own is not known yet.
  return isNameless(topic) && !source.resource ? UNKNOWN : false;
}

/** Lambda compares source ARNs as patterns. */
function isPattern({ arn }: Topic): boolean {
  return isKnown(arn) && /[*?]/.test(arn);
}

function isNameless({ arn, name }: Topic): boolean {
  return !isKnown(arn) && !isKnown(name);
}
