import type { Identity, Resource } from "./world";

/** Type token of a resource as Pulumi writes it. */
export function token(one: Resource): string {
  switch (one.type) {
    case "identity":
      return identityToken(one);
    case "notification":
      return "aws:ses/identityNotificationTopic:IdentityNotificationTopic";
    case "forwarding":
      return "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes";
    case "set":
      return "aws:sesv2/configurationSet:ConfigurationSet";
    case "destination":
      return "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination";
    case "topic":
      return "aws:sns/topic:Topic";
    case "topic-policy":
      return "aws:sns/topicPolicy:TopicPolicy";
    case "subscription":
      return "aws:sns/topicSubscription:TopicSubscription";
    case "queue":
      return "aws:sqs/queue:Queue";
    case "bus-rule":
      return "aws:cloudwatch/eventRule:EventRule";
  }
}

export function capital(type: string): string {
  return type[0]?.toUpperCase() + type.slice(1);
}

function identityToken({ api, name }: Identity): string {
  const address = name.includes("@");
  switch (api) {
    case "v1":
      return address ? "aws:ses/emailIdentity:EmailIdentity" : "aws:ses/domainIdentity:DomainIdentity";
    case "v2":
      return "aws:sesv2/emailIdentity:EmailIdentity";
    case "native":
      return "aws-native:ses:EmailIdentity";
    case "bridged":
      return address ? "aws:index/sesEmailIdentity:SesEmailIdentity" : "aws:index/sesDomainIdentity:SesDomainIdentity";
  }
}
