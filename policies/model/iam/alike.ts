import { ANY_PART, isKnown, type Maybe, UNKNOWN, type Value } from "../value";
import { isDefaultTopicPolicy, type PolicyDocument, parsePolicy } from "./document";
import { evaluatePolicy, type PolicyResult, serviceContext } from "./evaluate";
import { allowsAnybody } from "./limits";

/** What a service asks, and for whom. Unknown parts are `ANY_PART`. */
export interface ServiceRequest {
  service: string;
  actions: readonly string[];
  /** ARN of what the policy is attached to. */
  resource: string;
  /** For which the service asks. */
  account: string;
  /** ARN of what the service asks for. */
  source: string;
}

/** A policy as it was written, and what was already asked of it. */
interface Asked {
  document: Value<PolicyDocument>;
  /** By request. */
  answers: Map<string, PolicyResult>;
  isDefault?: boolean;
  /** By action. */
  anybody: Map<string, Maybe>;
}

/** Stands for a name. */
const NAMESAKE = "~";

/**
 * What could tell one name from another, or hide one: wildcards, variables, comparisons that ignore case, escapes, and
 * the stand-in itself.
 */
const CAN_TELL = /[*?~\\]|\$\{|ignorecase/i;
/** Every text or every action; the beginning that it asks for ends before an ARN comes to names. */
const PLAIN_WILDCARD = /"(\w+:)?\w*\*"/g;

/**
 * Answers of resource policies. A view has as many policies as topics, and most of them differ in names alone: the
 * topic's and the identity's. So both are read under one name, the same in the policy and in the request, wherever
 * nothing in the policy can tell names apart, and equal questions are asked once.
 */
export class Policies {
  private readonly asked = new Map<unknown, Asked>();

  /** What the policy answers to all of the actions; of several, the answer that lets the least through. */
  evaluate(policy: unknown, request: ServiceRequest): PolicyResult {
    const { text, resource, source } = renamed(policy, request.resource, request.source);
    const { document, answers } = this.about(text);
    const { service, actions, account } = request;
    const key = `${service} ${actions.join(" ")} ${account} ${resource} ${source}`;
    let answer = answers.get(key);
    if (!answer) {
      const context = serviceContext(service, { account, arn: source });
      const ask = (action: string) => evaluatePolicy(document ?? UNKNOWN, { service, action, resource, context });
      answer = worst(actions.map(ask));
      answers.set(key, answer);
    }
    return answer;
  }

  /**
   * Whether the policy lets everybody in the world do this.
   * @param resource ARN of what it is attached to
   */
  allowsAnybody(policy: unknown, action: string, resource: string): Maybe {
    const { document, anybody } = this.about(renamed(policy, resource).text);
    const known = anybody.get(action);
    if (known !== undefined) return known;
    const answer = document !== undefined && allowsAnybody(document, [action]);
    anybody.set(action, answer);
    return answer;
  }

  /** Whether it is the policy that SNS gives a new topic. */
  isDefault(policy: unknown, resource: string): boolean {
    const asked = this.about(renamed(policy, resource).text);
    asked.isDefault ??= isKnown(asked.document) && isDefaultTopicPolicy(asked.document);
    return asked.isDefault;
  }

  private about(policy: unknown): Asked {
    const known = this.asked.get(policy);
    if (known) return known;
    const asked: Asked = { document: parsePolicy(policy), answers: new Map(), anybody: new Map() };
    this.asked.set(policy, asked);
    return asked;
  }
}

function renamed(policy: unknown, resource: string, source = ""): { text: unknown; resource: string; source: string } {
  const asItStands = { text: policy, resource, source };
  if (typeof policy !== "string" || resource.includes(ANY_PART) || source.includes(ANY_PART)) return asItStands;
  if (CAN_TELL.test(policy.replace(PLAIN_WILDCARD, ""))) return asItStands;
  const [own, other] = [namesake(resource), namesake(source)];
  let text = policy.replaceAll(resource, own);
  if (source !== "") text = text.replaceAll(source, other);
  return { text, resource: own, source: other };
}

/** The ARN with another name: service, Region and account stay. */
function namesake(arn: string): string {
  return arn === "" ? arn : arn.slice(0, Math.max(arn.lastIndexOf(":"), arn.lastIndexOf("/")) + 1) + NAMESAKE;
}

function worst(results: readonly PolicyResult[]): PolicyResult {
  return (
    results.find(({ decision }) => decision === "denied") ??
    results.find(({ decision }) => decision === "unknown") ??
    (results[0] as PolicyResult)
  );
}
