import pulumi
import pulumi_ses_guard as ses_guard

handler = ses_guard.FeedbackHandler("feedback")
mail = ses_guard.MonitoredIdentity(
    "mail",
    identity="example.com",
    bounces={"queue_arns": [handler.queue_arn]},
    complaints={"queue_arns": [handler.queue_arn]},
)

pulumi.export("dnsRecords", mail.dns_records)
