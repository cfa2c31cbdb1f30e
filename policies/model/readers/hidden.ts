import type { HiddenFact } from "../inventory/facts";
import type { ResourceReader } from "../reading";

/** Resources that create others out of sight, by the property that could tell. */
const TEMPLATES: ReadonlyMap<string, string> = new Map([
  ["aws:cloudformation/stack:Stack", "templateBody"],
  ["aws:cloudformation/stackSet:StackSet", "templateBody"],
  ["aws-native:cloudformation:Stack", "templateBody"],
  ["aws-native:cloudformation:StackSet", "templateBody"],
]);

/** Whether any resource of the type may hide identities; cheap, because it is asked of every resource of a view. */
export function mayHide(type: string): boolean {
  return TEMPLATES.has(type) || type.startsWith("pulumi-nodejs:dynamic");
}

/** What a resource hides by its type; undefined where it hides nothing of Amazon SES. */
export function hiddenBehind(at: ResourceReader): HiddenFact | undefined {
  const { type } = at.resource;
  if (type.startsWith("pulumi-nodejs:dynamic")) {
    return { fact: "hidden", reason: { kind: "dynamic-resource" }, pending: false };
  }
  const property = TEMPLATES.get(type);
  if (property === undefined) return undefined;
  const template = at.raw(property);
  if (typeof template.value !== "string") {
    return { fact: "hidden", reason: { kind: "template-unknown" }, pending: template.pending };
  }
  if (template.value.includes("AWS::SES::")) {
    return { fact: "hidden", reason: { kind: "template-with-ses" }, pending: false };
  }
  if (/AWS::CloudFormation::Stack\b|AWS::Include|Fn::Transform/.test(template.value)) {
    return { fact: "hidden", reason: { kind: "template-with-templates" }, pending: false };
  }
  return undefined;
}
