import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildReport } from "../../../../linter/report/build";
import type { Report } from "../../../../linter/report/shapes";
import { mergeDocuments, readDocument } from "../../../../linter/sources/documents";
import { DEFAULT_CONFIG } from "../../../../policies/config";
import { fillAccount } from "../../../support/fill-account";
import { report } from "./sample";

const CORPUS = join(__dirname, "../../../fixtures/corpus");
const ACCOUNT = "123456789012";

function statesOf(folder: string) {
  const names = readdirSync(join(CORPUS, folder)).filter((name) => name.startsWith("state"));
  return mergeDocuments(names.map((name) => readDocument(readFileSync(join(CORPUS, folder, name), "utf8"), name)));
}

/**
 * What is found, without the names of resources, which an account gives in its own way. A state may hold a setting for
 * an identity that does not exist in its Region; an account can't.
 */
function found({ findings, identities }: Report) {
  const held = new Set(identities.map(({ identity, region }) => `${identity} ${region}`));
  const about = findings.filter(({ identity, region }) => identity === null || held.has(`${identity} ${region}`));
  return {
    findings: [...new Set(about.map((one) => `${one.verdict} ${one.rule} ${one.identity} ${one.region}`))].sort(),
    identities: identities.map(({ identity, region, bounce, complaint, delivery, shadows }) => ({
      identity,
      region,
      channels: [bounce, complaint, delivery].map((list) => list.map(({ channel, target }) => [channel, target])),
      shadows,
    })),
  };
}

// An account does not tell forwarding that somebody declared from what SES does by itself, so both count alike here.
describe.each(["accept", "reject"] as const)("with emailForwarding %s", (emailForwarding) => {
  test.each(readdirSync(CORPUS))("%s: the state and the account that holds it say the same", async (folder) => {
    const stacks = statesOf(folder);
    const config = {
      ...DEFAULT_CONFIG,
      emailForwarding,
      accounts: Object.fromEntries(stacks.flatMap(({ stacks: names = [] }) => names.map((name) => [name, ACCOUNT]))),
    };
    const account = fillAccount(stacks, ACCOUNT);
    const live = await report([account], { regions: [...account.regions.keys()], config });
    const state = buildReport(stacks, config, { today: "2026-11-25", version: "0.0.0" });
    expect(found(live)).toEqual(found(state));
  });
});
