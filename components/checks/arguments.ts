import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./problem";
import { type Component, schemaProblems } from "./schema";
import { sdkProblems } from "./sdk";
import { quote } from "./show";
import { mapOutputs, replaced, withoutNulls } from "./values";

/**
 * Checks beyond types and formats. Members may be outputs; what has a wrong type is missing from the arguments it gets.
 */
export type CrossCheck<Args> = (args: Partial<Args>) => Problem[];

// Types and URNs have no limit of their own, but alarms are named after the component: 255 characters with the suffix.
const LONGEST_NAME = 200;

/**
 * Checks everything that is known when the constructor is called, and returns the arguments to hand to `super`.
 *
 * @throws {pulumi.RunError} with every problem: path, what was given, what is allowed
 */
export function validated<Args extends object>(
  component: Component,
  name: string,
  args: Args,
  crossCheck: CrossCheck<Args> = () => [],
): pulumi.Inputs {
  const problems = [
    ...sdkProblems(),
    ...nameProblems(name),
    ...problemsOf(component, plainArguments(args), crossCheck),
  ];
  if (problems.length > 0) throw argumentError(component, name, problems);
  return args as pulumi.Inputs;
}

/** The same arguments, in which every output passes its checks before anything receives its value. */
export function checkedOutputs<Args extends object>(
  component: Component,
  name: string,
  args: Args,
  crossCheck: CrossCheck<Args> = () => [],
): Args {
  const plain = plainArguments(args);
  return mapOutputs(plain, (output, path) =>
    passing(component, name, output, (value) => problemsOf(component, replaced(plain, path, value), crossCheck)),
  );
}

/** The same output, refused where its value has problems. The value of a secret is not shown. */
export function passing<T>(
  component: string,
  name: string,
  output: pulumi.Output<T>,
  problemsOfValue: (value: T) => Problem[] | Promise<Problem[]>,
): pulumi.Output<T> {
  const checked = pulumi.output(pulumi.isSecret(output)).apply((secret) =>
    output.apply(async (value) => {
      const problems = await problemsOfValue(value as T);
      if (problems.length === 0) return value;
      const shown = secret ? problems.map((problem) => ({ ...problem, given: "[secret]" })) : problems;
      throw argumentError(component, name, shown);
    }),
  );
  return checked as pulumi.Output<T>;
}

/** An error in the program, not in this package: shown without a stack trace. */
export function argumentError(component: string, name: string, problems: readonly Problem[]): pulumi.RunError {
  const lines = problems.map(({ path, given, allowed }) => `${path}: ${given}; allowed: ${allowed}`);
  const title = `${component} ${quote(String(name))}`;
  const message =
    lines.length === 1 ? `${title}: ${lines[0]}` : `${title}: ${lines.length} wrong arguments\n  ${lines.join("\n  ")}`;
  return Object.defineProperties(new pulumi.RunError(message), {
    // The SDK writes the property in front that a resource takes the value for: once for each resource that waits for it.
    message: { get: () => message, set: () => {} },
    // Where a value is refused that came late, the frames are those of this package, and the host shows them.
    stack: { value: message },
  });
}

/** Null stands for no arguments at all: languages that build the object only where it has members send it. */
function plainArguments<Args extends object>(args: Args | null | undefined): Args {
  return withoutNulls(args ?? ({} as Args));
}

function nameProblems(name: unknown): Problem[] {
  if (typeof name === "string" && name !== "" && name.length <= LONGEST_NAME) return [];
  const given = typeof name === "string" ? (name === "" ? '""' : `${name.length} characters`) : "missing";
  return [{ path: "name", given, allowed: `1 to ${LONGEST_NAME} characters` }];
}

function problemsOf<Args extends object>(component: Component, args: Args, crossCheck: CrossCheck<Args>): Problem[] {
  const wrong = schemaProblems(component, args);
  // Checks that span arguments rely on types that hold.
  const sound = wrong.reduce((rest, { path, instead }) => replaced(rest, path, instead), args);
  const problems = new Map(wrong.map(({ problem }) => [problem.path, problem]));
  for (const problem of crossCheck(withoutNulls(sound))) {
    if (!problems.has(problem.path)) problems.set(problem.path, problem);
  }
  return [...problems.values()];
}
