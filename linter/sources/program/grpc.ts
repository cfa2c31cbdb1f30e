import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as Empty from "google-protobuf/google/protobuf/empty_pb";
import type * as Struct from "google-protobuf/google/protobuf/struct_pb";

/**
 * The wire protocol of the Pulumi engine, from our own `@pulumi/pulumi` and from the gRPC library that it uses (two
 * copies would not know each other's messages). A function, because loading it takes a tenth of a second that only
 * this command needs.
 */
export function loadProtocol() {
  const fromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  return {
    grpc: fromSdk("@grpc/grpc-js") as typeof Grpc,
    empty: fromSdk("google-protobuf/google/protobuf/empty_pb.js") as typeof Empty,
    struct: fromSdk("google-protobuf/google/protobuf/struct_pb.js") as typeof Struct,
    resource: fromSdk("./proto/resource_pb.js") as typeof import("@pulumi/pulumi/proto/resource_pb"),
    provider: fromSdk("./proto/provider_pb.js") as typeof import("@pulumi/pulumi/proto/provider_pb"),
    engine: fromSdk("./proto/engine_pb.js") as typeof import("@pulumi/pulumi/proto/engine_pb"),
    callback: fromSdk("./proto/callback_pb.js") as typeof import("@pulumi/pulumi/proto/callback_pb"),
    services: {
      ...(fromSdk(
        "@pulumi/pulumi/proto/resource_grpc_pb.js",
      ) as typeof import("@pulumi/pulumi/proto/resource_grpc_pb")),
      ...(fromSdk("./proto/engine_grpc_pb.js") as typeof import("@pulumi/pulumi/proto/engine_grpc_pb")),
      ...(fromSdk(
        "@pulumi/pulumi/proto/callback_grpc_pb.js",
      ) as typeof import("@pulumi/pulumi/proto/callback_grpc_pb")),
    },
  };
}

export type Protocol = ReturnType<typeof loadProtocol>;
