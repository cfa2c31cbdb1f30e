import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** An ARN in its parts; the resource may hold colons of its own. Source: IAM, "Amazon Resource Names". */
export interface Arn {
  partition: string;
  service: string;
  region: string;
  account: string;
  resource: string;
}

export function parseArn(text: string): Arn | undefined {
  const [arn, partition = "", service = "", region = "", account = "", ...resource] = text.split(":");
  if (arn !== "arn" || resource.length === 0) return undefined;
  return { partition, service, region, account, resource: resource.join(":") };
}

/** Parts of an ARN; empty where the text has fewer. */
export function arnParts(arn: string | undefined): { partition: string; region: string; account: string } {
  const { partition = "", region = "", account = "" } = parseArn(arn ?? "") ?? {};
  return { partition, region, account };
}

/** The name in the ARN of a configuration set, event bus or table; a text that is no ARN is a name already. */
export function nameOf(text: string): string {
  const resource = parseArn(text)?.resource;
  return resource === undefined ? text : resource.slice(resource.indexOf("/") + 1);
}

/**
 * Ten hexadecimal digits that stand for a text: in names that follow from a value instead of a position in a list.
 */
export function digest(...texts: string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 10);
}

/**
 * First part of a physical name, to which the provider adds what makes it unique. AWS takes letters, digits, hyphens and
 * underscores in the names of topics, queues and functions; a component may well be called "example.com".
 *
 * @param longest what AWS allows, less the 26 characters that the provider adds
 */
export function physicalPrefix(name: string, longest: number): string {
  const plain = name.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+|-+$/g, "") || "ses-guard";
  return `${plain.slice(0, longest - 1)}-`;
}

/** A whole physical name, for what has no prefix: unique per project, stack and component. */
export function physicalName(name: string, longest: number): string {
  const suffix = digest(pulumi.getProject(), pulumi.getStack(), name);
  return `${physicalPrefix(name, longest - suffix.length)}${suffix}`;
}

/**
 * Undefined where the provider can make the physical name of the logical one, with a suffix that lets a replacement
 * exist beside what it replaces.
 */
export function nameUnlessPlain(name: string, longest: number): string | undefined {
  return new RegExp(`^[A-Za-z0-9_-]{3,${longest - 8}}$`).test(name) ? undefined : physicalName(name, longest);
}

/** Physical names stay what they were when a component is renamed with an alias. */
export const KEPT_PREFIX = { ignoreChanges: ["namePrefix"] };
export const KEPT_NAME = { ignoreChanges: ["name"] };
export const KEPT_STATEMENT_PREFIX = { ignoreChanges: ["statementIdPrefix"] };
