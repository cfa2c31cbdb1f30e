import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { handlerSource } from "../../components/generated/handler";
import { RefusedCall, type Suppression } from "../../components/handler/act";
import { awsServices } from "../../components/handler/aws";
import { DeferredCall } from "../../components/handler/pace";
import { bounce } from "./payloads";
import { CONTEXT, JANE, queueEvent, REGION, stillClock } from "./support";

const root = join(__dirname, "..", "..");

/** What the stand-in for SES does with a request: a status with the name of an error, or hang up. */
type Reaction = [status: number, error?: string] | "hang up";

/** The SDK itself, against a server on loopback: what it sends, and what it makes of answers. */
describe("the SDK", () => {
  const reactions: Reaction[] = [];
  const requests: { method: string | undefined; url: string | undefined; body: unknown }[] = [];
  const before = { ...process.env };
  let server: Server;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk) => {
        text += chunk;
      });
      request.on("end", () => {
        requests.push({ method: request.method, url: request.url, body: JSON.parse(text) });
        const reaction = reactions.shift() ?? [200];
        if (reaction === "hang up") return request.socket.destroy();
        const [status, error] = reaction;
        response.writeHead(status, {
          "content-type": "application/json",
          ...(error ? { "x-amzn-errortype": error } : {}),
        });
        return response.end(error ? JSON.stringify({ message: `about ${JANE}` }) : "{}");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
  });
  afterAll(async () => {
    process.env = before;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    requests.length = 0;
    reactions.length = 0;
  });

  function suppress(extra: Partial<Suppression> = {}, seconds = 60): Promise<void> | undefined {
    const clock = stillClock();
    const services = awsServices({ SUPPRESS: "true" }, require, clock);
    const suppression: Suppression = { address: JANE, reason: "COMPLAINT", tenant: null, region: REGION, ...extra };
    return services.suppress?.(suppression, clock.now() + seconds * 1000);
  }
  const request = (body: object) => ({ method: "PUT", url: "/v2/email/suppression/addresses", body });

  test("sends the address, the reason and the tenant", async () => {
    await suppress();
    await suppress({ tenant: "acme", reason: "BOUNCE" });
    expect(requests).toEqual([
      request({ EmailAddress: JANE, Reason: "COMPLAINT" }),
      request({ EmailAddress: JANE, Reason: "BOUNCE", TenantName: "acme" }),
    ]);
  });

  test.each<[string, Reaction]>([
    ["throttled", [429, "TooManyRequestsException"]],
    ["unavailable", [503, "ServiceUnavailableException"]],
    ["an internal failure", [500, "InternalFailure"]],
  ])("%s: once more, by us alone", async (_, reaction) => {
    reactions.push(reaction, reaction);
    await suppress();
    expect(requests).toHaveLength(3);
  });

  // Errors of Node.js itself are no `Error` inside jest, so this one runs outside.
  test("the bundle that is deployed: lost connections and throttled calls are repeated, alone in Node.js", async () => {
    reactions.push("hang up", [429, "TooManyRequestsException"], "hang up");
    const event = JSON.stringify(queueEvent(bounce("Permanent", "NoEmail")));
    const context = `{ invokedFunctionArn: "${CONTEXT.invokedFunctionArn}", getRemainingTimeInMillis: () => 30000 }`;
    const program = `${handlerSource}
      module.exports.handler(${event}, ${context}).then((answer) => console.log(JSON.stringify(answer)));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", "-e", program], {
      cwd: root,
      env: { ...process.env, SUPPRESS: "true" },
    });
    const lines = stdout.trim().split("\n");
    expect(lines.slice(-2).map((line) => JSON.parse(line))).toEqual([
      { messages: 1, handled: 1, suppressed: 1 },
      { batchItemFailures: [] },
    ]);
    expect(requests).toEqual(Array(4).fill(request({ EmailAddress: JANE, Reason: "BOUNCE" })));
  });

  test("throttled until time runs out: later", async () => {
    for (let index = 0; index < 100; index++) reactions.push([429, "TooManyRequestsException"]);
    await expect(suppress({}, 1)).rejects.toThrow(DeferredCall);
    expect(requests.length).toBeLessThan(20);
  });

  test("refused: never again, and without what SES said", async () => {
    reactions.push([400, "BadRequestException"]);
    await expect(suppress()).rejects.toThrow(new RefusedCall("BadRequestException"));
    expect(requests).toHaveLength(1);
  });

  test("not allowed: not now", async () => {
    reactions.push([403, "AccessDeniedException"]);
    await expect(suppress()).rejects.toThrow(expect.objectContaining({ name: "AccessDeniedException" }));
    expect(requests).toHaveLength(1);
  });
});
