// Stands in for the AWS provider, and for AWS, in tests that run the real engine: the provider's server.
import { join } from "node:path";
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { SharedWorld } from "../aws/world";
import { standIn } from "./methods";

const shared = new SharedWorld(process.env.STAND_IN_MEMORY ?? join(__dirname, "..", "memory"));
const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
const handlers = Object.entries(standIn(shared)).map(([name, answer]) => [
  name,
  async (call: { request: never }, callback: (error: object | null, response?: unknown) => void) => {
    try {
      callback(null, await answer(call.request));
    } catch (error) {
      const { message, metadata } = error as Error & { metadata?: unknown };
      callback({ code: status.UNKNOWN, details: message, metadata });
    }
  },
]);
server.addService(ResourceProviderService, Object.fromEntries(handlers));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
