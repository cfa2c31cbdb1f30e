import type { Json } from "../../../policies/model/value";
import { type Calls, mapInParallel } from "./calls";
import { NOT_READ } from "./doubts";
import type { Place } from "./place";

/** Adds how one account stands in one Region: may it send, what does it suppress, who watches its rates. */
export async function addStanding(calls: Calls, place: Place): Promise<void> {
  const [account, bounceAlarm, complaintAlarm] = await Promise.all([
    calls.ask("sesv2:GetAccount", {}),
    hasAlarm(calls, "Reputation.BounceRate"),
    hasAlarm(calls, "Reputation.ComplaintRate"),
  ]);
  const value = account.kind === "read" ? account.value : undefined;
  // Without attributes the account suppresses nothing; absent only where the call failed.
  const reasons = value === undefined ? NOT_READ : (value.SuppressionAttributes?.SuppressedReasons ?? []);
  place.add("aws:sesv2/accountSuppressionAttributes:AccountSuppressionAttributes", "account", {
    suppressedReasons: reasons,
  });
  place.add("ses-guard:account:Account", "account", {
    sendingEnabled: value?.SendingEnabled ?? NOT_READ,
    enforcementStatus: value?.EnforcementStatus ?? NOT_READ,
    suppressedReasons: reasons,
    bounceAlarm,
    complaintAlarm,
  });
}

/** Whether an alarm watches a rate of the whole account, the metric without dimensions. */
async function hasAlarm(calls: Calls, metric: string): Promise<boolean | Json> {
  const answer = await calls.ask("cloudwatch:DescribeAlarmsForMetric", { Namespace: "AWS/SES", MetricName: metric });
  if (answer.kind !== "read") return answer.kind === "absent" ? false : NOT_READ;
  return (answer.value.MetricAlarms ?? []).length > 0;
}

/** Adds the tenants of one Region and what is bound to them: a set bound to a tenant is a send-time set (F19). */
export async function addTenants(calls: Calls, place: Place): Promise<void> {
  const listed = await calls.list("sesv2:ListTenants", { PageSize: 100 }, (page) => page.Tenants);
  await mapInParallel(listed.items, async ({ TenantName: name = "" }) => {
    const [tenant, resources] = await Promise.all([
      calls.ask("sesv2:GetTenant", { TenantName: name }),
      calls.list("sesv2:ListTenantResources", { TenantName: name, PageSize: 100 }, (page) => page.TenantResources),
    ]);
    if (tenant.kind === "absent" || resources.absent) return;
    place.add("ses-guard:account:Tenant", name, {
      tenantName: name,
      sendingStatus: (tenant.kind === "read" ? tenant.value.Tenant?.SendingStatus : undefined) ?? NOT_READ,
    });
    const associate = (resourceArn: string | Json) =>
      place.add(
        "aws:sesv2/tenantResourceAssociation:TenantResourceAssociation",
        `${name}/${typeof resourceArn === "string" ? resourceArn : "not read"}`,
        { tenantName: name, resourceArn },
      );
    for (const { ResourceArn } of resources.items) associate(ResourceArn ?? NOT_READ);
    if (!resources.complete) associate(NOT_READ);
  });
}

/** Adds the multi-Region endpoints whose primary Region this is. */
export async function addEndpoints(calls: Calls, place: Place): Promise<void> {
  const listed = await calls.list(
    "sesv2:ListMultiRegionEndpoints",
    { PageSize: 100 },
    (page) => page.MultiRegionEndpoints,
  );
  for (const { EndpointName: name = "", Regions = [] } of listed.items) {
    // The first one is the primary Region; each Region lists the endpoint.
    if (Regions[0] !== place.region) continue;
    place.add("aws:sesv2/multiRegionEndpoint:MultiRegionEndpoint", name, {
      endpointName: name,
      details: { routesDetails: Regions.slice(1).map((region) => ({ region })) },
    });
  }
}
