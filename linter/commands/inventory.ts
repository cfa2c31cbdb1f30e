import { statSync } from "node:fs";
import { type Config, DEFAULT_CONFIG } from "../../policies/config";
import type { StackRecords } from "../../policies/model/record";
import { rules } from "../../policies/rules";
import { printable } from "../../policies/text/printable";
import { configurationOf } from "../config";
import { type Entry, entriesOf, gapOf, hiddenIn, type Judged, joinEntries, type Origin } from "../inventory/entries";
import { readSources, type Sources } from "../inventory/sources";
import { KnownError } from "../io/errors";
import { writeAtomically } from "../io/output";
import { checkOutput, fileOf } from "../outputs";
import type { ProgramOptions } from "../program-options";
import { buildReport } from "../report/build";
import { isEntries, jsonText } from "../reporters/json";
import { connect } from "../sources/account/sdk";
import { mergeDocuments } from "../sources/documents";
import { type Access, type AccountOptions, accounts } from "../stacks/accounts";

export interface InventoryOptions extends AccountOptions, ProgramOptions {
  /** Days, as written. */
  maxAge?: string;
  output?: string;
  config?: string;
}

export interface InventoryResult {
  /** For standard output. */
  output: string;
  /** For standard error. */
  notes: string[];
}

/**
 * `ses-guard inventory`: the identities of reports, documents, programs and accounts, as `externalIdentities` takes them.
 * Writes the file of `--output`. Throws `KnownError` where a source is missing, empty, or does not show everything.
 */
export async function inventory(
  sources: readonly string[],
  options: InventoryOptions,
  version: string,
  access: Pick<Access, "connect" | "clock"> = { connect },
  now: Date = new Date(),
): Promise<InventoryResult> {
  const maxAge = parseDays(options.maxAge);
  const isLive = [options.profile, options.roleArn, options.region].some((one) => one !== undefined);
  if (sources.length === 0 && !isLive) {
    throw new KnownError("inventory: name a report, a document or a program, or an account with --profile or --region");
  }
  const folders = sources.filter(isFolder);
  const files = sources.filter((source) => !isFolder(source));
  const path = fileOf(options.output);
  if (path !== undefined) {
    const inputs = [...files.filter((file) => file !== "-"), ...(options.config === undefined ? [] : [options.config])];
    checkOutput(path, inputs, { isOurs: isEntries, name: "inventory of ses-guard" });
  }
  const ids = rules.map(({ meta }) => meta.id);
  const { config } = configurationOf(options.config, folders, process.cwd(), ids);
  const reader = new InventoryReader(undisturbed(config), { now, version, maxAge });
  const read = await readSources(files, now);
  reader.addReports(read);
  reader.addDocuments(read);
  await reader.addPrograms(folders, options);
  if (isLive) await reader.addAccounts(options, access);
  const entries = joinEntries(reader.entries);
  const text = jsonText(entries);
  if (path !== undefined) writeAtomically(path, text);
  return { output: path === undefined ? text : "", notes: [...reader.notes, ...ageNotes(entries, now)] };
}

/** What is seen, whatever the configuration makes of it. */
function undisturbed({ accounts, emailForwarding, sendTimeConfigurationSets }: Config): Config {
  return { ...DEFAULT_CONFIG, accounts, emailForwarding, sendTimeConfigurationSets };
}

class InventoryReader {
  readonly entries: Entry[] = [];
  readonly notes: string[] = [];

  constructor(
    private readonly config: Config,
    private readonly run: { now: Date; version: string; maxAge: number },
  ) {}

  addReports({ reports }: Sources): void {
    for (const { report, ...origin } of reports) this.add(report, () => origin);
  }

  /** All together, as `lint` reads them: one may hold the topics of another. */
  addDocuments({ documents }: Sources): void {
    if (documents.length === 0) return;
    const origins = new Map<string | null, Origin>();
    for (const { document, source, seen } of documents) {
      const stack = document.stack ?? null;
      const other = origins.get(stack);
      // A preview and the state below it are as old as the older of the two.
      origins.set(stack, other === undefined ? { source, seen } : both(other, { source, seen }));
    }
    const [first] = documents;
    const unnamed = { source: first?.source ?? "", seen: first?.seen ?? this.run.now };
    const stacks = mergeDocuments(documents.map(({ document }) => document));
    this.add(this.judge(stacks), (stack) => origins.get(stack) ?? unnamed);
  }

  async addPrograms(folders: readonly string[], options: ProgramOptions): Promise<void> {
    if (folders.length === 0) return;
    // Loaded only where a program is run.
    const { programs } = require("../stacks/programs") as typeof import("../stacks/programs");
    for (const folder of new Set(folders)) {
      const stacks = await programs([folder], options).readStacks(this.config);
      this.add(this.judge(stacks), () => ({ source: printable(folder), seen: this.run.now }));
    }
  }

  async addAccounts(options: AccountOptions, access: Pick<Access, "connect" | "clock">): Promise<void> {
    const stacks = await accounts(options, access).readStacks(this.config);
    this.add(this.judge(stacks), (stack) => ({ source: stack ?? "account", seen: this.run.now }));
  }

  private judge(stacks: readonly StackRecords[]): Judged {
    const { now, version } = this.run;
    return buildReport(stacks, this.config, { today: now.toISOString().slice(0, 10), version });
  }

  private add(judged: Judged, originOf: (stack: string | null) => Origin): void {
    const { source } = originOf(judged.identities[0]?.stack ?? null);
    const gap = gapOf(judged);
    if (gap !== undefined) throw new KnownError(`${source}: identities may be missing, so nothing is written: ${gap}`);
    const hidden = hiddenIn(judged);
    if (hidden > 0) {
      const what = hidden === 1 ? "1 resource" : `${hidden} resources`;
      this.notes.push(`${source}: ${what} may hold identities that can't be seen; \`ses-guard lint\` names them`);
    }
    this.entries.push(...entriesOf(judged, originOf, this.run.maxAge));
  }
}

function both(one: Origin, other: Origin): Origin {
  return {
    source: `${one.source}, ${other.source}`,
    seen: new Date(Math.min(one.seen.getTime(), other.seen.getTime())),
  };
}

function ageNotes(entries: readonly Entry[], now: Date): string[] {
  const today = now.toISOString().slice(0, 10);
  const old = entries.filter(({ expires }) => today > expires);
  const [first] = old;
  if (first === undefined) return [];
  const sources = new Set(old.map(({ source }) => source)).size;
  const more = sources > 1 ? ` and ${sources - 1} more` : "";
  const what = old.length === 1 ? "1 entry is" : `${old.length} entries are`;
  return [`${what} older than --max-age (${first.source}${more}): settings that old are not believed`];
}

function parseDays(text = "30"): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new KnownError(`--max-age ${printable(text.slice(0, 40))}: expected days, from 1`);
  return Number(text);
}

function isFolder(source: string): boolean {
  return source !== "-" && statSync(source, { throwIfNoEntry: false })?.isDirectory() === true;
}
