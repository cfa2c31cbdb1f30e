import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { Table } from "@pulumi/aws/dynamodb/table";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { EventSourceMapping } from "@pulumi/aws/lambda/eventSourceMapping";
import { Function as LambdaFunction } from "@pulumi/aws/lambda/function";
import * as pulumi from "@pulumi/pulumi";
import type { FeedbackHandlerArgs } from "./args/feedback-handler";
import { checkedOutputs, validated } from "./checks/arguments";
import {
  DEFAULT_BATCH,
  handlerProblems,
  handlerRegionProblems,
  timeoutFor,
  visibilityFor,
} from "./checks/feedback-handler";
import { knownRegion, placed, regionOf } from "./checks/region";
import { handlerSource } from "./generated/handler";
import { withFormerNames } from "./parts/former-names";
import { LAMBDA_ASSUMES, rolePolicy } from "./parts/handler-policies";
import { createAlarms, createQueues, type HandlerQueues } from "./parts/handler-queues";
import { KEPT_NAME, KEPT_PREFIX, nameOf, nameUnlessPlain, physicalPrefix } from "./parts/names";
import { afterAll, optional } from "./parts/once-known";

/**
 * The process that has to exist before anybody sends: a queue for notifications, a function that takes useless and
 * complaining addresses off the list, and a dead-letter queue with an alarm for what the function can't handle.
 */
export class FeedbackHandler extends pulumi.ComponentResource {
  /** ARN of the queue, once its policy admits topics: what `MonitoredIdentity` takes in `queues`. */
  readonly queueArn: pulumi.Output<string>;
  /** URL of the queue, once its policy admits topics. */
  readonly queueUrl: pulumi.Output<string>;
  /** ARN of the queue with what could not be handled. */
  readonly deadLetterQueueArn: pulumi.Output<string>;
  /** ARN of the function. */
  readonly functionArn: pulumi.Output<string>;
  /** ARN of the table with the recipients that must not be mailed; absent where there is none. */
  readonly tableArn: pulumi.Output<string | undefined>;

  /**
   * @throws {pulumi.RunError} names every wrong argument with path, value and what is allowed, before anything is
   *   registered. Values that other resources supply are checked as soon as they are known, before they reach a resource.
   */
  constructor(name: string, args: FeedbackHandlerArgs, opts?: pulumi.ComponentResourceOptions) {
    const check = (given: Partial<FeedbackHandlerArgs>) => {
      const region = knownRegion(given.region, opts);
      return [...handlerProblems(given), ...(region === undefined ? [] : handlerRegionProblems(given, region))];
    };
    super(TYPE, name, validated("FeedbackHandler", name, args, check), withFormerNames(name, opts));
    const valid = checkedOutputs("FeedbackHandler", name, args, check);
    const where = regionOf(this, valid.region);
    const { checked, gate } = placed("FeedbackHandler", name, valid, where, handlerRegionProblems);
    const batchSize = pulumi.output(checked.batchSize ?? DEFAULT_BATCH);
    const queues = createQueues(this, name, checked, gate, batchSize.apply(visibilityFor));
    createAlarms(this, name, queues, checked);
    const table = createTable(this, name, checked, gate);
    const lambda = createFunction(
      { parent: this, name, args: checked, queues, table, gate },
      batchSize.apply(timeoutFor),
    );
    createMapping(this, name, queues, lambda, checked);

    this.queueArn = afterAll(queues.queue.arn, [queues.policy], opts);
    this.queueUrl = afterAll(queues.queue.url, [queues.policy], opts);
    this.deadLetterQueueArn = queues.deadLetters.arn;
    this.functionArn = afterAll(lambda.arn, [], opts);
    this.tableArn = pulumi.output(table?.arn ?? checked.tableArn);
    this.registerOutputs({
      queueArn: this.queueArn,
      queueUrl: this.queueUrl,
      deadLetterQueueArn: this.deadLetterQueueArn,
      functionArn: this.functionArn,
      tableArn: this.tableArn,
    });
  }
}

const TYPE = "ses-guard:index:FeedbackHandler";
function createTable(
  parent: pulumi.Resource,
  name: string,
  { table, tableArn, region, tags }: FeedbackHandlerArgs,
  gate: Promise<void>,
): Table | undefined {
  if (table === false || tableArn !== undefined) return undefined;
  return new Table(
    name,
    {
      name: optional(gate.then(() => nameUnlessPlain(name, 255))),
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      ttl: { attributeName: "expires", enabled: true },
      region,
      tags,
    },
    { parent, ...KEPT_NAME },
  );
}

