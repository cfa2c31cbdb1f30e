// What the components cost: how construction grows with the number of identities, and what the import adds to the
// modules of @pulumi/aws that they use. Needs `npm run build`.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Milliseconds that the code takes in a process of its own, the best of several; the code calls `done()`. */
function milliseconds(code, runs) {
  const program = `const start = performance.now(); const done = () => {
    process.stdout.write(String(performance.now() - start), () => process.exit());
  }; ${code}`;
  const run = () => Number(execFileSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" }));
  return Math.min(...Array.from({ length: runs }, run));
}

/** Registers as many things as `each` says, against mocks. */
function register(count, each) {
  const code = `
    const pulumi = require("@pulumi/pulumi");
    const { waitForRPCs } = require("@pulumi/pulumi/runtime/settings");
    const { MonitoredIdentity } = require("./dist/components");
    const { Topic } = require("@pulumi/aws/sns/topic");
    const state = ({ inputs, name }) => ({ arn: "arn:aws:sns:us-east-1:123456789012:" + name, ...inputs });
    pulumi.runtime.setMocks({ newResource: (args) => ({ id: args.name, state: state(args) }), call: () => ({}) });
    const destination = { queueArns: ["arn:aws:sqs:us-east-1:123456789012:feedback"] };
    for (let index = 0; index < ${count}; index++) ${each}
    waitForRPCs().then(done);
  `;
  return milliseconds(code, 1);
}

const IDENTITY = `new MonitoredIdentity("mail-" + index, {
  identity: "mail-" + index + ".example.com",
  bounces: destination,
  complaints: destination,
});`;

/** The modules of other packages that the components import. */
function imported() {
  const folder = join(root, "components");
  const sources = readdirSync(folder).filter((file) => file.endsWith(".ts") && !/^(plugin|provider)\.ts$/.test(file));
  const modules = sources.flatMap((file) => [
    ...readFileSync(join(folder, file), "utf8").matchAll(/^(?:import|export)(?! type) .*from "(@pulumi\/[^"]+)"/gm),
  ]);
  return [...new Set(modules.map(([, module]) => module))];
}

export function bench() {
  const few = register(100, IDENTITY);
  const many = register(1000, IDENTITY);
  const topics = register(1100, 'new Topic("topic-" + index, {});');
  console.log(`1,100 topics, for comparison: ${topics.toFixed(0)} ms`);
  console.log(`100 identities (1,100 resources): ${few.toFixed(0)} ms`);
  console.log(`1,000 identities: ${many.toFixed(0)} ms, ${(many / few).toFixed(1)} times as much for 10 times as many`);
  const modules = milliseconds(`${JSON.stringify(imported())}.forEach((module) => require(module)); done();`, 3);
  const components = milliseconds('require("./dist/components"); done();', 3);
  console.log(`import of the @pulumi modules in use: ${modules.toFixed(0)} ms`);
  console.log(`import of the package: ${components.toFixed(0)} ms, ${(components / modules).toFixed(2)} times as much`);
}
