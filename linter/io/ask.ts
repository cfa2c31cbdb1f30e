import { KnownError } from "./errors";

/** True where somebody can be asked: a terminal on both sides. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Somebody who ends a question ends the command. */
async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") {
      throw new KnownError("not answered, so nothing is done");
    }
    throw error;
  }
}

/** Asks on the terminal; the library is loaded for it only. */
export const ask = {
  yesOrNo(message: string, proposal: boolean): Promise<boolean> {
    const { default: confirm } = require("@inquirer/confirm") as typeof import("@inquirer/confirm");
    return answered(confirm({ message, default: proposal }));
  },
  oneOf<T extends string>(message: string, choices: readonly T[], proposal: T): Promise<T> {
    const { default: select } = require("@inquirer/select") as typeof import("@inquirer/select");
    return answered(select({ message, choices: [...choices], default: proposal }));
  },
};

export type Ask = typeof ask;
