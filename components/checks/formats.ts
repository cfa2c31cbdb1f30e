import { isUnusableAlias } from "../parts/facts";
import { normaliseIdentity } from "../parts/identity-name";
import { parseArn } from "../parts/names";

/**
 * What an argument may look like, one entry per format named in `constraints.json`. `allowed` completes the sentence
 * "allowed: …" of an error message.
 */
export interface Format {
  validate: (text: string) => boolean;
  allowed: string;
}

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i;

/** A domain name in ASCII: two labels or more, at most 253 characters, no trailing dot. Source: RFC 1035, 2.3.1. */
export function isDomain(text: string): boolean {
  const labels = text.split(".");
  const last = labels[labels.length - 1] ?? "";
  return text.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(last);
}

/** An email address as SES verifies it: ASCII before the @, at most 64 characters. Source: SES "Creating identities". */
export function isAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  return at > 0 && at <= 64 && /^[!-~]+$/.test(text.slice(0, at)) && !/[@"<>(),;:\\[\]]/.test(text.slice(0, at))
    ? isDomain(text.slice(at + 1))
    : false;
}

function isIdentity(text: string): boolean {
  const name = normaliseIdentity(text);
  return isDomain(name) || isAddress(name);
}

/** A day of the calendar: 2027-02-30 is none. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isWebhook(text: string): boolean {
  return /^https:\/\/[^\s/]/.test(text) && URL.canParse(text);
}

/** A key of the caller's own, by id, ARN or alias. */
function isKey(text: string): boolean {
  const arn = parseArn(text);
  if (arn && arn.service !== "kms") return false;
  const resource = arn?.resource ?? text;
  if (resource.startsWith("alias/")) return /^alias\/[\w/-]+$/.test(resource) && !isUnusableAlias(resource);
  return (arn ? /^key\/[A-Za-z0-9-]+$/ : /^[A-Za-z0-9-]+$/).test(resource);
}

const arn = (service: string, resource: string): RegExp =>
  new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${resource}$`);
const TOPIC = arn("sns", "[A-Za-z0-9_-]{1,256}");
// Amazon SNS: "FIFO queues can't be subscribed to standard topics", and SES takes standard topics only (F11).
const QUEUE = arn("sqs", "[A-Za-z0-9_-]{1,80}");
const FUNCTION = arn("lambda", "function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]+)?");
// The ARN of a resource of one of these services, or its plain name.
const arnOrName = (service: string, type: string, name: string): RegExp =>
  new RegExp(`^(arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${type}/)?${name}$`);

const matching = (pattern: RegExp, allowed: string): Format => ({ validate: (text) => pattern.test(text), allowed });

export const formats = {
  identity: {
    validate: isIdentity,
    allowed: 'a domain ("example.com") or an email address ("someone@example.com")',
  },
  emailAddress: { validate: isAddress, allowed: 'an email address, such as "postmaster@example.com"' },
  domain: { validate: isDomain, allowed: 'a domain, such as "bounce.example.com"' },
  date: { validate: isDate, allowed: 'a day of the calendar as YYYY-MM-DD, such as "2027-06-30"' },
  webhook: {
    validate: isWebhook,
    allowed: 'an https URL, such as "https://example.com/feedback"; feedback holds addresses, so http is refused',
  },
  topicArn: matching(
    TOPIC,
    'the ARN of a standard Amazon SNS topic, such as "arn:aws:sns:us-east-1:123456789012:feedback"; SES cannot publish to FIFO topics',
  ),
  queueArn: matching(
    QUEUE,
    'the ARN of a standard Amazon SQS queue, such as "arn:aws:sqs:us-east-1:123456789012:feedback"; FIFO queues cannot subscribe to standard topics',
  ),
  functionArn: matching(
    FUNCTION,
    'the ARN of a Lambda function, such as "arn:aws:lambda:us-east-1:123456789012:function:feedback"',
  ),
  targetArn: matching(
    /^arn:aws[a-z-]*:(lambda|sqs|sns|logs|events|kinesis|firehose|states):[a-z0-9-]+:\d{12}:\S+$/,
    "the ARN of what the rule calls: a function, queue, topic, log group, bus, stream or state machine",
  ),
  configurationSet: matching(
    arnOrName("ses", "configuration-set", "[A-Za-z0-9_-]{1,64}"),
    'the name or ARN of a configuration set, such as "transactional"',
  ),
  eventBus: matching(
    arnOrName("events", "event-bus", "[\\w./-]{1,256}"),
    'the ARN or name of an event bus, such as "arn:aws:events:us-east-1:123456789012:event-bus/mail"',
  ),
  table: matching(
    arnOrName("dynamodb", "table", "[\\w.-]{3,255}"),
    'the ARN or name of a DynamoDB table, such as "arn:aws:dynamodb:us-east-1:123456789012:table/feedback"',
  ),
  key: {
    validate: (text) => /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u.test(text),
    allowed: "a name of 1 to 64 letters, digits, dots, hyphens and underscores that begins with none of . and -",
  },
  kmsKey: {
    validate: isKey,
    allowed:
      'a key of your own by id, ARN or alias, such as "alias/mail"; the policy of a key that AWS manages (alias/aws/…) lets neither SES nor SNS use it, and nobody can change it',
  },
  zone: matching(
    /^(\/hostedzone\/|arn:aws[a-z-]*:route53:::hostedzone\/)?[A-Za-z0-9]{1,32}$/,
    'the id of a Route 53 zone, such as "Z0123456789ABCDEFGHIJ", not its name',
  ),
  dmarc: matching(/^v=DMARC1\s*;\s*p=(none|quarantine|reject)\b/, 'a DMARC record, such as "v=DMARC1; p=quarantine;"'),
  tag: {
    validate: (text) => text.length > 0 && text.length <= 128 && !/^aws:/i.test(text),
    allowed: 'a tag of 1 to 128 characters that does not begin with "aws:", which AWS keeps for itself',
  },
  region: matching(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'the code of an AWS Region, such as "eu-west-1"'),
  reason: matching(/\S/, "a sentence that says why"),
} satisfies Record<string, Format>;
