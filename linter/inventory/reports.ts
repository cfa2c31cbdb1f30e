import { parseConfig } from "../../policies/config";
import { isObject } from "../../policies/model/value";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { parseJson } from "../io/json";
import type { Judged } from "./entries";

const START = /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"tool"\s*:/;

/** True for a text that begins as a JSON report does. */
export function looksLikeReport(text: string): boolean {
  return START.test(text.slice(0, 200));
}

/** A JSON report. */
export interface ParsedReport extends Judged {
  /** When live accounts were read, for a report on them. */
  readAt?: Date;
}

/**
 * Reads a JSON report.
 * @param name as messages call it, printable
 * @throws KnownError for what is none, and for one that leaves findings out
 */
export function parseReport(text: string, name: string): ParsedReport {
  const content = parseJson(text, name);
  const fields = isObject(content) ? content : {};
  const { version, tool, summary, identities, findings, notVisible, readAt } = fields;
  const isOurs = isObject(tool) && tool.name === "ses-guard" && version === 1;
  if (!isOurs || !isObject(summary) || !Array.isArray(findings) || !Array.isArray(notVisible)) {
    throw new KnownError(`${name}: is no JSON report of ses-guard; write it with --format json`);
  }
  const { config, errors = [] } = parseConfig({ externalIdentities: identities }, []);
  if (config === undefined) {
    throw new KnownError(
      `${name}: ${errors[0]?.message.replace("externalIdentities", "identities") ?? "no identities"}`,
    );
  }
  const kept = findings.filter(isObject).map(findingOf);
  const open = kept.filter(({ verdict, waived }) => verdict === "unverified" && waived === null);
  if (open.length !== summary.unverified) {
    throw new KnownError(
      `${name}: leaves findings out, so what it does not know can't be told; write it without --rule, --min-severity and --quiet`,
    );
  }
  return {
    identities: config.externalIdentities,
    findings: kept,
    notVisible: notVisible.filter((one) => typeof one === "string"),
    ...(typeof readAt === "string" && { readAt: dateOf(readAt, name) }),
  };
}

function findingOf({ rule, verdict, identity, region, urn, message, waived }: Readonly<Record<string, unknown>>) {
  return {
    rule: textOf(rule) ?? "",
    verdict: verdict === "violation" ? ("violation" as const) : ("unverified" as const),
    identity: textOf(identity),
    region: textOf(region),
    urn: textOf(urn),
    message: textOf(message) ?? "",
    waived: textOf(waived),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function dateOf(text: string, name: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new KnownError(`${name}: readAt is no time: ${printable(text.slice(0, 40))}`);
  return date;
}
