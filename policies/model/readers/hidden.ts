import { parseJson } from "../iam/document";
import type { HiddenFact } from "../inventory/facts";
import type { Reading, ResourceReader } from "../reading";
import type { Reason } from "../reason";
import { hasSentinel, isKnown, isObject, UNKNOWN } from "../value";

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
  ["awscc:index/cloudformationStack:CloudformationStack", lookIntoTemplate],
  ["awscc:index/cloudformationStackSet:CloudformationStackSet", lookIntoTemplate],
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

/** Resources of SES by the Terraform provider for Cloud Control, bridged. */
const CLOUD_CONTROL = /^awscc:index\/ses(v2)?[A-Z]/;

/**
 * Custom resources for which a controller in the cluster makes those of SES: ACK's and Crossplane's API groups, which are
 * called after the service.
 */
const CONTROLLED = /^kubernetes:ses(v2)?\.(services\.k8s\.aws|aws\.([\w-]+\.)*(upbound|crossplane)\.io)\//;

/** What a type hides by its name alone, by the package that it begins with. */
const BY_NAME: readonly (readonly [prefix: string, types: RegExp, kind: Kind])[] = [
  ["pulumi-", DYNAMIC, "dynamic-resource"],
  ["awscc:", CLOUD_CONTROL, "cloud-control"],
  ["kubernetes:ses", CONTROLLED, "kubernetes-controller"],
];

function kindByName(type: string): Kind | undefined {
  return BY_NAME.find(([prefix, types]) => type.startsWith(prefix) && types.test(type))?.[2];
}

/** Whether any resource of the type may hide identities; cheap, because it is asked of every resource of a view. */
export function mayHide(type: string): boolean {
  return LOOKS.has(type) || kindByName(type) !== undefined;
}

/** What a resource hides by its type; undefined where it hides nothing of Amazon SES. */
export function hiddenBehind(at: ResourceReader): HiddenFact | undefined {
  const { type } = at.resource;
  const kind = kindByName(type);
  return kind ? hidden(kind) : LOOKS.get(type)?.(at);
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
  | "kubernetes-controller"
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
  const text = typeof body.value === "string" ? withoutEscapes(body.value) : asJson(body.value);
  if (text === undefined) return hidden("template-unknown", false);
  if (text.includes("AWS::SES::")) return hidden("template-with-ses");
  if (TEMPLATES_INSIDE.test(text.replace(HARMLESS_TRANSFORM, ""))) return hidden("template-with-templates");
  if (hasSentinel(body.value)) return hidden("template-unknown", body.pending);
  return isTemplate(body.value) ? undefined : hidden("template-unknown");
}

/** A text with what quoted strings of JSON and YAML write as numbers, such as `\u003a` for a colon. */
function withoutEscapes(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|U0{4}([\da-fA-F]{4}))/g, (_, ...codes: unknown[]) =>
    String.fromCharCode(Number.parseInt(codes.slice(0, 3).find(isText) ?? "", 16)),
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** `Resources`, which every template has, as YAML writes it in a block. */
const RESOURCES = /^\s*(["']?)Resources\1\s*:/m;

/** Whether something can be a template at all: an object, JSON of one, or YAML with resources in a block. */
function isTemplate(body: unknown): boolean {
  if (typeof body !== "string") return isObject(body);
  return isObject(parseJson(body)) || (!/^\s*[{[]/.test(body) && RESOURCES.test(body));
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

/** What runs the text that it is given on standard input; other programs take it for data. */
const INTERPRETER = /(?<![\w.-])((ba|da|k|z|fi)?sh|pwsh|python[\d.]*|node|deno|bun|ruby|perl|xargs)(?![\w.-])/i;

function lookAtCommand(at: ResourceReader): HiddenFact | undefined {
  const commands = ["create", "update"].map((property) => at.text(property));
  const input = at.text("stdin");
  if ([...commands, input].some(({ value }) => isKnown(value) && NAMES_SES.test(value))) return hidden("command");
  const unknown = commands.find(({ value }) => value === UNKNOWN);
  if (unknown) return hidden("command", unknown.pending);
  const isRun = commands.some(({ value }) => isKnown(value) && INTERPRETER.test(value));
  return isRun && input.value === UNKNOWN ? hidden("command", input.pending) : undefined;
}
