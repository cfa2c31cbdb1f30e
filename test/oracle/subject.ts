import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  buildReport,
  type Config,
  DEFAULT_CONFIG,
  exitCode,
  loadConfig,
  mergeDocuments,
  type ReportFinding,
  readDocument,
  ruleInfos,
} from "../../linter";
import type { Document } from "./render";

/** The only place that knows the implementation: documents and configuration in, findings out. */

export interface Answer {
  findings: Found[];
  exit: number;
}

export interface Found {
  rule: string;
  verdict: "violation" | "unverified" | "waived";
  identity: string | null;
  region: string | null;
  urn: string | null;
  message: string;
}

export function lint(documents: readonly Document[], configuration: object): Answer {
  const views = mergeDocuments(documents.map(({ name, text }) => readDocument(text, name)));
  const report = buildReport(views, configured(configuration), { today: "2026-11-23", version: "test" });
  return { findings: report.findings.map(found), exit: exitCode(report) };
}

function found({ rule, verdict, waived, identity, region, urn, message }: ReportFinding): Found {
  return { rule, verdict: waived === null ? verdict : "waived", identity, region, urn, message };
}

const read = new Map<string, Config>();

/** @throws KnownError where the implementation refuses the configuration */
function configured(configuration: object): Config {
  const text = JSON.stringify(configuration);
  if (text === "{}") return DEFAULT_CONFIG;
  let config = read.get(text);
  if (config === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "ses-guard-oracle-"));
    try {
      writeFileSync(join(folder, "ses-guard.json"), text);
      config = loadConfig(
        join(folder, "ses-guard.json"),
        folder,
        ruleInfos(DEFAULT_CONFIG).map(({ id }) => id),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
    read.set(text, config);
  }
  return config;
}

/** Whether the configuration has `accounts`. Worlds without it can be judged by any version. */
export function knowsAccounts(): boolean {
  try {
    configured({ accounts: { "mail/dev": "111111111111" } });
    return true;
  } catch {
    return false;
  }
}
