import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../parts/names";
import { knownValue } from "../parts/once-known";
import { argumentError, passing } from "./arguments";
import type { Problem } from "./problem";
import { show } from "./show";
import { mapOutputs, replaced } from "./values";

/** The Region as far as the program itself tells it before anything is registered. */
export function knownRegion(region: unknown, opts: pulumi.ComponentResourceOptions | undefined): string | undefined {
  if (region !== undefined) return typeof region === "string" ? region : undefined;
  if (opts?.provider || opts?.parent || Object.keys(opts?.providers ?? {}).length > 0) return undefined;
  return new pulumi.Config("aws").get("region") ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
}

/** The Region of a component's children, or undefined where only AWS tells it. */
export function regionOf(
  component: pulumi.ComponentResource,
  region: pulumi.Input<string> | undefined,
): pulumi.Output<string | undefined> {
  if (region !== undefined) return pulumi.output(region);
  const provider = component.getProvider("aws:sns/topic:Topic") as { region?: pulumi.Output<string> } | undefined;
  // Where the program is in another language, nothing is known of a provider that it passes on.
  if (provider !== undefined) return pulumi.output(provider.region);
  return pulumi.output(knownRegion(undefined, undefined));
}

/** What a component is to do with its Region, which only the provider may know. */
interface Placed<Args> {
  /** The arguments, in which no output contradicts the Region that receives it. */
  checked: Args;
  /**
   * Settles before anything is made, since the children of a component wait for it; rejects with every value of the
   * program that contradicts the Region.
   */
  gate: Promise<void>;
}

/** @param check what contradicts a Region; values that are outputs still are none of its business */
export function placed<Args extends object>(
  component: string,
  name: string,
  args: Args,
  region: pulumi.Output<string | undefined>,
  check: (args: Args, region: string) => Problem[],
): Placed<Args> {
  const known = knownValue(region);
  const gate = known.then((where) => {
    const problems = where ? check(args, where) : [];
    if (problems.length > 0) throw argumentError(component, name, problems);
  });
  const checked = mapOutputs(args, (output, path) =>
    passing(component, name, output, async (value) => {
      const where = await known;
      if (!where) return [];
      const before = new Set(check(args, where).map((problem) => problem.path));
      return check(replaced(args, path, value), where).filter((problem) => !before.has(problem.path));
    }),
  );
  return { checked, gate };
}

/** True where the text is the ARN of something in another Region. */
export function isElsewhere(arn: unknown, region: string | undefined): arn is string {
  return typeof arn === "string" && region !== undefined && arnParts(arn).region !== region && arn.startsWith("arn:");
}

/** What must be in the Region of the component, and is not. */
export function otherRegion(path: string, arn: string, region: string, what: string): Problem {
  return { path, given: `${show(arn)} in ${region}`, allowed: `${what} in ${region}` };
}
