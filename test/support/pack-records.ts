import type { ResourceRecord, StackRecords } from "../../policies/model/record";
import { type Json, UNKNOWN } from "../../policies/model/value";

/**
 * The same views as a policy pack is shown them: outputs only, dependencies for what the program declares, and of what
 * does not exist yet an ARN that nobody knows.
 */
export function asInPack(views: readonly StackRecords[]): StackRecords[] {
  return views.map((view) => ({
    ...view,
    resources: view.resources.filter(({ gone }) => !gone).map(inPack),
  }));
}

function inPack({ inputs = {}, outputs, propertyDependencies = {}, ...record }: ResourceRecord): ResourceRecord {
  const computed = outputs ?? answersOf(record);
  const declared = Object.keys(inputs).map((name) => [name, propertyDependencies[name] ?? []] as const);
  return {
    ...record,
    id: undefined,
    inputs: undefined,
    outputs: { ...inputs, ...computed },
    propertyDependencies: Object.fromEntries(declared),
  };
}

/** A preview shows no answers. Of what is there already the id may be the ARN; nobody knows that of what it creates. */
function answersOf({ id, created, type }: ResourceRecord): Json {
  if (created) return type.startsWith("aws") ? { arn: UNKNOWN } : {};
  return typeof id === "string" && id.startsWith("arn:") ? { id, arn: id } : { id };
}
