import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type * as Empty from "google-protobuf/google/protobuf/empty_pb";
import type * as Struct from "google-protobuf/google/protobuf/struct_pb";
import type { Json } from "../../../policies/model/value";

/**
 * The wire protocol of the Pulumi engine, from our own `@pulumi/pulumi`, else (the command is installed alone) from the
 * program's, and from the gRPC library that it uses (two copies would not know each other's messages). A function,
 * because loading it takes a tenth of a second that only this command needs.
 * @param sdk folder of the program's `@pulumi/pulumi`
 */
export function loadProtocol(sdk?: string) {
  const fromSdk = createRequire(ownSdk() ?? join(sdk ?? "", "package.json"));
  const grpc: typeof Grpc = fromSdk("@grpc/grpc-js");
  const empty: typeof Empty = fromSdk("google-protobuf/google/protobuf/empty_pb.js");
  const struct: typeof Struct = fromSdk("google-protobuf/google/protobuf/struct_pb.js");
  const resource: typeof import("@pulumi/pulumi/proto/resource_pb") = fromSdk("./proto/resource_pb.js");
  const provider: typeof import("@pulumi/pulumi/proto/provider_pb") = fromSdk("./proto/provider_pb.js");
  const engine: typeof import("@pulumi/pulumi/proto/engine_pb") = fromSdk("./proto/engine_pb.js");
  const resourceServices: typeof import("@pulumi/pulumi/proto/resource_grpc_pb") =
    fromSdk("./proto/resource_grpc_pb.js");
  const engineServices: typeof import("@pulumi/pulumi/proto/engine_grpc_pb") = fromSdk("./proto/engine_grpc_pb.js");
  // SDKs that know no callbacks call none.
  const callbacks = () => {
    const messages: typeof import("@pulumi/pulumi/proto/callback_pb") = fromSdk("./proto/callback_pb.js");
    const services: typeof import("@pulumi/pulumi/proto/callback_grpc_pb") = fromSdk("./proto/callback_grpc_pb.js");
    return { ...messages, ...services };
  };

  /** A handler that answers with a message, or with nothing, or fails with the words of the error it throws. */
  const unary =
    <Request, Response>(handle: (request: Request) => Response | Promise<Response>) =>
    async (call: { request: Request }, done: Grpc.sendUnaryData<unknown>): Promise<void> => {
      try {
        done(null, (await handle(call.request)) ?? new empty.Empty());
      } catch (error) {
        done({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
      }
    };

  return {
    grpc,
    resource,
    provider,
    engine,
    callbacks,
    services: { ...resourceServices, ...engineServices },
    unary,
    toStruct: (value: Json) =>
      struct.Struct.fromJavaScript(value as Parameters<typeof struct.Struct.fromJavaScript>[0]),
  };
}

function ownSdk(): string | undefined {
  try {
    return require.resolve("@pulumi/pulumi/package.json");
  } catch {
    return undefined;
  }
}

export type Protocol = ReturnType<typeof loadProtocol>;
