import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type * as Empty from "google-protobuf/google/protobuf/empty_pb";
import type * as Struct from "google-protobuf/google/protobuf/struct_pb";
import type { Json } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";

/** Of `@pulumi/pulumi` 3, when the program's is all there is. */
const OLDEST_MINOR = 150;

/** With what newer SDKs answer calls of functions: the same message as before, under another name. */
type ResourceMessages<Answer> = typeof import("@pulumi/pulumi/proto/resource_pb") & { ResourceInvokeResponse?: Answer };

/**
 * The wire protocol of the Pulumi engine, from our own `@pulumi/pulumi`, else (the command is installed alone) from the
 * program's, and from the gRPC library that it uses (two copies would not know each other's messages). A function,
 * because loading it takes a tenth of a second that only this command needs.
 * @param sdk folder of the program's `@pulumi/pulumi`
 * @throws KnownError where the program's is too old
 */
export function loadProtocol(sdk?: string) {
  const fromSdk = createRequire(ownSdk() ?? programSdk(sdk));
  const grpc: typeof Grpc = fromSdk("@grpc/grpc-js");
  const empty: typeof Empty = fromSdk("google-protobuf/google/protobuf/empty_pb.js");
  const struct: typeof Struct = fromSdk("google-protobuf/google/protobuf/struct_pb.js");
  const provider: typeof import("@pulumi/pulumi/proto/provider_pb") = fromSdk("./proto/provider_pb.js");
  const resource: ResourceMessages<typeof provider.InvokeResponse> = fromSdk("./proto/resource_pb.js");
  const engine: typeof import("@pulumi/pulumi/proto/engine_pb") = fromSdk("./proto/engine_pb.js");
  const resourceServices: typeof import("@pulumi/pulumi/proto/resource_grpc_pb") =
    fromSdk("./proto/resource_grpc_pb.js");
  const engineServices: typeof import("@pulumi/pulumi/proto/engine_grpc_pb") = fromSdk("./proto/engine_grpc_pb.js");
  const callback: typeof import("@pulumi/pulumi/proto/callback_pb") = fromSdk("./proto/callback_pb.js");
  const callbackServices: typeof import("@pulumi/pulumi/proto/callback_grpc_pb") =
    fromSdk("./proto/callback_grpc_pb.js");

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
    InvokeResponse: resource.ResourceInvokeResponse ?? provider.InvokeResponse,
    engine,
    callback,
    services: { ...resourceServices, ...engineServices, ...callbackServices },
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

/** Throws `KnownError` for one whose messages lack what we read. */
function programSdk(folder = ""): string {
  const manifest = join(folder, "package.json");
  const { version }: { version: string } = createRequire(manifest)("./package.json");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 3 || minor >= OLDEST_MINOR) return manifest;
  throw new KnownError(
    `the program's @pulumi/pulumi is ${printable(version)}; the command alone needs 3.${OLDEST_MINOR} or newer; ` +
      "update it, or run the command of pulumi-ses-guard, installed in a folder of its own",
  );
}

export type Protocol = ReturnType<typeof loadProtocol>;
