import pulumi
import pulumi_ses_guard as ses_guard

handler = ses_guard.FeedbackHandler("feedback", unwatched=True)
mail = ses_guard.MonitoredIdentity(
    "mail",
    identity="example.com",
    bounces={"queues": {"handler": handler.queue_arn}},
    complaints={"queues": {"handler": handler.queue_arn}},
)

pulumi.export("dnsRecords", mail.dns_records)
