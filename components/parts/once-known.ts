import * as pulumi from "@pulumi/pulumi";

/** Beside its public members every output tells these: SDKs of different versions rely on them. */
interface Knowable {
  isKnown: Promise<boolean>;
  /** What made the value, as soon as that is known. */
  allResources(): Promise<Set<pulumi.Resource>>;
}

/**
 * Resources whose names follow from values, so that one thing in AWS always has one name. Only a preview can know less:
 * there the resource goes by another name, for as long as the value is unknown.
 *
 * @param create hears undefined where the value is unknown
 */
export async function onceKnown<T, R extends pulumi.Resource>(
  value: pulumi.Output<T>,
  create: (known: T | undefined) => R,
): Promise<R> {
  return create(await knownValue(value));
}

/**
 * The value, or undefined while it is unknown.
 *
 * @throws what the output was rejected with
 */
export async function knownValue<T>(value: pulumi.Output<T>): Promise<T | undefined> {
  if (!(await (value as pulumi.Output<T> & Knowable).isKnown)) return undefined;
  return new Promise<T>((resolve) => {
    value.apply(resolve);
  });
}

/** The resources that a value comes from; none for one that fails, which whoever takes the value says. */
export async function resourcesBehind(value: pulumi.Output<unknown>): Promise<pulumi.Resource[]> {
  try {
    return [...(await (value as pulumi.Output<unknown> & Knowable).allResources())];
  } catch {
    return [];
  }
}

/**
 * What the options say comes before a component. The engine knows it of the component alone, which stays where a child is
 * replaced: a child that must go before it depends on it by itself.
 */
export async function namedInOptions(opts: pulumi.ComponentResourceOptions = {}): Promise<pulumi.Resource[]> {
  const named = await knownValue(pulumi.output(opts.dependsOn ?? []));
  return named === undefined ? [] : [named].flat();
}

/**
 * The value, which whoever takes it gets after the resources exist, and those that the options name. In a preview it is
 * known where it was before.
 */
export function afterAll<T>(
  value: pulumi.Output<T>,
  resources: readonly pulumi.Input<pulumi.Resource>[],
  opts?: pulumi.ComponentResourceOptions,
): pulumi.Output<T> {
  const urns = resources.map((resource) => pulumi.output(resource).apply(({ urn }) => urn));
  const named = pulumi.output(namedInOptions(opts)).apply((list) => pulumi.all(list.map(({ urn }) => urn)));
  return pulumi.all([value, pulumi.all(urns), named]).apply(([known]) => known as T);
}

/**
 * A value that may turn out to be absent, for an argument that may be left out. The declarations of `@pulumi/aws` before
 * 7.30 know only arguments that are left out from the start; the SDK treats both alike.
 */
export function optional<T>(value: pulumi.Input<T | undefined>): pulumi.Output<T> {
  return pulumi.output(value) as pulumi.Output<T>;
}
