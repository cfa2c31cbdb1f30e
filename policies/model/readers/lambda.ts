import type { Reader, ReaderTable } from "../inventory/facts";
import { type ResourceReader, required } from "../reading";
import { isKnown, UNKNOWN, type Value } from "../value";

/** Functions, their aliases and who may invoke them. */
export const LAMBDA: ReaderTable = {
  "aws:lambda/function:Function": lambda({ name: "name" }),
  "aws-native:lambda:Function": lambda({ name: "functionName" }),
  "aws:lambda/alias:Alias": functionAlias({ arn: "arn" }),
  "aws-native:lambda:Alias": functionAlias({ arn: "aliasArn" }),
  "aws:lambda/permission:Permission": permission({ lambda: "function" }),
  "aws-native:lambda:Permission": permission({ lambda: "functionName" }),
  "aws:lambda/eventSourceMapping:EventSourceMapping": eventSource,
  "aws-native:lambda:EventSourceMapping": eventSource,
};

function lambda(at: { name: string }): Reader {
  return (reader) => ({
    fact: "function",
    name: reader.text(at.name).value,
    arn: reader.output("arn"),
    reservedConcurrency: reader.raw("reservedConcurrentExecutions").value,
  });
}

function functionAlias(at: { arn: string }): Reader {
  return (reader) => ({
    fact: "function-alias",
    name: reader.text("name").value,
    arn: reader.output(at.arn),
    lambda: required(reader.text("functionName")),
  });
}

function permission(at: { lambda: string }): Reader {
  return (reader) => ({
    fact: "permission",
    lambda: required(reader.text(at.lambda)),
    principal: principal(reader),
    action: reader.text("action").value,
    source: reader.text("sourceArn"),
    sourceAccount: reader.text("sourceAccount").value,
    qualifier: reader.text("qualifier"),
  });
}

/** Source: Lambda API reference, CreateEventSourceMapping: enabled by default. */
function eventSource(at: ResourceReader): ReturnType<Reader> {
  return {
    fact: "event-source",
    source: required(at.text("eventSourceArn")),
    lambda: required(at.text("functionName")),
    enabled: at.flag("enabled").value ?? true,
  };
}

/** A permission for an organisation admits no service: their requests carry none. */
function principal(at: ResourceReader): Value<string> {
  const organisation = at.text("principalOrgId").value;
  if (isKnown(organisation) && organisation !== "") return undefined;
  return organisation === UNKNOWN ? UNKNOWN : at.text("principal").value;
}
