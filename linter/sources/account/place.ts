import type { ResourceRecord } from "../../../policies/model/record";
import type { Json } from "../../../policies/model/value";

/** One account and Region: where its resources stand, and how they are called. */
export class Place {
  readonly stack: string;
  private readonly provider: string;
  private readonly used = new Set<string>();
  private readonly records: ResourceRecord[];

  constructor(
    readonly account: string,
    readonly region: string,
    /** `aws`, `aws-cn`, … */
    readonly partition: string,
  ) {
    this.stack = stackOf(account);
    this.provider = urnOf(account, "pulumi:providers:aws", region);
    this.records = [
      {
        type: "pulumi:providers:aws",
        urn: this.provider,
        stack: this.stack,
        inputs: { region, allowedAccountIds: [account] },
      },
    ];
  }

  /** Adds a resource; one name is added once. */
  add(type: string, name: string, inputs: Json, more: Pick<ResourceRecord, "outputs" | "gone" | "missing"> = {}): void {
    const urn = urnOf(this.account, type, `${this.region}/${name}`);
    if (this.used.has(urn)) return;
    this.used.add(urn);
    this.records.push({ type, urn, stack: this.stack, provider: this.provider, inputs, ...more });
  }

  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`;
  }

  get resources(): readonly ResourceRecord[] {
    return this.records;
  }
}

/** The name under which reports show a live account. */
export function stackOf(account: string): string {
  return `account/${account}`;
}

function urnOf(account: string, type: string, name: string): string {
  return `urn:pulumi:${account}::account::${type}::${name}`;
}
