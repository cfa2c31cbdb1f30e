import { EventRule } from "@pulumi/aws/cloudwatch/eventRule";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget";
import { Permission } from "@pulumi/aws/lambda/permission";
import * as pulumi from "@pulumi/pulumi";
import { EVENTS } from "../generated/facts";
import type { ChannelSettings } from "./channel-settings";
import { digest, KEPT_PREFIX, KEPT_STATEMENT_PREFIX, parseArn, physicalPrefix } from "./names";
import { onceKnown } from "./once-known";
import { invocationOf } from "./subscription";
import { UniqueEndpoints } from "./unique-endpoints";

/** A type of event as the v2 API names it. */
export type EventType = keyof typeof EVENTS;

interface RuleSettings extends Pick<ChannelSettings, "path" | "region" | "tags" | "refuse" | "gate"> {
  types: readonly EventType[];
  targets: Record<string, pulumi.Input<string>>;
  deadLetterQueueArn?: pulumi.Input<string>;
}

/** A rule on the default event bus, with what it calls. @returns all of it */
export function createRule(
  parent: pulumi.ComponentResource,
  base: string,
  settings: RuleSettings,
): pulumi.Input<pulumi.Resource>[] {
  const { types, targets, path, region, tags, gate, refuse } = settings;
  const namePrefix = physicalPrefix(base, 38);
  const rule = new EventRule(
    base,
    {
      namePrefix: gate.then(() => namePrefix),
      description: "What Amazon SES tells about mail that was sent.",
      eventPattern: JSON.stringify({
        source: ["aws.ses"],
        "detail-type": types.map((type) => EVENTS[type].detailType),
      }),
      state: "ENABLED",
      region,
      tags,
    },
    { parent, ...KEPT_PREFIX },
  );
  const unique = new UniqueEndpoints(`${path}.busTargets`, refuse);
  const called = Object.entries(targets).map(([key, arn]) =>
    onceKnown(pulumi.all([rule.arn, arn]), (known) => {
      if (known === undefined) return target(parent, `${base}:${key}`, rule, arn, settings);
      unique.add(key, known[1]);
      return target(parent, `${base}-${digest(...known)}`, rule, arn, settings, known[1]);
    }),
  );
  return [rule, ...called];
}

/** Named like a subscription, after what it is: another name for the same target takes nothing away. */
function target(
  parent: pulumi.ComponentResource,
  name: string,
  rule: EventRule,
  arn: pulumi.Input<string>,
  { region, deadLetterQueueArn }: RuleSettings,
  known?: string,
): EventTarget {
  const isFunction = known !== undefined && parseArn(known)?.service === "lambda";
  const permission = isFunction ? [permit(parent, name, rule, arn, region)] : [];
  return new EventTarget(
    name,
    {
      rule: rule.name,
      arn,
      targetId: pulumi.output(arn).apply((text) => `ses-guard-${digest(text)}`),
      deadLetterConfig: deadLetterQueueArn === undefined ? undefined : { arn: deadLetterQueueArn },
      region,
    },
    { parent, dependsOn: permission, deleteBeforeReplace: true },
  );
}

function permit(
  parent: pulumi.Resource,
  name: string,
  rule: EventRule,
  functionArn: pulumi.Input<string>,
  region: pulumi.Input<string> | undefined,
): Permission {
  return new Permission(
    name,
    {
      ...invocationOf(functionArn),
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
      statementIdPrefix: "ses-guard-",
      region,
    },
    { parent, ...KEPT_STATEMENT_PREFIX },
  );
}
