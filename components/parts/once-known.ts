import * as pulumi from "@pulumi/pulumi";

/** Beside its public members every output tells whether its value is known: SDKs of different versions rely on it. */
interface Knowable {
  isKnown: Promise<boolean>;
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

/** The value, which whoever takes it gets after the resources exist. In a preview it is known where it was before. */
export function afterAll<T>(
  value: pulumi.Output<T>,
  resources: readonly pulumi.Input<pulumi.Resource>[],
): pulumi.Output<T> {
  const urns = resources.map((resource) => pulumi.output(resource).apply(({ urn }) => urn));
  return pulumi.all([value, pulumi.all(urns)]).apply(([known]) => known as T);
}
