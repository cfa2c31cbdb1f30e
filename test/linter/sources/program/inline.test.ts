import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync } from "node:fs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { buildReport, DEFAULT_CONFIG, KnownError, offlinePreview } from "../../../../linter";
import { UNKNOWN_STRING } from "../../../../policies/model/value";
import { named, tags } from "./support";

const OPTIONS = { today: "2026-01-01", version: "test" };

/** The line of this file on which a text first stands. */
function lineOf(text: string): number {
  return readFileSync(__filename, "utf8").slice(0, readFileSync(__filename, "utf8").indexOf(text)).split("\n").length;
}

describe("a program that is a function", () => {
  test("is judged like one in a folder, at its own lines", async () => {
    const stack = await offlinePreview(
      async () => {
        new aws.ses.DomainIdentity("unheard", { domain: "unheard.example" });
        return { done: true };
      },
      { stack: "acme/mail/prod", config: { "aws:region": "eu-west-1" } },
    );
    expect(stack).toMatchObject({ stacks: ["mail/prod"], configRegion: "eu-west-1" });
    expect(named(stack, "unheard")).toMatchObject({
      type: "aws:ses/domainIdentity:DomainIdentity",
      urn: "urn:pulumi:prod::mail::aws:ses/domainIdentity:DomainIdentity::unheard",
      inputs: { domain: "unheard.example" },
      position: { path: "test/linter/sources/program/inline.test.ts", line: lineOf('DomainIdentity("unheard"') },
    });
    const { findings } = buildReport([stack], DEFAULT_CONFIG, OPTIONS);
    expect(findings.filter(({ level }) => level === "mandatory").map(({ rule }) => rule)).toEqual([
      "bounce-handling",
      "complaint-handling",
    ]);
  });

  test("gets its configuration, its stack and the answers it is given; the rest is unknown", async () => {
    const stack = await offlinePreview(
      async () => {
        const topic = new aws.sns.Topic("feedback");
        const zone = await aws.route53.getZone({ name: "z.example" });
        const parsed = JSON.parse((await aws.ssm.getParameter({ name: "p" })).value);
        new aws.sns.Topic("seen", {
          tags: {
            project: pulumi.getProject(),
            organization: pulumi.getOrganization(),
            domain: new pulumi.Config().require("domain"),
            region: aws.getRegionOutput().region,
            zone: zone.name,
            parsed: parsed.inner,
            given: (await aws.kms.getAlias({ name: "alias/a" })).targetKeyId,
            arn: topic.arn,
          },
        });
      },
      {
        project: "mail",
        config: { domain: "d.example", "aws:region": "eu-west-1" },
        mocks: [{ token: "aws:kms/getAlias:getAlias", result: { targetKeyId: "k" } }],
      },
    );
    expect(tags(stack, "seen")).toEqual({
      project: "mail",
      organization: "organization",
      domain: "d.example",
      region: "eu-west-1",
      zone: "???",
      parsed: "???",
      given: "k",
      arn: "???",
    });
  });

  test("has its callbacks tried and remembered as any other", async () => {
    const stack = await offlinePreview(() => {
      const zone = aws.route53.getZoneOutput({ name: "z.example" });
      zone.name.apply((name) => new aws.ses.DomainIdentity("tried", { domain: name }));
      const queue = new aws.sqs.Queue("q");
      queue.arn.apply(
        (endpoint) => new aws.sns.TopicSubscription("skipped", { topic: "t", protocol: "sqs", endpoint }),
      );
    });
    expect(named(stack, "tried").inputs?.domain).toBe(UNKNOWN_STRING);
    expect(stack.mayBeMissing).toMatchObject([
      {
        types: ["aws:sns/topicSubscription:TopicSubscription"],
        position: { path: "test/linter/sources/program/inline.test.ts", line: lineOf("(endpoint) =>") },
      },
    ]);
  });
});

