import { ACCOUNT, arn, type Kind, lastPart, named, text } from "./kinds";
import { Refusal, type World } from "./world";

/** Bytes. Source: AWS Lambda, quotas: "resource-based policy". */
const LONGEST_LAMBDA_POLICY = 20_480;

function policyOf(world: World, functionArn: string): { Sid: string }[] {
  return world
    .all("permission")
    .filter(([rest]) => rest.startsWith(`${functionArn}|`))
    .map(([, { statement }]) => statement as { Sid: string });
}

function functionArnOf(given: unknown, region: string): string {
  const name = text(given);
  return name.startsWith("arn:") ? name.split(":").slice(0, 7).join(":") : arn("lambda", region, `function:${name}`);
}

const permission: Kind = {
  forceNew: [
    "action",
    "eventSourceToken",
    "function",
    "functionUrlAuthType",
    "principal",
    "principalOrgId",
    "qualifier",
    "sourceAccount",
    "sourceArn",
    "statementId",
    "statementIdPrefix",
  ],
  source: "lambda/permission.go",
  computed: ["statementId"],
  create(inputs, { world, region }) {
    const functionArn = functionArnOf(inputs.function, region);
    const unique = world.count.toString(16).padStart(26, "0");
    const Sid = text(inputs.statementId ?? `${inputs.statementIdPrefix ?? "terraform-"}${unique}`);
    if (world.has(`permission ${functionArn}|${Sid}`)) {
      throw new Refusal(`ResourceConflictException: The statement id (${Sid}) provided already exists.`);
    }
    const statement = {
      Sid,
      Effect: "Allow",
      Principal: { Service: inputs.principal },
      Action: inputs.action,
      Resource: inputs.qualifier === undefined ? functionArn : `${functionArn}:${inputs.qualifier}`,
      Condition: inputs.sourceArn === undefined ? undefined : { ArnLike: { "AWS:SourceArn": inputs.sourceArn } },
    };
    const policy = { Version: "2012-10-17", Id: "default", Statement: [...policyOf(world, functionArn), statement] };
    if (JSON.stringify(policy).length > LONGEST_LAMBDA_POLICY) {
      throw new Refusal("PolicyLengthExceededException: The final policy size is bigger than the limit (20480).");
    }
    world.set(`permission ${functionArn}|${Sid}`, { statement });
    return { id: Sid, outputs: { statementId: Sid } };
  },
  remove: (id, outputs, { world, region }) =>
    world.remove(`permission ${functionArnOf(outputs.function, region)}|${id}`),
};

const record: Kind = {
  forceNew: ["zoneId", "name"],
  source: "route53/record.go",
  computed: ["fqdn"],
  create(inputs, { world }) {
    const key = `record ${inputs.zoneId}/${text(inputs.name).toLowerCase()}|${inputs.type}`;
    if (world.has(key) && inputs.allowOverwrite !== true) {
      throw new Refusal(
        `InvalidChangeBatch: [Tried to create resource record set [name='${inputs.name}.', type='${inputs.type}'] but it already exists]`,
      );
    }
    world.set(key, { records: inputs.records });
    return { id: `${inputs.zoneId}_${inputs.name}_${inputs.type}`, outputs: { fqdn: text(inputs.name) } };
  },
  update(_, inputs, { world }, olds) {
    if (olds.type !== inputs.type) world.remove(`record ${olds.zoneId}/${text(olds.name).toLowerCase()}|${olds.type}`);
    world.set(`record ${inputs.zoneId}/${text(inputs.name).toLowerCase()}|${inputs.type}`, { records: inputs.records });
  },
  remove: (_, outputs, { world }) =>
    world.remove(`record ${outputs.zoneId}/${text(outputs.name).toLowerCase()}|${outputs.type}`),
};

const zone: Kind = {
  forceNew: ["name", "delegationSetId"],
  source: "route53/zone.go",
  computed: ["zoneId", "arn", "nameServers", "primaryNameServer"],
  create(inputs, { world, name }) {
    const id = `Z${name.toUpperCase().replace(/[^A-Z0-9]/g, "")}${world.count}`;
    world.set(`zone ${id}`, { name: inputs.name });
    const outputs = { zoneId: id, arn: `arn:aws:route53:::hostedzone/${id}`, nameServers: [], primaryNameServer: "" };
    return { id, outputs };
  },
  remove(id, _, { world }) {
    if (world.all("record").some(([rest]) => rest.startsWith(`${id}/`))) {
      throw new Refusal("HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets");
    }
    world.remove(`zone ${id}`);
  },
};

