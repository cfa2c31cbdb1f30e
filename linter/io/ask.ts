import { KnownError } from "./errors";

/** True where somebody can be asked: a terminal on both sides. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Somebody, or something, that ends a question ends the command. */
async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && /^(Exit|Abort)PromptError$/.test(error.name)) {
      throw new KnownError("not answered, so nothing is done");
    }
    throw error;
  }
}

/** Asks on the terminal; the library is loaded for it only. */
export const ask = {
  /** @param signal ends the question */
  yesOrNo(message: string, proposal: boolean, signal?: AbortSignal): Promise<boolean> {
    const { default: confirm } = require("@inquirer/confirm") as typeof import("@inquirer/confirm");
    return answered(confirm({ message, default: proposal }, signal === undefined ? {} : { signal }));
  },
  oneOf<T extends string>(message: string, choices: readonly T[], proposal: T): Promise<T> {
    const { default: select } = require("@inquirer/select") as typeof import("@inquirer/select");
    return answered(select({ message, choices: [...choices], default: proposal }));
  },
};

export type Ask = typeof ask;