describe("an inline program that fails", () => {
  const broken = new TypeError("no domain given");
  const throwing = () => {
    throw broken;
  };
  test.each<[string, () => unknown]>([
    ["throws", throwing],
    ["rejects", async () => throwing()],
    ["rejects where nobody waits for it", () => void Promise.resolve().then(throwing)],
    ["throws in a callback", () => void pulumi.output("known").apply(throwing)],
    [
      "throws in a component",
      () => {
        class Broken extends pulumi.ComponentResource {
          protected override async initialize() {
            throwing();
          }
        }
        new Broken("acme:index:Broken", "broken");
      },
    ],
  ])("%s: the error is reported, with its cause", async (_, program) => {
    const error: unknown = await offlinePreview(program).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(KnownError);
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /^the inline program: TypeError: no domain given \(test\/linter\/sources\/program\/inline\.test\.ts:\d+:\d+\); its cause/,
      ),
      cause: broken,
    });
  });

  test("that registers one thing twice is refused as the engine refuses it", async () => {
    const twice = () => {
      for (const domain of ["a.example", "b.example"]) new aws.ses.DomainIdentity("same", { domain });
    };
    await expect(offlinePreview(twice)).rejects.toThrow(/^the inline program: .*Duplicate resource URN/);
  });

  test("that never ends is left after the time-out", async () => {
    const endless = () => {
      new aws.sns.Topic("one");
      return new Promise(() => {});
    };
    await expect(offlinePreview(endless, { timeout: 0.5 })).rejects.toThrow(
      /^the inline program: the program was still running after 0\.5 s, after it had registered 1 resource;/,
    );
  });

  test("can't start another inside of itself", async () => {
    await expect(offlinePreview(() => offlinePreview(() => {}))).rejects.toThrow(/can't start another/);
  });
});

describe("nothing of an inline program is left", () => {
  const domain = (name: string) => () => {
    new aws.ses.DomainIdentity(name, { domain: `${name}.example` });
  };
  const names = ({ resources }: { resources: { urn: string }[] }) =>
    resources.map(({ urn }) => urn.split("::").at(-1)).sort();

  test("in the next one, whether it failed or not", async () => {
    expect(names(await offlinePreview(domain("a")))).toEqual(["a", "inline-dev"]);
    const failing = () => {
      domain("b")();
      pulumi.runtime.registerResourceTransform(({ props, opts }) => ({ props: { ...props, domain: "changed" }, opts }));
      throw new Error("stopped");
    };
    await expect(offlinePreview(failing)).rejects.toThrow("stopped");
    const stack = await offlinePreview(domain("c"));
    expect(names(stack)).toEqual(["c", "inline-dev"]);
    expect(named(stack, "c").inputs).toMatchObject({ domain: "c.example" });
  });

  test("in others that are started at the same time", async () => {
    const stacks = await Promise.all(
      ["a", "b", "c"].map((name) => offlinePreview(domain(name), { project: name, config: { key: name } })),
    );
    expect(stacks.map(names)).toEqual([
      ["a", "a-dev"],
      ["b", "b-dev"],
      ["c", "c-dev"],
    ]);
  });

  test("in the SDK, in the language and in the process", async () => {
    const state = () => ({
      apply: Reflect.get(pulumi.Output, "prototype").apply,
      invoke: pulumi.runtime.invoke,
      get: pulumi.Config.prototype.requireObject,
      getOutput: pulumi.StackReference.prototype.getOutput,
      parse: JSON.parse,
      project: pulumi.getProject(),
      dryRun: pulumi.runtime.isDryRun(),
      stackResource: Reflect.get(globalThis, "stackResource"),
      listeners: ["unhandledRejection", "uncaughtException", "exit", "SIGINT"].map((name) =>
        process.listenerCount(name),
      ),
    });
    await pulumi.runtime.setMocks(
      { newResource: ({ inputs }) => ({ id: "id", state: inputs }), call: () => ({}) },
      "own",
    );
    const before = state();
    await offlinePreview(domain("a"));
    await expect(offlinePreview(() => Promise.reject(new Error("stopped")))).rejects.toThrow("stopped");
    expect(state()).toEqual(before);
    expect(state().apply).toBe(before.apply);
    // The mocks of the test around it still answer.
    const topic = new aws.sns.Topic("mocked", { name: "n" });
    expect(await new Promise((resolve) => topic.id.apply(resolve))).toBe("id");
  });

  test("of the context that it was started in, which it sees", async () => {
    const context = new AsyncLocalStorage<string>();
    const stack = await context.run("seen", () =>
      offlinePreview(async () => {
        await Promise.resolve();
        new aws.sns.Topic("t", { tags: { context: String(context.getStore()) } });
      }),
    );
    expect(tags(stack, "t")).toEqual({ context: "seen" });
  });
});
