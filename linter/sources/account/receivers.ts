import { parseArn, parseFunction } from "../../../policies/model/arn";
import { asObject, asString, isKnown, isObject, type Json } from "../../../policies/model/value";
import { tryParseJson } from "../../io/json";
import type { Calls } from "./calls";
import { NOT_READ } from "./doubts";
import type { Place } from "./place";

/** Adds a queue, and gives the key that it is encrypted with. */
export async function addQueue(calls: Calls, place: Place, arn: string): Promise<string | undefined> {
  const name = arn.slice(arn.lastIndexOf(":") + 1);
  const url = await calls.ask("sqs:GetQueueUrl", { QueueName: name, QueueOwnerAWSAccountId: place.account });
  const queueUrl = url.kind === "read" ? url.value.QueueUrl : undefined;
  const answer =
    queueUrl === undefined
      ? ({ kind: url.kind === "absent" ? "absent" : "not-read" } as const)
      : await calls.ask("sqs:GetQueueAttributes", { QueueUrl: queueUrl, AttributeNames: ["All"] });
  const outputs = { arn, ...(queueUrl !== undefined && { url: queueUrl }) };
  const add = (inputs: Json, gone?: true) =>
    place.add("aws:sqs/queue:Queue", name, { name, ...inputs }, { outputs, ...(gone && { gone, missing: true }) });
  if (answer.kind === "absent") add({}, true);
  if (answer.kind === "not-read") add({ policy: NOT_READ, kmsMasterKeyId: NOT_READ, redrivePolicy: NOT_READ });
  if (answer.kind !== "read") return undefined;
  const { Policy, KmsMasterKeyId, RedrivePolicy, FifoQueue } = answer.value.Attributes ?? {};
  add({
    ...(Policy && { policy: Policy }),
    ...(KmsMasterKeyId && { kmsMasterKeyId: KmsMasterKeyId }),
    ...(RedrivePolicy && { redrivePolicy: RedrivePolicy }),
    ...(FifoQueue && { fifoQueue: FifoQueue }),
  });
  return KmsMasterKeyId;
}

/** Adds a key, and the alias that it is asked for by. */
export async function addKey(calls: Calls, place: Place, reference: string): Promise<void> {
  const alias = /(?:^|:)(alias\/.+)$/.exec(reference)?.[1];
  // Keys of AWS have no policy that anybody could change; the rules know them by their alias.
  if (alias?.startsWith("alias/aws/")) return;
  const answer = await calls.ask("kms:DescribeKey", { KeyId: reference });
  const {
    Arn: arn,
    KeyId: id,
    Enabled,
    KeyUsage,
    KeySpec,
  } = answer.kind === "read" ? (answer.value.KeyMetadata ?? {}) : {};
  const name = id ?? reference.slice(reference.lastIndexOf("/") + 1);
  const outputs = { keyId: name, arn: arn ?? (alias === undefined ? keyArn(place, reference) : undefined) };
  if (answer.kind === "absent") {
    place.add("aws:kms/key:Key", name, {}, { outputs, gone: true, missing: true });
    return;
  }
  if (alias !== undefined) {
    place.add(
      "aws:kms/alias:Alias",
      alias,
      { name: alias, targetKeyId: arn ?? NOT_READ },
      { outputs: { arn: place.arn("kms", alias) } },
    );
  }
  const policy = await calls.ask("kms:GetKeyPolicy", { KeyId: arn ?? reference, PolicyName: "default" });
  const inputs: Json = { policy: (policy.kind === "read" ? policy.value.Policy : undefined) ?? NOT_READ };
  if (answer.kind === "not-read") {
    Object.assign(inputs, { isEnabled: NOT_READ, keyUsage: NOT_READ, customerMasterKeySpec: NOT_READ });
  } else Object.assign(inputs, { isEnabled: Enabled ?? NOT_READ, keyUsage: KeyUsage, customerMasterKeySpec: KeySpec });
  place.add("aws:kms/key:Key", name, inputs, { outputs });
}

function keyArn(place: Place, reference: string): string {
  return reference.startsWith("arn:") ? reference : place.arn("kms", `key/${reference}`);
}

/** Adds a function and who may invoke it. */
export async function addFunction(calls: Calls, place: Place, endpoint: string): Promise<void> {
  const { reference, qualifier } = parseFunction(endpoint);
  const name = parseArn(reference)?.resource.replace(/^function:/, "") ?? reference;
  const outputs = { arn: place.arn("lambda", `function:${name}`) };
  const concurrency = await calls.ask("lambda:GetFunctionConcurrency", { FunctionName: name });
  if (concurrency.kind === "absent") {
    place.add("aws:lambda/function:Function", name, { name }, { outputs, gone: true, missing: true });
    return;
  }
  const reserved = concurrency.kind === "read" ? concurrency.value.ReservedConcurrentExecutions : NOT_READ;
  const inputs = { name, ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }) };
  place.add("aws:lambda/function:Function", name, inputs, { outputs });
  const asked = { FunctionName: name, ...(qualifier !== undefined && { Qualifier: qualifier }) };
  const policy = await calls.ask("lambda:GetPolicy", asked);
  const common = { function: name, ...(qualifier !== undefined && { qualifier }) };
  if (policy.kind === "absent") return;
  const statements = policy.kind === "read" ? statementsOf(policy.value.Policy ?? "") : undefined;
  if (statements === undefined) {
    place.add("aws:lambda/permission:Permission", `${endpoint}/not read`, {
      ...common,
      principal: NOT_READ,
      action: NOT_READ,
      sourceArn: NOT_READ,
    });
  }
  for (const [index, statement] of (statements ?? []).entries()) {
    const permission = permissionOf(statement);
    if (permission === undefined) continue;
    place.add("aws:lambda/permission:Permission", `${endpoint}/${index + 1}`, { ...common, ...permission });
  }
}

function statementsOf(policy: string): Json[] | undefined {
  const document = tryParseJson(policy);
  const list = isObject(document) ? document.Statement : undefined;
  const statements = Array.isArray(list) ? list : [list];
  return statements.every(isObject) ? statements : undefined;
}

/** A statement as `AddPermission` makes it; undefined for one that allows nothing. What it says otherwise is not known. */
function permissionOf({ Effect, Principal, Action, Condition }: Json): Json | undefined {
  if (Effect !== "Allow") return Effect === "Deny" ? { principal: NOT_READ, action: NOT_READ } : undefined;
  const principal = isObject(Principal) ? asString(Principal.Service ?? Principal.AWS) : asString(Principal);
  return {
    principal: isKnown(principal) ? principal : NOT_READ,
    action: typeof Action === "string" ? Action : NOT_READ,
    ...conditions(Condition),
  };
}

function conditions(block: unknown): Json {
  const operators = asObject(block);
  if (operators === undefined) return {};
  const found: Json = {};
  for (const [operator, keys] of Object.entries(isKnown(operators) ? operators : { unknown: {} })) {
    for (const [key, value] of isObject(keys) ? Object.entries(keys) : [["unknown", undefined]]) {
      const property = PROPERTIES.get(`${operator} ${key}`.toLowerCase());
      if (property !== undefined && typeof value === "string") found[property] = value;
      // A condition of somebody's own: it may exclude SNS.
      else found.sourceArn = NOT_READ;
    }
  }
  return found;
}

const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ["arnlike aws:sourcearn", "sourceArn"],
  ["arnequals aws:sourcearn", "sourceArn"],
  ["stringequals aws:sourceaccount", "sourceAccount"],
  ["stringequals aws:principalorgid", "principalOrgId"],
]);
