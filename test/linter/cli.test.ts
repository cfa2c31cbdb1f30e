import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rules } from "../../policies/rules";
import { buildCli, type Cli } from "../support/cli";

const FIXTURES = join(__dirname, "..", "fixtures");
const ENGINE = join(FIXTURES, "documents", "engine");

/** What a CI log takes for a command. */
const COMMAND = /##\w*\[|^\s*::/m;

let cli: Cli;
let folder: string;
beforeAll(() => {
  cli = buildCli();
});
afterAll(() => cli.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ses-guard-cli-test-"));
  cpSync(join(FIXTURES, "corpus", "domain-only", "state.json"), join(folder, "bad.json"));
  cpSync(join(FIXTURES, "corpus", "handled-domain", "state.json"), join(folder, "good.json"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: string[], env?: NodeJS.ProcessEnv) => cli.run(args, { cwd: folder, env });
const lint = (...args: string[]) => run(["lint", ...args]);

interface Summary {
  summary: { identities: number; violations: number; advisories: number; unverified: number; waived: number };
  findings: { rule: string; verdict: string; level: string; identity: string; waived: string | null }[];
}

function json(...args: string[]): Summary & { code: number | null } {
  const { code, stdout, stderr } = lint(...args, "--format", "json");
  expect(stderr).toBe("");
  return { code, ...(JSON.parse(stdout) as Summary) };
}

describe("lint", () => {
  test("exits 0 without and 1 with a mandatory violation", () => {
    expect(json("good.json")).toMatchObject({ code: 0, summary: { identities: 1, violations: 0 } });
    expect(json("bad.json")).toMatchObject({ code: 1, summary: { identities: 1, violations: 2 } });
  });

  test("reads all documents as one view", () => {
    const across = join(FIXTURES, "corpus", "across-stacks");
    const both = json(join(across, "state.json"), join(across, "state-2.json"));
    expect(both.findings.map(({ rule }) => rule)).toContain("address-shadows-domain");
    expect(json(join(across, "state-2.json")).findings.map(({ rule }) => rule)).not.toContain("address-shadows-domain");
  });

  test("says what a partial preview can't show, and no longer with its state", () => {
    const preview = join(ENGINE, "preview-partial.json");
    expect(lint(preview).stdout).toContain("--show-sames");
    expect(lint(preview, join(ENGINE, "state.json")).stdout).not.toContain("--show-sames");
  });

  test("a preview that shows nothing takes nothing from the violations of a complete state", () => {
    writeFileSync(join(folder, "nothing.json"), '{"changeSummary":{"same":1}}');
    const certain = ({ findings }: Summary) => findings.filter(({ verdict }) => verdict === "violation");
    const alone = json("bad.json");
    for (const order of [
      ["bad.json", "nothing.json"],
      ["nothing.json", "bad.json"],
    ]) {
      const both = json(...order);
      expect(both).toMatchObject({ code: 1, summary: { violations: 2 } });
      expect(certain(both)).toEqual(certain(alone));
      expect(both.findings.filter(({ verdict }) => verdict === "unverified")).toMatchObject([{ rule: "unverified" }]);
    }
  });

  test.each(["preview-target", "preview-exclude"])("asks for the whole program where %s skips some of it", (name) => {
    const { code, stdout } = lint(join(ENGINE, "target", `${name}.json`), "--format", "json");
    const { findings }: { findings: { verdict: string; message: string; remediation: string }[] } = JSON.parse(stdout);
    const advice = findings.map(({ remediation }) => remediation).filter((text) => /--target/.test(text));
    expect(code).toBe(0);
    expect(findings.map(({ verdict }) => verdict)).not.toContain("violation");
    expect(findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("skips what its targets leave out"),
    );
    expect(advice).toContainEqual("Run pulumi preview --json --show-sames without --target and --exclude.");
  });

  test("finds in a complete preview what it finds in a partial one with its state", () => {
    const facts = (result: Summary) =>
      result.findings.map(({ rule, verdict, identity }) => ({ rule, verdict, identity }));
    const complete = json(join(ENGINE, "preview-show-sames.json"));
    const merged = json(join(ENGINE, "state.json"), join(ENGINE, "preview-partial.json"));
    expect(facts(merged)).toEqual(facts(complete));
  });

  test("writes the same bytes for the same documents", () => {
    expect(lint("bad.json", "--format", "json").stdout).toBe(lint("bad.json", "--format", "json").stdout);
  });

  test("--strict: doubt and emptiness fail", () => {
    writeFileSync(join(folder, "empty.json"), '{"version":3,"deployment":{"manifest":{}}}');
    expect(lint("empty.json").code).toBe(0);
    expect(json("empty.json", "--strict")).toMatchObject({ code: 1, findings: [{ rule: "unverified" }] });
    expect(lint("good.json", "--strict").code).toBe(0);
  });

  test("--strict leaves to the deployment what it settles; --strict=all does not, and a file may follow", () => {
    const preview = join(FIXTURES, "examples", "quick-start", "preview.json");
    expect(json("--strict", preview).code).toBe(0);
    expect(json("--strict=all", preview).code).toBe(1);
  });

  test("--quiet, --rule and --min-severity show fewer findings, and never fewer that fail the run", () => {
    const all = json("bad.json");
    const quiet = json("bad.json", "--quiet");
    expect(quiet.code).toBe(all.code);
    expect(quiet.summary).toEqual(all.summary);
    expect(quiet.findings).toEqual(all.findings.filter(({ level }) => level === "mandatory"));
    expect(lint("bad.json", "--rule", "nope")).toMatchObject({ code: 2, stdout: "" });
  });

  test("--config names the configuration", () => {
    writeFileSync(join(folder, "lax.yaml"), "rules:\n  bounce-handling: advisory\n  complaint-handling: disabled\n");
    expect(json("bad.json", "--config", "lax.yaml")).toMatchObject({ code: 0, summary: { violations: 0 } });
    writeFileSync(join(folder, "wrong.yaml"), "rules:\n  bounce-handlin: advisory\n");
    expect(lint("bad.json", "--config", "wrong.yaml")).toMatchObject({ code: 2, stdout: "" });
  });

  test("finds the configuration upwards", () => {
    writeFileSync(join(folder, "ses-guard.json"), '{"emailForwarding": "accept"}');
    expect(lint("bad.json").code).toBe(0);
  });
});

test("--source-root leads from a document to the sources of its project", () => {
  const [source] = [join(ENGINE, "preview-show-sames.json")];
  mkdirSync(join(folder, "infra"));
  const places = JSON.parse(lint(source, "--format=json", "--source-root=mail=infra").stdout).findings.flatMap(
    ({ location }: { location: { path: string } | null }) => location?.path ?? [],
  );
  expect(places.length).toBeGreaterThan(0);
  expect(places.filter((path: string) => !path.startsWith("infra/"))).toEqual([]);
  expect(lint(source, "--source-root=infra").stderr).toBe("ses-guard: --source-root infra: expected PROJECT=DIR\n");
  expect(lint(source, "--source-root=mail=none").stderr).toContain("mail=none: there is no such folder");
});

describe("--output", () => {
  test("writes the report there, atomically, and nothing else", () => {
    mkdirSync(join(folder, "out"));
    expect(lint("bad.json", "--output", "out/r.txt")).toEqual({ code: 1, stdout: "", stderr: "" });
    expect(readFileSync(join(folder, "out", "r.txt"), "utf8")).toContain("example.com");
    expect(readdirSync(join(folder, "out"))).toEqual(["r.txt"]);
  });

  test("replaces an earlier report and follows a link beside it", () => {
    lint("bad.json", "--output", "r.json");
    symlinkSync("r.json", join(folder, "link.json"));
    lint("good.json", "--format", "json", "--output", "link.json");
    expect(JSON.parse(readFileSync(join(folder, "r.json"), "utf8"))).toMatchObject({ version: 1 });
  });

  test("follows no link out of the folder", () => {
    const outside = mkdtempSync(join(tmpdir(), "ses-guard-cli-outside-"));
    try {
      writeFileSync(join(outside, "profile"), "");
      symlinkSync(join(outside, "profile"), join(folder, "r.txt"));
      symlinkSync(outside, join(folder, "out"));
      for (const path of ["r.txt", "out/r.txt", join(folder, "r.txt")]) {
        const { code, stdout, stderr } = lint("good.json", "--output", path);
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
        expect(stderr).toContain(`ses-guard: ${path}: a link leads out of ${folder}; name the file itself`);
      }
      expect(lint("good.json", "--output", join(outside, "r.txt"))).toMatchObject({ code: 0, stderr: "" });
      expect(readdirSync(outside).sort()).toEqual(["profile", "r.txt"]);
      expect(readFileSync(join(outside, "profile"), "utf8")).toBe("");
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  test("never replaces what is read, by whatever name", () => {
    symlinkSync("good.json", join(folder, "alias.json"));
    linkSync(join(folder, "good.json"), join(folder, "hard.json"));
    writeFileSync(join(folder, "c.yaml"), "emailForwarding: accept\n");
    lint("bad.json", "--baseline", "b.json", "--write-baseline");
    const before = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
    for (const path of ["good.json", "./good.json", "alias.json", "hard.json", "sarif=good.json"]) {
      const { code, stdout, stderr } = lint("good.json", "--output", path);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("that is good.json, which is read; name another file");
    }
    for (const [path, args] of [
      ["c.yaml", ["--config", "c.yaml"]],
      ["b.json", ["--baseline", "b.json"]],
    ] as const) {
      expect(lint("good.json", "--output", path, ...args).stderr).toContain(`that is ${path}, which is read`);
    }
    expect(new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]))).toEqual(
      before,
    );
  });

  test("never replaces a file that is no report, and does an empty one", () => {
    for (const name of ["notes.txt", "package.json"]) {
      writeFileSync(join(folder, name), '{"name": "ses-guard"}');
      expect(lint("good.json", "--output", name)).toEqual({
        code: 2,
        stdout: "",
        stderr: `ses-guard: --output ${name}: there is a file that is no report of ses-guard; delete it or name another\n`,
      });
      expect(readFileSync(join(folder, name), "utf8")).toBe('{"name": "ses-guard"}');
    }
    writeFileSync(join(folder, "empty.txt"), "");
    expect(lint("good.json", "--output", "empty.txt").code).toBe(0);
    expect(readFileSync(join(folder, "empty.txt"), "utf8")).toContain("No violation");
  });

  test("several in one run, beside standard output where it is asked for", () => {
    const args = ["--output", "sarif=r.sarif", "--output=html=r.html", "--output", "json=r.json"];
    expect(lint("bad.json", ...args)).toEqual({ code: 1, stdout: "", stderr: "" });
    expect(JSON.parse(readFileSync(join(folder, "r.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(readFileSync(join(folder, "r.html"), "utf8")).toMatch(/^<!doctype html>/);
    expect(JSON.parse(readFileSync(join(folder, "r.json"), "utf8"))).toMatchObject({ summary: { violations: 2 } });
    const text = lint("bad.json").stdout;
    expect(text).toContain("2 violations");
    expect(lint("bad.json", ...args, "--format", "text").stdout).toBe(text);
    expect(lint("bad.json", ...args, "--output", "text=-").stdout).toBe(text);
    expect(lint("bad.json", ...args, "--output", "-").stdout).toBe(text);
    const both = lint("bad.json", "--format", "json", "--output", "r2.json", "--output", "text=-");
    expect(both.stdout).toBe(text);
    expect(readFileSync(join(folder, "r2.json"), "utf8")).toBe(readFileSync(join(folder, "r.json"), "utf8"));
  });

  test.each([
    [["--output", "a.txt", "--output", "json=./a.txt"], "a.txt would get two reports"],
    [["--output", "-", "--output", "json=-"], "standard output would get two reports"],
    [["--output", "sarfi=a.txt"], "sarfi: unknown format, did you mean sarif? (a file of that name is ./sarfi=a.txt)"],
    [["--output", "sarif="], "--output sarif=: expected FORMAT=FILE"],
    [["--output", ""], "--output: expected FILE or FORMAT=FILE"],
    [["--max", "0"], "--max 0: expected a number from 1"],
  ])("%j is refused", (args, message) => {
    const before = readdirSync(folder);
    const { code, stdout, stderr } = lint("good.json", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("takes a file with an equals sign in its name by a path", () => {
    expect(lint("good.json", "--output", "./a=b.txt").code).toBe(0);
    expect(existsSync(join(folder, "a=b.txt"))).toBe(true);
  });

  test.each([
    ["missing/r.json", "there is no such file"],
    ["directory", "it is a directory"],
    ["good.json/r.json", "a part of the path is not a directory"],
  ])("that can't be written (%s) leaves nothing behind", (path, reason) => {
    mkdirSync(join(folder, "directory"));
    const before = readdirSync(folder).sort();
    expect(lint("good.json", "--output", path)).toEqual({
      code: 2,
      stdout: "",
      stderr: `ses-guard: ${path}: can't be written: ${reason}\n`,
    });
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  test("is not touched when the run fails", () => {
    writeFileSync(join(folder, "r.json"), "old");
    expect(lint("none.json", "--output", "r.json").code).toBe(2);
    expect(readFileSync(join(folder, "r.json"), "utf8")).toBe("old");
  });
});

describe("under GitHub Actions", () => {
  const ACTIONS = { GITHUB_ACTIONS: "true" };
  test("annotations are the default on standard output, and nowhere else", () => {
    expect(run(["lint", "bad.json"], ACTIONS).stdout).toMatch(/^::error /);
    expect(run(["lint", "bad.json", "--format", "text"], ACTIONS).stdout).not.toContain("::error");
    run(["lint", "bad.json", "--output", "r.txt"], ACTIONS);
    expect(readFileSync(join(folder, "r.txt"), "utf8")).not.toContain("::error");
    expect(run(["lint", "bad.json"], { GITHUB_ACTIONS: "false" }).stdout).not.toContain("::error");
  });
});

test("rules are linked where that is forced", () => {
  const link = "\u001b]8;;https://";
  expect(run(["lint", "bad.json"], { FORCE_HYPERLINK: "1" }).stdout).toContain(link);
  expect(lint("bad.json").stdout).not.toContain(link);
  run(["lint", "bad.json", "--output", "r.txt"], { FORCE_HYPERLINK: "1" });
  expect(readFileSync(join(folder, "r.txt"), "utf8")).not.toContain(link);
});

describe("--baseline", () => {
  test("accepts what is there and reports what is new", () => {
    expect(json("bad.json", "--baseline", "b.json", "--write-baseline")).toMatchObject({
      code: 0,
      summary: { violations: 0, waived: 3 },
    });
    const again = json("bad.json", "--baseline", "b.json");
    expect(again).toMatchObject({ code: 0, summary: { violations: 0, waived: 3 } });
    expect(again.findings.every(({ waived }) => waived === "in the baseline")).toBe(true);
    const shadowed = join(FIXTURES, "corpus", "unmonitored-topic", "state.json");
    expect(json(shadowed, "--baseline", "b.json").code).toBe(1);
  });

  test("is written without what an exception accepts", () => {
    writeFileSync(
      join(folder, "ses-guard.yaml"),
      "exceptions:\n  - {rule: bounce-handling, identity: example.com, reason: never sends}\n",
    );
    lint("bad.json", "--baseline", "b.json", "--write-baseline");
    const { findings } = JSON.parse(readFileSync(join(folder, "b.json"), "utf8"));
    expect(findings).toEqual([
      {
        rule: "complaint-handling",
        identity: "example.com",
        region: "us-east-1",
        stack: "mail/prod",
        cause: "nothing-declared",
      },
      { rule: "dkim-signing", identity: "example.com", region: "us-east-1", stack: "mail/prod" },
    ]);
  });

  test("reports what it remembers and is no more, and takes that out with --prune", () => {
    lint("bad.json", "--baseline", "b.json", "--write-baseline");
    const whole = readFileSync(join(folder, "b.json"), "utf8");
    const { code, findings } = json("good.json", "--baseline", "b.json");
    expect(code).toBe(0);
    const stale = findings.filter(({ rule }) => rule === "stale-override");
    // The third, about DKIM, is found in the other state as well.
    expect(stale.map(({ identity, level }) => [identity, level])).toEqual([
      ["example.com", "advisory"],
      ["example.com", "advisory"],
    ]);
    expect(stale.every(({ waived }) => waived === null)).toBe(true);
    expect(readFileSync(join(folder, "b.json"), "utf8")).toBe(whole);
    expect(json("bad.json", "--baseline", "b.json", "--prune").summary.waived).toBe(3);
    expect(readFileSync(join(folder, "b.json"), "utf8")).toBe(whole);
    expect(json("good.json", "--baseline", "b.json", "--prune").findings.map(({ rule }) => rule)).not.toContain(
      "stale-override",
    );
    const { findings: left } = JSON.parse(readFileSync(join(folder, "b.json"), "utf8"));
    expect(left.map(({ rule }: { rule: string }) => rule)).toEqual(["dkim-signing"]);
    expect(lint("bad.json", "--baseline", "b.json").code).toBe(1);
  });

  test("is written over a baseline only", () => {
    for (const name of ["bad.json", "notes.txt"]) {
      if (name === "notes.txt") writeFileSync(join(folder, name), "notes");
      const before = readFileSync(join(folder, name), "utf8");
      const { code, stdout, stderr } = lint("good.json", "--baseline", name, "--write-baseline");
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(new RegExp(`^ses-guard: ${name}(:\\d+:\\d+)?: (not a baseline|the JSON )`));
      expect(readFileSync(join(folder, name), "utf8")).toBe(before);
    }
    expect(lint("bad.json", "--prune").stderr).toContain("--prune needs --baseline FILE");
    expect(lint("bad.json", "--baseline", "b.json", "--prune", "--write-baseline").stderr).toContain(
      "leave out --prune",
    );
  });

  test("must exist, be one, and be named", () => {
    expect(lint("bad.json", "--baseline", "b.json").stderr).toBe(
      "ses-guard: b.json: can't be read: there is no such file\n",
    );
    expect(lint("bad.json", "--baseline", "bad.json")).toMatchObject({ code: 2, stdout: "" });
    expect(lint("bad.json", "--write-baseline").stderr).toBe(
      "ses-guard: --write-baseline needs --baseline FILE, the file to write\n",
    );
    expect(existsSync(join(folder, "b.json"))).toBe(false);
  });
});

describe("usage errors are one line and exit code 2", () => {
  test.each([
    [["nonsense"], "unknown command 'nonsense'"],
    [["lint"], "missing required argument 'FILE'"],
    [["lint", "--nonsense", "x"], "unknown option '--nonsense'"],
    [["lint", "--formt", "json", "x"], "(Did you mean --format?)"],
    [["lint", "--format", "yaml", "x"], "argument 'yaml' is invalid"],
    [["lint", "--format"], "argument missing"],
    [["lint", "--\u001b[31m"], "\\u{1b}[31m"],
    [["explain"], "missing required argument 'RULE'"],
    [["help", "nope"], "help: unknown command nope, `ses-guard --help` lists them"],
    [["help", "lnt"], "help: unknown command lnt, did you mean lint?"],
    [["complete", "csh"], "Allowed choices are zsh, bash, fish, powershell"],
    [["explain", "bounce"], "unknown rule bounce, did you mean bounce-handling?"],
    [["explain", "queue"], "did you mean queue-policy, queue-encryption, queue-dead-letter?"],
    [["explain", "bounce-handlin"], "unknown rule bounce-handlin, did you mean bounce-handling?"],
    [["rules", "all"], "too many arguments"],
  ])("%j", (args, message) => {
    const { code, stdout, stderr } = run(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^ses-guard: [^\n\u001b]+\n$/);
    expect(stderr).toContain(message);
  });
});

test("the AWS SDK's own advice does not stand beside the line that says what is wrong", () => {
  const nowhere = { AWS_CONFIG_FILE: "none", AWS_SHARED_CREDENTIALS_FILE: "none" };
  const env = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_REGION: "us-east-1", ...nowhere };
  for (const command of [["audit"], ["verify", "example.com", "--yes"]]) {
    const { code, stdout, stderr } = run([...command, "--profile", "there-is-none"], env);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^ses-guard: profile there-is-none: there is no such profile[^\n]*\n$/);
  }
});

describe("what a CI log takes for commands", () => {
  const COMMANDS = ["##vso[task.complete]x", "##[error]x", "::error::x", "\n::error::x", "x\u2028::stop-commands::y"];

  test.each([
    ...COMMANDS.map((command) => [["explain", command]]),
    ...[["explain", "--example"], ["rules"], ["lint"]].map((args) => [[...args, "##[error]x"]]),
    [["rules", "--##vso[task.complete]x"]],
  ])("%j starts none", (args) => {
    const { code, stdout, stderr } = run(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^ses-guard: [^\n]+\n$/);
    expect(stderr).not.toMatch(/##\w*\[/);
    for (const line of stderr.split(/[\r\n\u0085\u2028\u2029]/)) expect(line.trimStart()).not.toMatch(/^::/);
  });
});

describe("help", () => {
  test.each([[["--help"]], [["help"]], [["lint", "--help"]]])("%j is printed", (args) => {
    const { code, stdout, stderr } = run(args);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Usage: ses-guard /);
  });

  test("is printed where no command is given, which is no success", () => {
    const { code, stdout, stderr } = run([]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(run(["--help"]).stdout);
  });

  test("explain --example shows the programs of the rule's page", () => {
    const page = readFileSync(join(__dirname, "..", "..", "docs", "rules", "topic-fifo.md"), "utf8");
    const { code, stdout } = run(["explain", "topic-fifo", "--example"]);
    expect(code).toBe(0);
    const [, fails = "", passes = ""] = stdout.split(/^\/\/ (?:topic-fifo (?:fails|passes)|More: .*)\n/m);
    for (const [mark, source] of [
      ["fails", fails],
      ["passes", passes],
    ]) {
      expect(source?.trim()).toMatch(/^import /);
      expect(page).toContain(`\`\`\`ts ${mark}\n${source?.trim()}\n\`\`\``);
    }
  });

  test("complete writes completion for a shell, and what completes a word", () => {
    expect(run(["complete", "bash"])).toMatchObject({ code: 0, stderr: "" });
    expect(run(["complete", "bash"]).stdout).toContain("# bash completion for ses-guard");
    const words = (...args: string[]) =>
      run(["complete", "--", ...args])
        .stdout.split("\n")
        .map((line) => line.split("\t")[0]);
    expect(words("li")).toContain("lint");
    expect(words("explain", "bounce")).toContain("bounce-handling");
    expect(words("lint", "--format", "")).toEqual(expect.arrayContaining(["text", "markdown", "asff"]));
  });

  test("--version is that of the package", () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"));
    expect(run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("rules lists every rule once", () => {
    const { stdout } = run(["rules"]);
    expect(stdout).not.toMatch(COMMAND);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/\s+/, 3)),
    ).toEqual(rules.map(({ meta }) => [meta.id, meta.level, meta.severity]));
  });

  test.each(rules.map(({ meta }) => [meta.id, meta] as const))("explain %s", (id, meta) => {
    const { code, stdout } = run(["explain", id]);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(COMMAND);
    const words = stdout.replace(/\s+/g, " ");
    const facts = meta.facts.join(", ");
    for (const text of [
      id,
      meta.level,
      meta.severity,
      meta.summary,
      meta.why,
      meta.source,
      facts,
      meta.fix,
      meta.url,
    ]) {
      expect(words).toContain(text.replace(/\s+/g, " "));
    }
    const prose = stdout.split("\n").filter((line) => line.trim().includes(" "));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe("colour", () => {
  const ESCAPE = "\u001b[";
  test("is for terminals, and for whoever forces it", () => {
    expect(lint("bad.json").stdout).not.toContain(ESCAPE);
    expect(run(["lint", "bad.json"], { FORCE_COLOR: "1" }).stdout).toContain(ESCAPE);
    expect(run(["lint", "bad.json"], { FORCE_COLOR: "0" }).stdout).not.toContain(ESCAPE);
    run(["lint", "bad.json", "--output", "r.txt"], { FORCE_COLOR: "1" });
    expect(readFileSync(join(folder, "r.txt"), "utf8")).not.toContain(ESCAPE);
  });
});

test("a reader that stops reading is no error", async () => {
  const rows = Array.from({ length: 3000 }, (_, index) => ({
    urn: `urn:pulumi:prod::mail::aws:ses/domainIdentity:DomainIdentity::d${index}`,
    type: "aws:ses/domainIdentity:DomainIdentity",
    inputs: { domain: `d${index}.example.com` },
  }));
  writeFileSync(join(folder, "large.json"), JSON.stringify({ version: 3, deployment: { resources: rows } }));
  const child = spawn(process.execPath, [cli.path, "lint", "large.json"], { cwd: folder });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((done) => child.on("close", done));
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
});
