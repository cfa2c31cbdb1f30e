import { type SdkCalls, signIn } from "../../aws/sdk";
import type { Api, Input, Operation, Output } from "./client";
import type { Session, SignIn } from "./session";

/** Signs in for calls that read. */
export async function connect({ profile, role }: SignIn): Promise<Session> {
  const { calls, region } = await signIn({ profile, role, sessionName: "ses-guard-audit" });
  return { api: reading(calls), region };
}

/** The calls that an audit makes, of all those of the SDK. */
export function reading(calls: SdkCalls): Api {
  return {
    call: async <K extends Operation>(region: string, operation: K, input: Input<K>) =>
      // The operation's name stands for the type of its answer.
      (await calls.call(region, operation, input)) as Output<K>,
  };
}
