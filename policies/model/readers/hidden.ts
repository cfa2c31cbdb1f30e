import type { HiddenFact } from "../inventory/facts";
import type { Reading, ResourceReader } from "../reading";
import type { Reason } from "../reason";
import { hasSentinel, isKnown, UNKNOWN } from "../value";

/** Why a resource may hide something of SES; undefined where it does not. */
type Look = (at: ResourceReader) => HiddenFact | undefined;

/** Resources that create others out of sight. */
const LOOKS: ReadonlyMap<string, Look> = new Map<string, Look>([
  ["aws:cloudformation/stack:Stack", lookIntoTemplate],
  ["aws:cloudformation/stackSet:StackSet", lookIntoTemplate],
  ["aws:index/cloudformationStack:CloudformationStack", lookIntoTemplate],
  ["aws:index/cloudformationStackSet:CloudformationStackSet", lookIntoTemplate],
  ["aws-native:cloudformation:Stack", lookIntoTemplate],
  ["aws-native:cloudformation:StackSet", lookIntoTemplate],
  ["aws:serverlessrepository/cloudFormationStack:CloudFormationStack", () => hidden("serverless-application")],
  [
    "aws:index/serverlessapplicationrepositoryCloudformationStack:ServerlessapplicationrepositoryCloudformationStack",
    () => hidden("serverless-application"),
  ],
  ["aws:servicecatalog/provisionedProduct:ProvisionedProduct", () => hidden("provisioned-product")],
  ["aws:index/servicecatalogProvisionedProduct:ServicecatalogProvisionedProduct", () => hidden("provisioned-product")],
  ["aws-native:servicecatalog:CloudFormationProvisionedProduct", () => hidden("provisioned-product")],
  ["aws:cloudcontrol/resource:Resource", (at) => lookAtType(at.text("typeName"))],
  ["aws:index/cloudcontrolapiResource:CloudcontrolapiResource", (at) => lookAtType(at.text("typeName"))],
  ["aws-native:index:ExtensionResource", (at) => lookAtType(at.text("type"))],
  ["command:local:Command", lookAtCommand],
  ["command:remote:Command", lookAtCommand],
]);

/** Packages whose components make no resource of SES, by their sources. */
const WITHOUT_SES: ReadonlySet<string> = new Set([
  ...["awsx", "eks", "aws-apigateway", "aws-static-website", "synced-folder", "kubernetes"],
]);

/** Whether a component of a plugin may make resources of SES: one of a package that nobody has looked at may. */
export function mayMakeSes(type: string): boolean {
  return !WITHOUT_SES.has(type.slice(0, type.indexOf(":")));
}

/** A resource that the program itself implements, in any language. */
const DYNAMIC = /^pulumi-[a-z]+:dynamic[:/]/;

/** Whether any resource of the type may hide identities; cheap, because it is asked of every resource of a view. */
export function mayHide(type: string): boolean {
  return LOOKS.has(type) || (type.startsWith("pulumi-") && DYNAMIC.test(type));
}

/** What a resource hides by its type; undefined where it hides nothing of Amazon SES. */
export function hiddenBehind(at: ResourceReader): HiddenFact | undefined {
  const { type } = at.resource;
  return DYNAMIC.test(type) ? hidden("dynamic-resource") : LOOKS.get(type)?.(at);
}

type Kind = Extract<
  Reason["kind"],
  | "dynamic-resource"
  | "template-unknown"
  | "template-with-ses"
  | "template-with-templates"
  | "serverless-application"
  | "provisioned-product"
  | "cloud-control"
  | "command"
>;

function hidden(kind: Kind, pending = false): HiddenFact {
  return { fact: "hidden", reason: { kind }, pending };
}

/** Transforms of AWS that write no resource of SES. Source: CloudFormation Template Reference, "Transform". */
const HARMLESS_TRANSFORM =
  /\bTransform["']?\s*:\s*["']?AWS::(Serverless-2016-10-31|SecretsManager-[\d-]+|CodeDeployBlueGreen)["']?\s*(?=[,}]|$)/gm;

/** Nested stacks and applications, modules (`…::MODULE`) and macros: what they add stands elsewhere. */
const TEMPLATES_INSIDE = /AWS::CloudFormation::Stack\b|AWS::Serverless::Application\b|::MODULE\b|\bTransform["']?\s*:/;

/** A template as text, JSON or YAML, or as an object; one in a bucket cannot be read. */
function lookIntoTemplate(at: ResourceReader): HiddenFact | undefined {
  const body = at.raw("templateBody");
  if (!isKnown(body.value)) return hidden("template-unknown", body.pending);
  const text = typeof body.value === "string" ? body.value : asJson(body.value);
  if (text === undefined) return hidden("template-unknown", false);
  if (text.includes("AWS::SES::")) return hidden("template-with-ses");
  if (TEMPLATES_INSIDE.test(text.replace(HARMLESS_TRANSFORM, ""))) return hidden("template-with-templates");
  return hasSentinel(body.value) ? hidden("template-unknown", body.pending) : undefined;
}

/** Undefined for what is nested too deeply to be a template. */
function asJson(template: unknown): string | undefined {
  try {
    return JSON.stringify(template);
  } catch {
    return undefined;
  }
}

/** Cloud Control makes whatever CloudFormation type it is given. */
function lookAtType(type: Reading<string>): HiddenFact | undefined {
  const mayBeSes = isKnown(type.value) ? /^AWS::(SES|CloudFormation)::/i.test(type.value) : true;
  return mayBeSes ? hidden("cloud-control", type.pending) : undefined;
}

/** `aws ses …`, `sesv2`, `ses:…`, in whatever language the command is written. */
const NAMES_SES = /(?<![\w-])ses(v2)?(?![\w-])/i;

function lookAtCommand(at: ResourceReader): HiddenFact | undefined {
  const commands = ["create", "update"].map((property) => at.text(property));
  if (commands.some(({ value }) => isKnown(value) && NAMES_SES.test(value))) return hidden("command");
  const unknown = commands.find(({ value }) => value === UNKNOWN);
  return unknown && hidden("command", unknown.pending);
}
