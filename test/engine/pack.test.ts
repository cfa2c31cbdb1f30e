import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mergeDocuments, readDocument } from "../../linter/sources/documents";
import { DEFAULT_CONFIG } from "../../policies/config";
import { evaluate } from "../../policies/evaluate";
import { describeWithPulumi, NODEJS, packFolder, policyEvents, root, Workspace } from "../support/engine";

const fixtures = join(root, "test", "fixtures");
const states = ["corpus", "recordings"].flatMap((kind) =>
  readdirSync(join(fixtures, kind)).flatMap((name) =>
    readdirSync(join(fixtures, kind, name))
      .filter((file) => file.startsWith("state") && file.endsWith(".json"))
      .map((file) => join(kind, name, file)),
  ),
);

/** What the linter says of one document: `rule urn`, for violations. */
function linted(text: string): string[] {
  return evaluate(mergeDocuments([readDocument(text, "document")]), DEFAULT_CONFIG, "2026-11-23")
    .findings.filter(({ verdict }) => verdict === "violation")
    .map(({ rule, urn }) => `${rule} ${urn}`)
    .sort();
}

function said(events: readonly { policy: string; urn: string }[]): string[] {
  return events
    .filter(({ policy }) => policy !== "unverified")
    .map(({ policy, urn }) => `${policy} ${urn}`)
    .sort();
}

jest.setTimeout(600_000);

describeWithPulumi("the pack in the real engine", () => {
  let pack: string;
  let recordings: string;

  beforeAll(() => {
    pack = packFolder();
    // The programs require one another by these names.
    recordings = join(tmpdir(), `ses-guard-recordings-${process.pid}`);
    for (const name of readdirSync(join(fixtures, "recordings"))) {
      cpSync(join(fixtures, "recordings", name, "program.js"), join(recordings, name, "program.js"));
    }
    writeFileSync(join(recordings, "package.json"), '{"name": "mail", "version": "1.0.0"}');
  });

  afterAll(() => {
    for (const folder of [pack, recordings]) rmSync(folder, { recursive: true, force: true });
  });

  const open = (stack: string, main: string) =>
    Workspace.open(stack, { runtime: NODEJS, main }, (folder) => cpSync(recordings, folder, { recursive: true }));

  test.each(readdirSync(join(fixtures, "recordings")))(
    "%s: preview, deployment and their documents agree",
    async (name) => {
      const workspace = await open(name, `${name}/program.js`);
      try {
        const expected = JSON.parse(
          readFileSync(join(fixtures, "recordings", name, "expected.json"), "utf8"),
        ).mandatory;
        const rules = new Set<string>(expected.map((one: string) => one.split("@")[0]));
        const { status, events, stdout } = await workspace.policies(pack, ["preview"]);
        expect(new Set(events.filter(({ level }) => level === "mandatory").map(({ policy }) => policy))).toEqual(rules);
        expect({ status, stdout }).toEqual({ status: rules.size > 0 ? 1 : 0, stdout });
        expect(said(events)).toEqual(linted(await workspace.expect("preview", "--json")));

        await workspace.expect("up", "--yes", "--skip-preview");
        const state = join(workspace.folder, "state.json");
        await workspace.expect("stack", "export", "--file", state);
        const analyzed = await workspace.policies(pack, ["policy", "analyze", "--file", state]);
        expect(said(analyzed.events)).toEqual(linted(readFileSync(state, "utf8")));
        expect(analyzed.status).toBe(rules.size > 0 ? 1 : 0);
      } finally {
        workspace.remove();
      }
    },
  );

  describe("pulumi policy analyze", () => {
    let workspace: Workspace;
    beforeAll(async () => {
      workspace = await open("analyze", "handled/program.js");
    });
    afterAll(() => workspace.remove());

    test.each(states)("%s: as the linter says", async (file) => {
      const { events } = await workspace.policies(pack, ["policy", "analyze", "--file", join(fixtures, file)]);
      expect(said(events)).toEqual(linted(readFileSync(join(fixtures, file), "utf8")));
    });

    test("invalid configuration fails the run", async () => {
      const file = join(fixtures, "corpus", "forwarding-declared", "state.json");
      const args = ["policy", "analyze", "--file", file];
      expect((await workspace.policies(pack, args)).status).toBe(0);
      const config = { settings: { exceptions: [{ rule: "bounce-handling", identity: "example.com" }] } };
      const { status, stdout, stderr } = await workspace.policies(pack, args, config);
      expect(status).toBe(1);
      expect(stdout + stderr).toMatch(/reason/);
    });
  });

  test("a remediation enables an event destination, and the stack passes", async () => {
    const workspace = await open("remediate", "configuration-set/program.js");
    try {
      const config = { "event-destination-disabled": "remediate", "topic-encryption": "disabled" };
      const { status, events, stdout } = await workspace.policies(pack, ["preview"], config);
      expect(policyEvents(stdout).filter(({ level }) => level === "mandatory")).toEqual([]);
      expect(events.map(({ policy }) => policy)).not.toContain("bounce-handling");
      expect(status).toBe(0);
    } finally {
      workspace.remove();
    }
  });

  test("an unknown value never silences a policy in a preview", async () => {
    const workspace = await open("unknown", "shadowed-address/program.js");
    try {
      const { events, stdout } = await workspace.policies(pack, ["preview"]);
      expect(stdout).not.toMatch(/can't be known during preview/);
      const [shadow] = events.filter(({ policy }) => policy === "address-shadows-domain");
      // The pack saw which values are secrets, so that it may name the others.
      expect(shadow?.message).toContain("ceo@example.com");
    } finally {
      workspace.remove();
    }
  });
});
