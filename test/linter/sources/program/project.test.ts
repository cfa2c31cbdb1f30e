import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { limitedEnvironment } from "../../../../linter/sources/program/environment";
import { readProject } from "../../../../linter/sources/program/project";
import { UNKNOWN_STRING } from "../../../../policies/model/value";

describe("project files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "project-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  test("configuration: defaults of the project, then the stack's file, then what is given", () => {
    write(
      "Pulumi.yaml",
      `name: mail
runtime: nodejs
config:
  aws:region: us-east-1
  literal: from project
  declared: {type: string, default: a default}
  valued: {value: [1, 2]}
  overridden: from project
  needed: {type: string}
  guarded: {type: string, secret: true, default: not shown}
`,
    );
    write(
      "Pulumi.prod.yaml",
      `config:
  mail:overridden: from stack
  mail:config:old: spelled as before
  plain: no namespace
  flag: true
  number: 7
  nothing: null
  hidden: {secure: v1:abc}
  nested: {host: example.com, keys: [{secure: v1:abc}]}
`,
    );
    const { config, secretKeys, stack } = readProject(folder, {
      config: { plain: "given", "aws:region": "eu-west-1" },
    });
    expect(stack).toBe("prod");
    expect(config).toEqual({
      "aws:region": "eu-west-1",
      "mail:literal": "from project",
      "mail:declared": "a default",
      "mail:valued": "[1,2]",
      "mail:overridden": "from stack",
      "mail:guarded": UNKNOWN_STRING,
      "mail:old": "spelled as before",
      "mail:plain": "given",
      "mail:flag": "true",
      "mail:number": "7",
      "mail:hidden": UNKNOWN_STRING,
      "mail:nested": JSON.stringify({ host: "example.com", keys: [UNKNOWN_STRING] }),
    });
    expect(secretKeys.sort()).toEqual(["mail:guarded", "mail:hidden", "mail:nested"]);
  });

  test("a stack may be named with organization and project", () => {
    write("Pulumi.yaml", "name: mail\nruntime: {name: nodejs}\n");
    write("Pulumi.prod.yaml", "");
    write("Pulumi.dev.yaml", "");
    expect(readProject(folder, { stack: "acme/mail/prod" })).toMatchObject({ stack: "prod", organization: "acme" });
    expect(readProject(folder, { stack: "dev" })).toMatchObject({ stack: "dev", organization: "organization" });
  });

  test("without stack files the stack is dev, or as named", () => {
    write("Pulumi.yaml", "name: mail\nruntime: nodejs\n");
    expect(readProject(folder).stack).toBe("dev");
    expect(readProject(folder, { stack: "prod" }).stack).toBe("prod");
  });

  test("stack files may be in another folder", () => {
    write("Pulumi.yml", "name: mail\nruntime: nodejs\nstackConfigDir: stacks\n");
    mkdirSync(join(folder, "stacks"));
    write("stacks/Pulumi.prod.yaml", "config: {domain: example.com}\nenvironment: [shared]\n");
    expect(readProject(folder)).toMatchObject({
      stack: "prod",
      config: { "mail:domain": "example.com" },
      environment: true,
    });
  });

  test.each([
    ["main is a folder", "main: infra", "infra", "."],
    ["main is a file", "main: infra/start.js", "infra", "start.js"],
    ["no main", "", ".", "."],
  ])("%s", (_, main, directory, entry) => {
    mkdirSync(join(folder, "infra"));
    write("infra/start.js", "");
    write("Pulumi.yaml", `name: mail\nruntime: nodejs\n${main}\n`);
    expect(readProject(folder)).toMatchObject({ root: folder, directory: join(folder, directory), entry });
  });

  test("the project file is searched upwards", () => {
    write("Pulumi.yaml", "name: mail\nruntime: nodejs\n");
    mkdirSync(join(folder, "src", "deep"), { recursive: true });
    expect(readProject(join(folder, "src", "deep"))).toMatchObject({ name: "mail", root: folder, directory: folder });
  });

  test("without one, the folder is not a program's", () => {
    expect(() => readProject(folder)).toThrow(/: there is no Pulumi\.yaml here or above; give the folder/);
    expect(() => readProject(join(folder, "nowhere"))).toThrow(/nowhere: there is no such folder$/);
  });

  test("a program of SST is told what works for it", () => {
    write("sst.config.ts", "");
    mkdirSync(join(folder, "infra"));
    for (const place of [folder, join(folder, "infra")]) {
      expect(() => readProject(place)).toThrow(
        /a program of SST.*sst deploy --policy.*sst state export.*docs\/sst\.md/,
      );
    }
  });

  test.each(["nodejs", "bun", "{name: bun}"])("a program for %s runs on Node.js", (runtime) => {
    write("Pulumi.yaml", `name: mail\nruntime: ${runtime}\n`);
    expect(readProject(folder).name).toBe("mail");
  });

  test("a file of another shape is an error, not an exception", () => {
    write("Pulumi.yaml", "- a list\n");
    expect(() => readProject(folder)).toThrow(/Pulumi\.yaml: expected a map of settings/);
  });
});

test("only what every program needs, and what is named, is in its environment", () => {
  const withheld = [
    ...["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "PULUMI_ACCESS_TOKEN", "GITHUB_TOKEN", "GH_PAT"],
    ...["DATABASE_URL", "GITHUB_ENV", "HTTPS_PROXY", "http_proxy", "NPM_CONFIG__AUTH", "SSH_AUTH_SOCK", "MAIL_DOMAIN"],
    ...["KUBECONFIG", "DOCKER_CONFIG", "SENTRY_DSN", "GOOGLE_APPLICATION_CREDENTIALS", "npm_config_userconfig"],
  ];
  const kept = ["PATH", "HOME", "CI", "LC_ALL", "AWS_REGION", "AWS_DEFAULT_REGION", "NODE_OPTIONS", "STAGE"];
  const given = Object.fromEntries([...withheld, ...kept].map((name) => [name, "value"]));
  const left = limitedEnvironment(given, ["STAGE"]);
  expect(withheld.filter((name) => left[name] === "value")).toEqual([]);
  expect(kept.filter((name) => left[name] !== "value")).toEqual([]);
  expect(left.AWS_SHARED_CREDENTIALS_FILE).toBe("/dev/null");
});
