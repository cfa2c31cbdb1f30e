import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetSchemaRequest, type GetSchemaResponse } from "@pulumi/pulumi/proto/provider_pb";
import schema from "../../schema.json";

const root = join(__dirname, "..", "..");
const requireFromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const grpc = requireFromSdk("@grpc/grpc-js");
const { ResourceProviderClient } = requireFromSdk("@pulumi/pulumi/proto/provider_grpc_pb");

/** The package's folder as npm installs it, without sources. `npm test` builds first. */
describe("the package's folder as a plugin", () => {
  let project: string;
  let installed: string;
  let runner: ChildProcess | undefined;

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "ses-guard-plugin-"));
    const modules = join(project, "node_modules");
    installed = join(modules, "pulumi-ses-guard");
    mkdirSync(installed, { recursive: true });
    symlinkSync(join(root, "node_modules", "@pulumi"), join(modules, "@pulumi"));
    for (const file of ["package.json", "PulumiPlugin.yaml", "dist/components", "dist/schema.json"]) {
      cpSync(join(root, file), join(installed, file), { recursive: true });
    }
  });

  afterAll(async () => {
    if (runner !== undefined && runner.exitCode === null) {
      const gone = new Promise((resolve) => runner?.once("exit", resolve));
      runner.kill();
      await gone;
    }
    rmSync(project, { recursive: true, force: true });
  });

  test("serves the schema when the engine's runner starts it", async () => {
    const run = join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run-plugin");
    runner = spawn(process.execPath, [run, installed, "127.0.0.1:1"], { cwd: installed });
    const port = await new Promise<string>((resolve, reject) => {
      let errors = "";
      runner?.stderr?.on("data", (chunk) => {
        errors += chunk;
      });
      runner?.stdout?.once("data", (chunk) => resolve(String(chunk).trim()));
      runner?.once("exit", (code) => reject(new Error(`the plugin ended with ${code}: ${errors}`)));
    });
    expect(port).toMatch(/^\d+$/);
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const response = await new Promise<GetSchemaResponse>((resolve, reject) =>
      client.getSchema(new GetSchemaRequest(), (error: Error | null, answer: GetSchemaResponse) =>
        error ? reject(error) : resolve(answer),
      ),
    );
    client.close();
    expect(JSON.parse(response.getSchema())).toEqual(schema);
  });

  test("is the library for everybody else, by name and by path", () => {
    const program = `console.log(...["pulumi-ses-guard", ${JSON.stringify(installed)}].map((name) => Object.keys(require(name)).sort().join()))`;
    const exported =
      "FeedbackHandler,FeedbackTopic,MonitoredConfigurationSet,MonitoredIdentity,ReputationAlarms,namesOf010,sesKeyPolicyStatement,sesTopicPolicyStatement";
    expect(execFileSync(process.execPath, ["-e", program], { cwd: project, encoding: "utf8" })).toBe(
      `${exported} ${exported}\n`,
    );
  });
});