interface FunctionSettings {
  parent: pulumi.Resource;
  name: string;
  args: FeedbackHandlerArgs;
  queues: HandlerQueues;
  table: Table | undefined;
  gate: Promise<void>;
}

function createFunction(settings: FunctionSettings, timeout: pulumi.Input<number>): LambdaFunction {
  const { parent, name, args, queues, gate } = settings;
  const { region, tags } = args;
  const ownName = nameUnlessPlain(name, 64);
  const logGroup = new LogGroup(
    name,
    {
      namePrefix: gate.then(() => physicalPrefix(name, 200)),
      retentionInDays: args.logRetentionDays ?? 30,
      region,
      tags,
    },
    { parent, ...KEPT_PREFIX },
  );
  const { role, policy } = createRole(settings, logGroup);
  return new LambdaFunction(
    name,
    {
      name: optional(gate.then(() => ownName)),
      description: "Handles what Amazon SES reports about sent mail.",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset(handlerSource) }),
      role: role.arn,
      timeout,
      memorySize: 256,
      environment: { variables: environment(settings) },
      // For callers other than the queue: a topic that calls the function directly.
      deadLetterConfig: { targetArn: queues.deadLetters.arn },
      loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      region,
      tags,
    },
    { parent, dependsOn: policy, deleteBeforeReplace: ownName !== undefined, ...KEPT_NAME },
  );
}

function createRole({ parent, name, args, queues, table, gate }: FunctionSettings, logGroup: LogGroup) {
  const role = new Role(
    name,
    {
      namePrefix: gate.then(() => physicalPrefix(name, 38)),
      assumeRolePolicy: LAMBDA_ASSUMES,
      tags: args.tags,
    },
    { parent, ...KEPT_PREFIX },
  );
  const policy = new RolePolicy(
    name,
    {
      namePrefix: "handle-feedback-",
      role: role.name,
      policy: pulumi
        .output({
          queueArn: queues.queue.arn,
          deadLetterQueueArn: queues.deadLetters.arn,
          logGroupArn: logGroup.arn,
          suppress: args.suppress ?? true,
          eventBus: args.eventBusArn,
          table: table?.arn ?? args.tableArn,
          kmsKeyId: args.kmsKeyId,
          topicArns: args.topicArns,
          topicRegions: args.topicRegions,
        })
        .apply(rolePolicy),
    },
    { parent, ...KEPT_PREFIX },
  );
  return { role, policy };
}

/** What the function reads: see `handler/index.ts`. */
function environment({ args, queues, table }: FunctionSettings): Record<string, pulumi.Input<string>> {
  const { eventBusArn, tableArn, tableTtlDays, topicArns, topicRegions } = args;
  const tableName = table?.name ?? (tableArn === undefined ? undefined : pulumi.output(tableArn).apply(nameOf));
  const variables: Record<string, pulumi.Input<string> | undefined> = {
    SUPPRESS: String(args.suppress ?? true),
    QUEUE_URL: queues.queue.url,
    DEAD_LETTER_QUEUE_URL: queues.deadLetters.url,
    TABLE_NAME: tableName,
    TABLE_TTL_DAYS: tableTtlDays === undefined ? undefined : pulumi.output(tableTtlDays).apply(String),
    EVENT_BUS_NAME: eventBusArn,
    TOPIC_ARNS: topicArns === undefined ? undefined : pulumi.all(topicArns).apply((arns) => arns.join()),
    TOPIC_REGIONS: topicRegions?.join(),
  };
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, pulumi.Input<string>] => entry[1] !== undefined),
  );
}

function createMapping(
  parent: pulumi.Resource,
  name: string,
  { queue }: HandlerQueues,
  lambda: LambdaFunction,
  { batchSize = DEFAULT_BATCH, maximumConcurrency = 2, region, tags }: FeedbackHandlerArgs,
): void {
  new EventSourceMapping(
    name,
    {
      eventSourceArn: queue.arn,
      functionName: lambda.arn,
      batchSize,
      // Lambda wants a window for batches above ten. Source: Lambda, "Using Lambda with Amazon SQS".
      maximumBatchingWindowInSeconds: pulumi.output(batchSize).apply((size) => (size > 10 ? 1 : 0)),
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency },
      region,
      tags,
    },
    // AWS admits one mapping for a queue and a function; meanwhile the queue keeps what arrives.
    { parent, deleteBeforeReplace: true },
  );
}
