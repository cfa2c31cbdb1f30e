import type { Config } from "../config";
import type { Doubt, Flow, Path } from "./flow";
import type { FeedbackType } from "./inventory/types";
import type { Reason } from "./reason";
import { nameOf } from "./record";
import { UNKNOWN } from "./value";

/** Whether somebody receives one notification type of an identity. */
export type Handling =
  | { verdict: "handled" }
  | { verdict: "unhandled"; reason: Reason }
  | { verdict: "unknown"; doubt: Doubt };

type EmailForwarding = Config["emailForwarding"];

/**
 * Whether somebody receives the type on every path that a mail may take.
 * @param emailForwarding what the configuration thinks of forwarding
 * @param withOwnerless false to leave out settings whose owner nobody knows
 */
export function handlingOf(
  flow: Flow,
  type: FeedbackType,
  emailForwarding: EmailForwarding,
  withOwnerless = true,
): Handling {
  let worst: Handling = HANDLED;
  for (const path of flow.paths) {
    const answer = handlingOn(path, flow, type, emailForwarding, withOwnerless);
    if (answer.verdict === "unhandled") return answer;
    if (worst === HANDLED) worst = answer;
  }
  return worst;
}

const HANDLED: Handling = { verdict: "handled" };

function handlingOn(
  path: Path,
  flow: Flow,
  type: FeedbackType,
  emailForwarding: EmailForwarding,
  withOwnerless: boolean,
): Handling {
  const belongs = (one: { path?: Path | undefined }): boolean => one.path === undefined || one.path === path;
  if (flow.channels[type].some((one) => one.isCertain && belongs(one))) return HANDLED;
  const forwarding = forwardingFor(flow, type, emailForwarding, withOwnerless);
  if (forwarding === true) return HANDLED;
  const perhaps = flow.channels[type].find(belongs);
  if (perhaps) {
    const carrier = perhaps.resource && nameOf(perhaps.resource.urn);
    return { verdict: "unknown", doubt: { reason: { kind: "carrier-unknown", carrier }, pending: perhaps.pending } };
  }
  const doubts = flow.doubts[type].filter((one) => belongs(one) && (withOwnerless || !one.ownerless));
  const doubt = doubts.find(({ pending }) => pending) ?? doubts[0];
  if (doubt) return { verdict: "unknown", doubt };
  if (forwarding === UNKNOWN) {
    const { pending } = flow.forwarding;
    return { verdict: "unknown", doubt: { reason: { kind: "forwarding-unknown" }, pending } };
  }
  return { verdict: "unhandled", reason: whyUnhandled(path, flow, type, emailForwarding) };
}

/** Whether feedback forwarding handles the type; a setting that may be another identity's is no certainty. */
function forwardingFor(
  { forwarding }: Flow,
  type: FeedbackType,
  emailForwarding: EmailForwarding,
  withOwnerless: boolean,
): boolean | typeof UNKNOWN {
  const { on, declared, ownerless, perhapsOn } = forwarding;
  if (type === "delivery" || emailForwarding === "reject") return false;
  if (perhapsOn) return withOwnerless ? UNKNOWN : false;
  if (emailForwarding === "accept") return ownerless && !withOwnerless ? true : on;
  if (ownerless) return withOwnerless && ownerless === "on" ? UNKNOWN : false;
  return declared ? on : false;
}

function whyUnhandled(path: Path, flow: Flow, type: FeedbackType, emailForwarding: EmailForwarding): Reason {
  const hint = flow.hints[type].find((one) => one.path === undefined || one.path === path);
  if (hint) return hint.reason;
  if (path.sendTimeSet !== undefined) return { kind: "send-time-set-silent", set: path.sendTimeSet };
  const { on, declared } = flow.forwarding;
  if (on === false) return { kind: "forwarding-off" };
  if (declared && emailForwarding === "reject") return { kind: "forwarding-rejected" };
  return { kind: "nothing-declared" };
}
