import type { Reader, ReaderTable } from "../inventory/facts";
import { required } from "../reading";

/** Functions and who may invoke them. */
export const LAMBDA: ReaderTable = {
  "aws:lambda/function:Function": lambda({ name: "name" }),
  "aws-native:lambda:Function": lambda({ name: "functionName" }),
  "aws:lambda/permission:Permission": permission({ lambda: "function" }),
  "aws-native:lambda:Permission": permission({ lambda: "functionName" }),
};

function lambda(at: { name: string }): Reader {
  return (reader) => ({ fact: "function", name: reader.text(at.name).value, arn: reader.output("arn") });
}

function permission(at: { lambda: string }): Reader {
  return (reader) => ({
    fact: "permission",
    lambda: required(reader.text(at.lambda)),
    principal: reader.text("principal").value,
    action: reader.text("action").value,
    source: reader.text("sourceArn"),
  });
}
