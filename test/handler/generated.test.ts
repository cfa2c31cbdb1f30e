import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { handlerSource } from "../../components/generated/handler";

test("the bundle in the repository is what the sources give", async () => {
  const script = join(__dirname, "..", "..", "scripts", "generate", "handler.mjs");
  const program = `const { generate } = await import(process.argv[1]);
    process.stdout.write(JSON.stringify([...generate()]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program, script]);
  const [[path, content]] = JSON.parse(stdout);
  expect(path).toBe("components/generated/handler.ts");
  expect(content.endsWith(`export const handlerSource = ${JSON.stringify(handlerSource)};\n`)).toBe(true);
});
