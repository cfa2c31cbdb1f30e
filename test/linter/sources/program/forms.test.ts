import { UNKNOWN_STRING } from "../../../../policies/model/value";
import { named, run, tags } from "./support";

describe("programs in every form register the same", () => {
  const forms = ["typescript", "javascript", "modules", "main-folder", "main-file", "tsconfig", "function", "late"];
  test.each(forms)("%s", async (form) => {
    const view = await run(form);
    expect(view.resources.map(({ type }) => type)).toEqual([
      "aws:ses/domainIdentity:DomainIdentity",
      "pulumi:pulumi:Stack",
    ]);
    expect(view.stacks).toEqual([`${form}/dev`]);
    expect(named(view, "example")).toMatchObject({
      urn: `urn:pulumi:dev::${form}::aws:ses/domainIdentity:DomainIdentity::example`,
      stack: `${form}/dev`,
      inputs: { domain: "example.com" },
      parent: `urn:pulumi:dev::${form}::pulumi:pulumi:Stack::${form}-dev`,
      provider: expect.stringMatching(/::pulumi:providers:aws::default_7_\d+_\d+$/),
    });
  });
});

test("a resource knows where it is in the source, not in what was compiled from it", async () => {
  expect(named(await run("main-folder"), "example").position).toEqual({ path: "infra/start.ts", line: 5, column: 1 });
});

test("what can't be seen without a plugin says so", async () => {
  const view = await run("opaque");
  const remote = named(view, "remote");
  expect(remote).toMatchObject({ type: "acme:index:Mail", inputs: { domain: "[secret]" } });
  expect(remote.opaque).toBe(true);
  expect(named(view, "local")).toMatchObject({
    type: "pulumi-nodejs:dynamic:Resource",
    inputs: { domain: UNKNOWN_STRING },
  });
});

test("thousands of resources", async () => {
  const view = await run("fifty-hundred");
  expect(view.resources).toHaveLength(5001);
  expect(new Set(view.resources.map(({ urn }) => urn)).size).toBe(5001);
}, 180_000);

test("the program gets no credentials, but the Region and what is named", async () => {
  const given = {
    AWS_ACCESS_KEY_ID: "withheld",
    AWS_PROFILE: "withheld",
    AWS_REGION: "eu-west-1",
    PULUMI_ACCESS_TOKEN: "withheld",
    PULUMI_CONFIG_PASSPHRASE: "withheld",
    GITHUB_TOKEN: "withheld",
    ACTIONS_ID_TOKEN_REQUEST_URL: "withheld",
    CI_JOB_TOKEN: "withheld",
    NPM_TOKEN: "withheld",
    DATABASE_PASSWORD: "withheld",
    ORDINARY: "kept",
  };
  const before = { ...process.env };
  Object.assign(process.env, given);
  try {
    const names = String(tags(await run("curious", { env: ["ORDINARY"] }), "environment").names).split(" ");
    expect(names.filter((name) => name in given)).toEqual(["AWS_REGION", "ORDINARY"]);
  } finally {
    process.env = before;
  }
});
