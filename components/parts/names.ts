/** Parts of an ARN; empty where the text has fewer. Source: IAM, "Amazon Resource Names". */
export function arnParts(arn: string | undefined): { partition: string; region: string; account: string } {
  const [, partition = "", , region = "", account = ""] = (arn ?? "").split(":");
  return { partition, region, account };
}

/**
 * First part of the names of a component's children. Physical names are derived from it, and topics, queues and
 * functions take letters, digits, hyphens and underscores only: a component may well be called "example.com".
 */
export function baseName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, "-");
}
