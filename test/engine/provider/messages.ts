import { Metadata, status } from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Thing } from "../aws/world";

export const toStruct = (value: Thing): Struct =>
  Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);
export const fromStruct = (struct: Struct | undefined): Thing => struct?.toJavaScript() ?? {};

/** A message with these values; `return` is a word of the language, so its field is called `pb_return`. */
export function respond<T extends object>(Message: new () => T, values: Record<string, unknown>): T {
  const message = new Message();
  for (const [name, value] of Object.entries(values)) {
    const setter = name === "pb_return" ? "setReturn" : `set${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    (message as Record<string, (value: unknown) => void>)[setter]?.call(message, value);
  }
  return message;
}

/** The error that tells the engine of a resource that exists and isn't right. */
export function incomplete(id: string, outputs: Thing, inputs: Thing): Error {
  const message = "the resource was made, and did not become ready in time";
  const detail = respond(messages.ErrorResourceInitFailed, {
    id,
    properties: toStruct(outputs),
    inputs: toStruct(inputs),
    reasonsList: [message],
  });
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = respond(Status, { code: status.UNKNOWN, message, detailsList: [any] });
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return Object.assign(new Error(message), { metadata });
}
