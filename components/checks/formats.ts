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

/** A day of the calendar: 2027-02-30 is none. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isWebhook(text: string): boolean {
  return /^https?:\/\/[^\s/]/.test(text) && URL.canParse(text);
}

const arn = (service: string, resource: string): RegExp =>
  new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${resource}$`);
const TOPIC = arn("sns", "[A-Za-z0-9_-]{1,256}");
// Amazon SNS: "FIFO queues can't be subscribed to standard topics", and SES takes standard topics only (F11).
const QUEUE = arn("sqs", "[A-Za-z0-9_-]{1,80}");
const FUNCTION = arn("lambda", "function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]+)?");

const matching = (pattern: RegExp, allowed: string): Format => ({ validate: (text) => pattern.test(text), allowed });

export const formats = {
  identity: {
    validate: (text) => isDomain(text) || isAddress(text),
    allowed:
      'a domain ("example.com", international ones in punycode) or an email address ("someone@example.com"), without a trailing dot',
  },
  emailAddress: { validate: isAddress, allowed: 'an email address, such as "postmaster@example.com"' },
  domain: { validate: isDomain, allowed: 'a domain, such as "bounce.example.com"' },
  date: { validate: isDate, allowed: 'a day of the calendar as YYYY-MM-DD, such as "2027-06-30"' },
  webhook: { validate: isWebhook, allowed: 'an http or https URL, such as "https://example.com/feedback"' },
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
  region: matching(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'the code of an AWS Region, such as "eu-west-1"'),
  reason: matching(/\S/, "a sentence that says why"),
  name: matching(/\S/, "a name that is not empty"),
} satisfies Record<string, Format>;
