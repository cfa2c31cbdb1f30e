import { findPartition } from "../../policies/model/region";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import type { Report, ReportFinding, ReportIdentity } from "../report/shapes";
import { fingerprints } from "./fingerprint";
import { type Grouped, groupByIdentity } from "./groups";
import { withoutMarkersIn } from "./json";
import type { RenderOptions } from "./reporter";
import { isBlocking, isPending } from "./words";

/** Findings in one request. Source: API reference, BatchImportFindings. */
const BATCH = 100;

/**
 * For Security Hub: a JSON array of requests of `BatchImportFindings`, each for one account and Region. What is waived is
 * archived; doubts that the deployment itself settles are left out. Every text is cut to the length that the format
 * allows, which keeps a finding far below its limit of 240 kB.
 * Source: AWS Security Finding Format.
 * @throws KnownError where the account or the Region of a finding is not known
 */
export function asff(report: Report, { now }: RenderOptions): string {
  if (now === undefined) throw new KnownError("--format asff: the time of the report is needed");
  const summaries = new Map(report.rules.map(({ id, summary }) => [id, summary]));
  const fingerprint = fingerprints();
  const batches = new Map<string, object[][]>();
  for (const { identity, findings } of groupByIdentity(report)) {
    for (const finding of findings.filter((one) => !isPending(one))) {
      const place = placeOf(finding, identity, report.identities);
      const known = batches.get(`${place.account} ${place.region}`) ?? [];
      batches.set(`${place.account} ${place.region}`, known);
      if ((known.at(-1)?.length ?? BATCH) === BATCH) known.push([]);
      const summary = summaries.get(finding.rule) ?? "";
      known.at(-1)?.push(describe(finding, { ...place, now, summary, hash: fingerprint(finding) }));
    }
  }
  const requests = [...batches]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, all]) => all.map((some) => ({ Findings: some })));
  return `${withoutMarkersIn(JSON.stringify(requests, null, 2))}\n`;
}

interface Place {
  account: string;
  region: string;
}

/**
 * Account and Region that a finding is imported into: its own, else its identity's, else the only account and the first
 * Region of the report (a stale exception, say, belongs to none).
 */
function placeOf(finding: ReportFinding, identity: Grouped | undefined, identities: readonly ReportIdentity[]): Place {
  const accounts = [...new Set(identities.flatMap((one) => one.account ?? []))];
  const regions = identities.flatMap((one) => one.region ?? []).sort();
  const account = finding.account ?? identity?.account ?? (accounts.length === 1 ? accounts[0] : undefined);
  const region = finding.region ?? identity?.region ?? regions[0];
  if (account === undefined || !/^\d{12}$/.test(account)) {
    const stack = printable(finding.stack ?? "PROJECT/STACK");
    throw new KnownError(
      `--format asff: the account of ${subjectOf(finding)} is not known; name it in ses-guard.yaml, accounts: {${stack}: "…"}`,
    );
  }
  if (region === undefined) {
    throw new KnownError(
      `--format asff: the Region of ${subjectOf(finding)} is not known; give its stack the configuration aws:region`,
    );
  }
  return { account, region: cut(region, 16) };
}

function subjectOf({ identity, urn, rule }: ReportFinding): string {
  return printable(identity ?? urn ?? rule);
}

type Details = Place & { now: string; summary: string; hash: string };

function describe(finding: ReportFinding, { account, region, now, summary, hash }: Details): object {
  const { rule, severity, verdict, message, remediation, url, waived, identity, stack, urn, location } = finding;
  const partition = findPartition(region)?.id ?? "aws";
  const label = verdict === "violation" || isBlocking(finding) ? severity.toUpperCase() : "INFORMATIONAL";
  const fields = {
    identity,
    stack,
    urn,
    waived,
    verdict,
    level: finding.level,
    location: location && `${location.path}:${location.line}`,
  };
  const inPartition = ["aws", "aws-cn", "aws-us-gov"].includes(partition) ? { Partition: partition } : {};
  return {
    SchemaVersion: "2018-10-08",
    Id: `ses-guard/${account}/${region}/${cut(rule, 100)}/${hash}`,
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: `ses-guard/${cut(rule, 500)}`,
    AwsAccountId: account,
    CreatedAt: now,
    UpdatedAt: now,
    Title: cut(`${rule}: ${summary || message}`, 256),
    Description: cut(message, 1024),
    Remediation: { Recommendation: { Text: cut(remediation, 512), ...(/^https:\/\//.test(url) ? { Url: url } : {}) } },
    ProductFields: Object.fromEntries(
      Object.entries(fields).flatMap(([key, value]) => (value ? [[`ses-guard/${key}`, cut(value, 2048)]] : [])),
    ),
    Resources: [{ Type: "Other", Id: resourceOf(finding, partition, account, region), ...inPartition, Region: region }],
    Compliance: { Status: verdict === "violation" ? "FAILED" : "WARNING" },
    RecordState: waived === null ? "ACTIVE" : "ARCHIVED",
    FindingProviderFields: {
      Severity: { Label: label, Original: severity },
      Types: ["Software and Configuration Checks/AWS Security Best Practices"],
    },
  };
}

/** The identity's ARN, else the resource's URN, else the account. */
function resourceOf({ identity, urn }: ReportFinding, partition: string, account: string, region: string): string {
  if (identity !== null) return cut(`arn:${partition}:ses:${region}:${account}:identity/${identity}`, 512);
  return cut(urn ?? `AWS::::Account:${account}`, 512);
}

/** At most so many characters; never blank, which the format refuses. */
function cut(text: string, length: number): string {
  const short = text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
  return short.trim() === "" ? "-" : short;
}
