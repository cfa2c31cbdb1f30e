/** Messages as the SES documentation shows them ("Amazon SNS notification examples", "Event data examples"). */

const MAIL = {
  timestamp: "2027-01-04T10:00:00.000Z",
  messageId: "010001700000-0000000",
  source: "sender@example.com",
  sourceArn: "arn:aws:ses:us-east-1:123456789012:identity/example.com",
  sendingAccountId: "123456789012",
  destination: ["jane@recipient.example"],
};

export interface Variant {
  /** Events of configuration sets say `eventType` where notifications of identities say `notificationType`. */
  shape?: "notificationType" | "eventType";
  recipients?: string[];
  feedbackId?: string;
  /** Of the sender's tenant; only events of configuration sets have tags. */
  tenant?: string;
}

function mail({ tenant }: Variant): object {
  const tags = { "ses:configuration-set": ["news"], "ses:source-ip": ["192.0.2.0"] };
  return tenant === undefined ? MAIL : { ...MAIL, tags: { ...tags, "ses:tenant-name": [tenant] } };
}

export function bounce(bounceType: string, bounceSubType: string, variant: Variant = {}): string {
  const { shape = "notificationType", recipients = ["jane@recipient.example"], feedbackId = "0100-bounce" } = variant;
  return JSON.stringify({
    [shape]: "Bounce",
    mail: mail(variant),
    bounce: {
      feedbackId,
      bounceType,
      bounceSubType,
      bouncedRecipients: recipients.map((emailAddress) => ({
        emailAddress,
        action: "failed",
        status: "5.1.1",
        diagnosticCode: "smtp; 550 5.1.1 user unknown",
      })),
      timestamp: "2027-01-04T10:00:01.000Z",
      reportingMTA: "dsn; a1-2.smtp-out.amazonses.com",
    },
  });
}

export function complaint(feedbackType: string | undefined, subType: string | null, variant: Variant = {}): string {
  const {
    shape = "notificationType",
    recipients = ["jane@recipient.example"],
    feedbackId = "0100-complaint",
  } = variant;
  return JSON.stringify({
    [shape]: "Complaint",
    mail: mail(variant),
    complaint: {
      feedbackId,
      complaintSubType: subType,
      complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
      timestamp: "2027-01-04T10:00:02.000Z",
      userAgent: "ExampleCorp Feedback Loop (V0.01)",
      ...(feedbackType === undefined ? {} : { complaintFeedbackType: feedbackType }),
      arrivalDate: "2027-01-04T10:00:02.000Z",
    },
  });
}

export function delivery(shape: "notificationType" | "eventType", recipients = ["jane@recipient.example"]): string {
  return JSON.stringify({
    [shape]: "Delivery",
    mail: MAIL,
    delivery: {
      timestamp: "2027-01-04T10:00:01.000Z",
      processingTimeMillis: 546,
      recipients,
      smtpResponse: "250 ok: Message 111 accepted",
      reportingMTA: "a1-2.smtp-out.amazonses.com",
    },
  });
}

/** An automatic reply arrives as a bounce of this kind (F1). */
export const outOfOffice = JSON.stringify({
  notificationType: "Bounce",
  mail: MAIL,
  bounce: {
    feedbackId: "0100-out-of-office",
    bounceType: "Transient",
    bounceSubType: "General",
    bouncedRecipients: [{ emailAddress: "jane@recipient.example" }],
    timestamp: "2027-01-04T10:00:01.000Z",
  },
});

/** Details as the documentation shows them, by type: the key that they stand under, and what is in there. */
export const DETAILS: Record<string, [key: string, details: object]> = {
  Send: ["send", {}],
  Reject: ["reject", { reason: "Bad content" }],
  Open: ["open", { ipAddress: "192.0.2.1", timestamp: "2027-01-05T00:00:00.652Z", userAgent: "Mozilla/5.0 (iPhone)" }],
  Click: [
    "click",
    {
      ipAddress: "192.0.2.1",
      link: "https://www.example.com/offers?id=7",
      linkTags: { campaign: ["winter"] },
      timestamp: "2027-01-05T00:00:00.570Z",
      userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
    },
  ],
  "Rendering Failure": [
    "failure",
    { errorMessage: "Attribute 'name' is not present in the rendering data.", templateName: "welcome" },
  ],
  DeliveryDelay: [
    "deliveryDelay",
    {
      timestamp: "2027-01-05T00:25:40.095Z",
      delayType: "TransientCommunicationFailure",
      expirationTime: "2027-01-05T14:25:40.914Z",
      delayedRecipients: [
        {
          emailAddress: "late@recipient.example",
          status: "4.4.1",
          diagnosticCode: "smtp; 421 4.4.1 Unable to connect to remote host",
        },
      ],
    },
  ],
  Subscription: [
    "subscription",
    {
      contactList: "readers",
      timestamp: "2027-01-05T00:00:00.909Z",
      source: "UnsubscribeHeader",
      newTopicPreferences: {
        unsubscribeAll: true,
        topicSubscriptionStatus: [{ topicName: "news", subscriptionStatus: "OptOut" }],
      },
      oldTopicPreferences: {
        unsubscribeAll: false,
        topicSubscriptionStatus: [{ topicName: "news", subscriptionStatus: "OptOut" }],
      },
    },
  ],
};

/** As EventBridge delivers it (F16). */
export function bridged(detailType: string, detail: string | object, extra: object = {}): string {
  return JSON.stringify({
    version: "0",
    id: "4b1ddc44-7d7b-4dde-9aef-2a9a4d2f0b25",
    "detail-type": detailType,
    source: "aws.ses",
    account: "123456789012",
    time: "2027-01-04T10:00:04Z",
    region: "us-east-1",
    resources: ["arn:aws:ses:us-east-1:123456789012:configuration-set/news"],
    detail: typeof detail === "string" ? JSON.parse(detail) : detail,
    ...extra,
  });
}

export function event(eventType: string, key: string, details: object = {}): string {
  return JSON.stringify({ eventType, mail: MAIL, [key]: details });
}

export function envelope(message: string, extra: object = {}): string {
  return JSON.stringify({
    Type: "Notification",
    MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
    TopicArn: "arn:aws:sns:us-east-1:123456789012:mail-bounce",
    Message: message,
    Timestamp: "2027-01-04T10:00:03.000Z",
    SignatureVersion: "1",
    Signature: "EXAMPLE",
    ...extra,
  });
}
