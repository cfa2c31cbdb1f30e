// A state as most are: services of a platform, and among 50 resources one of Amazon SES or SNS. 50,000 resources are
// about 86 MB as the engine writes them.
import { state } from "./state.mjs";

const BASE = "urn:pulumi:prod::mail::";
const ROOT = `${BASE}pulumi:pulumi:Stack::mail-prod`;
const PROVIDER = `${BASE}pulumi:providers:aws::default_7_48_0::a758606c-697e-513c-a9cc-a06db2e01c25`;
const TYPES = [
  "aws:s3/bucketV2:BucketV2",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:route53/record:Record",
  "aws:ecs/service:Service",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
];
const IN_SERVICE = 25;
const TIME = "2026-11-01T00:00:00.123456789Z";

/** What the engine indents by, and others do not. */
export const LAYOUTS = { engine: "    ", "2 spaces": "  ", minified: "" };

function service(number) {
  return {
    urn: `${BASE}platform:index:Service::service-${number}`,
    custom: false,
    type: "platform:index:Service",
    parent: ROOT,
    created: TIME,
    modified: TIME,
    sourcePosition: "project:///index.ts#12,5",
  };
}

function part(number, parent) {
  const type = TYPES[number % TYPES.length];
  const name = `part-${number}`;
  const id = `id-${number.toString(16).padStart(17, "0")}`;
  const tags = { Environment: "production", Service: parent.slice(parent.lastIndexOf(":") + 1) };
  const inputs = { __defaults: [], name, enabled: true, port: 443, tags };
  return {
    urn: `${BASE}platform:index:Service$${type}::${name}`,
    custom: true,
    id,
    type,
    inputs,
    outputs: { ...inputs, arn: `arn:aws:service:us-east-1:123456789012:part/${name}`, id, tagsAll: tags },
    parent,
    provider: PROVIDER,
    propertyDependencies: { name: [], enabled: [], port: [], tags: [] },
    created: TIME,
    modified: TIME,
    sourcePosition: `project:///services.ts#${(number % 400) + 1},13`,
  };
}

function* rows(count) {
  const mail = JSON.parse([...state(Math.round(count / 250))].join("")).deployment.resources;
  yield* mail;
  for (let number = 0; number < count - mail.length; number++) {
    const of = Math.floor(number / IN_SERVICE);
    const component = service(of);
    yield number % IN_SERVICE === 0 ? component : part(number, component.urn);
  }
}

/** Yields a state of that many resources in pieces, in a layout. */
export function* realistic(count, layout) {
  const indent = LAYOUTS[layout];
  const [line, space] = indent === "" ? ["", ""] : ["\n", " "];
  const depth = (levels) => `${line}${indent.repeat(levels)}`;
  yield `{${depth(1)}"version":${space}3,${depth(1)}"deployment":${space}{${depth(2)}"resources":${space}[`;
  let separator = "";
  for (const row of rows(count)) {
    yield `${separator}${depth(3)}${JSON.stringify(row, null, indent).replaceAll("\n", depth(3))}`;
    separator = ",";
  }
  yield `${depth(2)}],${depth(2)}"manifest":${space}{}${depth(1)}}${depth(0)}}${line}`;
}
