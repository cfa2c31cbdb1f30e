import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlinePreview, readDocument } from "../../../../linter";
import { asPlaced, comparable, PROGRAMS, RECORDINGS } from "./support";

// The engine itself, where it is installed. Its provider is a program of the tests that answers with its inputs, so
// nothing is downloaded and no cloud is asked.
const installed = spawnSync("pulumi", ["version"]).status === 0;

(installed ? describe : describe.skip)(`pulumi preview --json${installed ? "" : " (pulumi is not on PATH)"}`, () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "live-"));
    symlinkSync(join(__dirname, "../../../../node_modules"), join(root, "node_modules"));
    for (const name of ["structure", "typescript", "modules", "main-folder", "echo-provider"]) {
      cpSync(join(PROGRAMS, name), join(root, name), { recursive: true });
    }
    for (const name of readdirSync(RECORDINGS)) {
      cpSync(join(RECORDINGS, name), join(root, name), { recursive: true });
      writeFileSync(join(root, name, "Pulumi.yaml"), "name: mail\nruntime: nodejs\nmain: program.js\n");
      writeFileSync(join(root, name, `Pulumi.${name}.yaml`), "config:\n  aws:region: us-east-1\n");
    }
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function engine(program: string, ...args: string[]): string {
    return execFileSync("pulumi", [...args, "--non-interactive"], {
      cwd: join(root, program),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 2 ** 26,
      env: {
        ...process.env,
        PULUMI_BACKEND_URL: `file://${root}`,
        PULUMI_HOME: join(root, "home"),
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    });
  }

  const programs = ["structure", "typescript", "modules", "main-folder", ...readdirSync(RECORDINGS)];
  test.each(programs)(
    "%s: the same records",
    async (program) => {
      const stack = existsSync(join(RECORDINGS, program)) ? program : "dev";
      const offline = comparable(await offlinePreview(join(root, program)));
      appendFileSync(
        join(root, program, "Pulumi.yaml"),
        "plugins:\n  providers:\n    - name: aws\n      path: ../echo-provider\n",
      );
      if (program === "typescript") {
        // Its type error is what the engine stops at.
        writeFileSync(join(root, program, "tsconfig.json"), '{ "compilerOptions": { "noCheck": true } }');
      }
      engine(program, "stack", "init", stack);
      const real = comparable(readDocument(engine(program, "preview", "--json"), program));
      expect(offline.map((row, index) => withoutDependencies(asPlaced(row, real[index])))).toEqual(
        real.map(withoutDependencies),
      );
      expectDependencies(offline, real);
    },
    120_000,
  );
});

/** After a transform the SDK forgets what a value depends on; offline it stays known. */
function expectDependencies(offline: Row[], real: Row[]): void {
  for (const [index, { urn, propertyDependencies }] of real.entries()) {
    for (const [property, urns] of Object.entries(propertyDependencies)) {
      const known = offline[index]?.propertyDependencies[property];
      expect({ urn, property, known }).toEqual({ urn, property, known: expect.arrayContaining([...urns]) });
    }
  }
}

type Row = ReturnType<typeof comparable>[number];

function withoutDependencies({ propertyDependencies, ...rest }: Row) {
  return { ...rest, depends: Object.keys(propertyDependencies).sort() };
}