const mapping: Kind = {
  forceNew: ["eventSourceArn", "queues", "startingPosition", "startingPositionTimestamp", "topics"],
  source: "lambda/event_source_mapping.go",
  computed: ["arn", "uuid", "state", "functionArn"],
  create(inputs, { world, region }) {
    const uuid = `mapping-${world.count}`;
    world.set(`mapping ${uuid}`, { source: inputs.eventSourceArn, function: inputs.functionName });
    const outputs = {
      uuid,
      arn: arn("lambda", region, `event-source-mapping:${uuid}`),
      state: "Enabled",
      functionArn: functionArnOf(inputs.functionName, region),
    };
    return { id: uuid, outputs };
  },
  remove: (id, _, { world }) => world.remove(`mapping ${id}`),
};

const key: Kind = {
  forceNew: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
  source: "kms/key.go",
  computed: ["arn", "keyId"],
  create(_, { world, region, name }) {
    const id = `${name}-${world.count}`;
    world.set(`key ${region}/${id}`, {});
    return { id, outputs: { arn: arn("kms", region, `key/${id}`), keyId: id } };
  },
  remove: (id, _, { world, region }) => world.remove(`key ${region}/${id}`),
};

export const OTHERS: Record<string, Kind> = {
  "aws:lambda/function:Function": named({
    kind: "function",
    forceNew: ["name", "packageType"],
    source: "lambda/function.go",
    taken: "ResourceConflictException: Function already exist",
    arn: (name, region) => arn("lambda", region, `function:${name}`),
    computed: (name) => ({ invokeArn: `arn:aws:apigateway:lambda:path/${name}`, qualifiedArn: "", version: "$LATEST" }),
  }),
  "aws:lambda/permission:Permission": permission,
  "aws:lambda/eventSourceMapping:EventSourceMapping": mapping,
  "aws:iam/role:Role": named({
    kind: "role",
    forceNew: ["name", "namePrefix", "path"],
    source: "iam/role.go",
    taken: "EntityAlreadyExists: Role",
    global: true,
    arn: (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
    computed: () => ({ uniqueId: "AROA", createDate: "2026-11-23T07:50:00Z" }),
  }),
  "aws:iam/rolePolicy:RolePolicy": {
    forceNew: ["name", "namePrefix", "role"],
    source: "iam/role_policy.go",
    computed: ["name"],
    create(inputs, { world, name }) {
      const own = text(inputs.name ?? `${name}-${world.count}`);
      world.set(`role-policy ${inputs.role}:${own}`, { policy: inputs.policy });
      return { id: `${inputs.role}:${own}`, outputs: { name: own } };
    },
    update: (id, inputs, { world }) => world.set(`role-policy ${id}`, { policy: inputs.policy }),
    remove: (id, _, { world }) => world.remove(`role-policy ${id}`),
  },
  "aws:route53/zone:Zone": zone,
  "aws:route53/record:Record": record,
  "aws:cloudwatch/logGroup:LogGroup": named({
    kind: "log-group",
    forceNew: ["name", "namePrefix", "logGroupClass"],
    source: "logs/group.go",
    taken: "ResourceAlreadyExistsException: The specified log group already exists",
    arn: (name, region) => arn("logs", region, `log-group:${name}`),
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": named({
    kind: "alarm",
    forceNew: ["name"],
    source: "cloudwatch/metric_alarm.go",
    taken: "AlarmExists",
    arn: (name, region) => arn("cloudwatch", region, `alarm:${name}`),
  }),
  "aws:dynamodb/table:Table": named({
    kind: "table",
    forceNew: ["name", "hashKey", "rangeKey", "localSecondaryIndexes", "importTable"],
    source: "dynamodb/table.go",
    taken: "ResourceInUseException: Table already exists",
    arn: (name, region) => arn("dynamodb", region, `table/${name}`),
  }),
  "aws:cloudwatch/eventBus:EventBus": named({
    kind: "bus",
    forceNew: ["name", "eventSourceName"],
    source: "events/bus.go",
    taken: "ResourceAlreadyExistsException: Event bus",
    arn: (name, region) => arn("events", region, `event-bus/${name}`),
  }),
  "aws:kms/key:Key": key,
  "aws:kms/alias:Alias": named({
    kind: "alias",
    forceNew: ["name", "namePrefix"],
    source: "kms/alias.go",
    taken: "AlreadyExistsException: An alias with the name",
    arn: (name, region) => arn("kms", region, name),
  }),
};

/** Any other type: what the program says, and an ARN. */
export function unknownKind(type: string): Kind {
  const service = lastPart(type.split("/")[0], ":");
  return {
    forceNew: [],
    source: "",
    computed: ["arn"],
    create(_, { world, region, name }) {
      const id = `${name}-${world.count}`;
      return { id, outputs: { arn: arn(service, region, id) } };
    },
  };
}
