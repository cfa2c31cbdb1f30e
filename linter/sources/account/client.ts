import type * as Account from "@aws-sdk/client-account";
import type * as CloudWatch from "@aws-sdk/client-cloudwatch";
import type * as Events from "@aws-sdk/client-eventbridge";
import type * as Kms from "@aws-sdk/client-kms";
import type * as Lambda from "@aws-sdk/client-lambda";
import type * as Ses from "@aws-sdk/client-ses";
import type * as SesV2 from "@aws-sdk/client-sesv2";
import type * as Sns from "@aws-sdk/client-sns";
import type * as Sqs from "@aws-sdk/client-sqs";
import type * as Ssm from "@aws-sdk/client-ssm";
import type * as Sts from "@aws-sdk/client-sts";

interface Call<Input, Output> {
  input: Input;
  output: Omit<Output, "$metadata">;
}

/** Every call that an audit makes, as `SERVICE:OPERATION`. All of them read. */
export interface Operations {
  "sts:GetCallerIdentity": Call<Sts.GetCallerIdentityCommandInput, Sts.GetCallerIdentityCommandOutput>;
  "account:ListRegions": Call<Account.ListRegionsCommandInput, Account.ListRegionsCommandOutput>;
  "ssm:GetParametersByPath": Call<Ssm.GetParametersByPathCommandInput, Ssm.GetParametersByPathCommandOutput>;
  "sesv2:GetAccount": Call<SesV2.GetAccountCommandInput, SesV2.GetAccountCommandOutput>;
  "sesv2:ListEmailIdentities": Call<SesV2.ListEmailIdentitiesCommandInput, SesV2.ListEmailIdentitiesCommandOutput>;
  "sesv2:GetEmailIdentity": Call<SesV2.GetEmailIdentityCommandInput, SesV2.GetEmailIdentityCommandOutput>;
  "sesv2:ListConfigurationSets": Call<
    SesV2.ListConfigurationSetsCommandInput,
    SesV2.ListConfigurationSetsCommandOutput
  >;
  "sesv2:GetConfigurationSet": Call<SesV2.GetConfigurationSetCommandInput, SesV2.GetConfigurationSetCommandOutput>;
  "sesv2:GetConfigurationSetEventDestinations": Call<
    SesV2.GetConfigurationSetEventDestinationsCommandInput,
    SesV2.GetConfigurationSetEventDestinationsCommandOutput
  >;
  "sesv2:ListTenants": Call<SesV2.ListTenantsCommandInput, SesV2.ListTenantsCommandOutput>;
  "sesv2:GetTenant": Call<SesV2.GetTenantCommandInput, SesV2.GetTenantCommandOutput>;
  "sesv2:ListTenantResources": Call<SesV2.ListTenantResourcesCommandInput, SesV2.ListTenantResourcesCommandOutput>;
  "sesv2:ListMultiRegionEndpoints": Call<
    SesV2.ListMultiRegionEndpointsCommandInput,
    SesV2.ListMultiRegionEndpointsCommandOutput
  >;
  "ses:GetIdentityNotificationAttributes": Call<
    Ses.GetIdentityNotificationAttributesCommandInput,
    Ses.GetIdentityNotificationAttributesCommandOutput
  >;
  "sns:GetTopicAttributes": Call<Sns.GetTopicAttributesCommandInput, Sns.GetTopicAttributesCommandOutput>;
  "sns:ListSubscriptionsByTopic": Call<
    Sns.ListSubscriptionsByTopicCommandInput,
    Sns.ListSubscriptionsByTopicCommandOutput
  >;
  "sns:GetSubscriptionAttributes": Call<
    Sns.GetSubscriptionAttributesCommandInput,
    Sns.GetSubscriptionAttributesCommandOutput
  >;
  "sns:GetDataProtectionPolicy": Call<
    Sns.GetDataProtectionPolicyCommandInput,
    Sns.GetDataProtectionPolicyCommandOutput
  >;
  "sqs:GetQueueUrl": Call<Sqs.GetQueueUrlCommandInput, Sqs.GetQueueUrlCommandOutput>;
  "sqs:GetQueueAttributes": Call<Sqs.GetQueueAttributesCommandInput, Sqs.GetQueueAttributesCommandOutput>;
  "kms:DescribeKey": Call<Kms.DescribeKeyCommandInput, Kms.DescribeKeyCommandOutput>;
  "kms:GetKeyPolicy": Call<Kms.GetKeyPolicyCommandInput, Kms.GetKeyPolicyCommandOutput>;
  "lambda:GetFunctionConcurrency": Call<
    Lambda.GetFunctionConcurrencyCommandInput,
    Lambda.GetFunctionConcurrencyCommandOutput
  >;
  "lambda:GetPolicy": Call<Lambda.GetPolicyCommandInput, Lambda.GetPolicyCommandOutput>;
  "events:ListRules": Call<Events.ListRulesCommandInput, Events.ListRulesCommandOutput>;
  "events:ListTargetsByRule": Call<Events.ListTargetsByRuleCommandInput, Events.ListTargetsByRuleCommandOutput>;
  "cloudwatch:DescribeAlarmsForMetric": Call<
    CloudWatch.DescribeAlarmsForMetricCommandInput,
    CloudWatch.DescribeAlarmsForMetricCommandOutput
  >;
}

export type Operation = keyof Operations;
export type Input<K extends Operation> = Operations[K]["input"];
export type Output<K extends Operation> = Operations[K]["output"];

/** The AWS API as one set of credentials sees it. Rejects with the error of the SDK, whose `name` is the code. */
export interface Api {
  call<K extends Operation>(region: string, operation: K, input: Input<K>): Promise<Output<K>>;
}
