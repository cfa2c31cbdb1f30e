import type { WireResource } from "../support/wire";
import { type Json, SENTINEL, urnOf, Writer } from "./properties";
import { token } from "./tokens";
import {
  type Change,
  type Form,
  type Provider,
  type Resource,
  type Stack,
  stackName,
  stackOf,
  type World,
} from "./world";

export interface Document {
  name: string;
  text: string;
}

/** The documents that show the world in the form, one or two a stack. */
export function render(world: World, form: Exclude<Form, "pack">): Document[] {
  return world.stacks.flatMap((stack, index): Document[] => {
    const file = stackName(stack).replace("/", "-");
    const state = (after: boolean) => ({
      name: `${file}-state.json`,
      text: JSON.stringify(stateOf(world, index, after)),
    });
    const preview = (sames: boolean) => ({
      name: `${file}-preview.json`,
      text: JSON.stringify(previewOf(world, index, sames)),
    });
    if (form === "state") return [state(true)];
    if (form === "both") return [state(false), preview(true)];
    return [preview(form === "preview")];
  });
}

/** What `settings` of the pack and the linter's file say. */
export function configuration(world: World): Json {
  const accounts = world.stacks
    .filter(({ inConfiguration }) => inConfiguration)
    .map((stack) => [stackName(stack), (stack.providers[0] as Provider).account]);
  return {
    ...(world.emailForwarding !== "when-declared" && { emailForwarding: world.emailForwarding }),
    ...(accounts.length > 0 && { accounts: Object.fromEntries(accounts) }),
    ...(world.sendTime.length > 0 && {
      sendTimeConfigurationSets: world.sendTime.map(({ set, identities }) => ({
        configurationSet: set,
        identities,
        reason: "named by the mail library",
      })),
    }),
    ...(world.overrides.length > 0 && {
      intendedOverrides: world.overrides.map((identity) => ({ identity, reason: "meant" })),
    }),
    ...(world.exceptions.length > 0 && {
      exceptions: world.exceptions.map((one) => ({ ...one, reason: "accepted" })),
    }),
    ...(world.inventory.length > 0 && {
      externalIdentities: world.inventory.map(({ identity, account, region, bounceTopic }) => {
        const channels = bounceTopic === null ? [] : [{ channel: "topic", target: bounceTopic }];
        return {
          identity,
          kind: identity.includes("@") ? "address" : "domain",
          account,
          region,
          bounce: channels,
          complaint: channels,
          delivery: [],
        };
      }),
    }),
  };
}

const root = (stack: Stack) =>
  `urn:pulumi:${stack.stack}::${stack.project}::pulumi:pulumi:Stack::${stack.project}-${stack.stack}`;
const providerUrn = (stack: Stack, name: string) => {
  const [pkg, own] = name === "native" ? ["aws-native", "default_1_30_0"] : ["aws", name];
  return `urn:pulumi:${stack.stack}::${stack.project}::pulumi:providers:${pkg}::${own}`;
};
const providerName = (stack: Stack, index: number | null) =>
  index === null ? "native" : index === 0 ? "default_7_48_0" : (stack.providers[index] as Provider).name;

function providerInputs(stack: Stack, index: number | null): Json {
  const { region, account, tells } = stack.providers[index ?? 0] as Provider;
  if (index === null) {
    const ids = tells === "allowedAccountIds" && { allowedAccountIds: JSON.stringify([account]) };
    return { region: stack.nativeRegion, ...ids };
  }
  return {
    region,
    ...(tells === "profile" && { profile: "mail" }),
    ...(tells === "assumeRoles" && {
      assumeRoles: JSON.stringify([{ roleArn: `arn:aws:iam::${account}:role/deploy` }]),
    }),
    ...(tells === "allowedAccountIds" && { allowedAccountIds: JSON.stringify([account]) }),
  };
}

/** Providers that the resources of a stack have. */
function providersOf(world: World, index: number): (number | null)[] {
  const used = world.resources.filter(({ stack }) => stack === index).map(({ provider }) => provider);
  return [...new Set(used)];
}

function exists(change: Change): boolean {
  return change !== "new";
}

function providerRow(stack: Stack, index: number | null, known: boolean): Json {
  const inputs = providerInputs(stack, index);
  const urn = providerUrn(stack, providerName(stack, index));
  return {
    urn,
    custom: true,
    ...(known && { id: idOf(urn) }),
    type: index === null ? "pulumi:providers:aws-native" : "pulumi:providers:aws",
    inputs,
    ...(known && { outputs: inputs }),
  };
}

const idOf = (urn: string) => `id-of-${urn.split("::").at(-1)}`;

function row(world: World, one: Resource, writer: Writer, known: boolean, label = one.label): Json {
  const stack = stackOf(world, one);
  const { inputs, computed, id, behind } = writer.written(one);
  const provider = providerUrn(stack, providerName(stack, one.provider));
  const external = one.type === "identity" && one.external;
  return {
    urn: urnOf(world, one, label),
    custom: true,
    ...(known && { id }),
    type: token(one),
    ...(!external && { inputs }),
    ...(known && { outputs: { ...inputs, ...computed } }),
    parent: root(stack),
    ...(external && { external: true }),
    provider: `${provider}::${known ? idOf(provider) : SENTINEL}`,
    ...(!external && { propertyDependencies: behind }),
  };
}

/** Rules on a bus have their targets in a resource of their own. */
function target(world: World, one: Resource, known: boolean): Json | undefined {
  if (one.type !== "bus-rule" || !one.target) return undefined;
  const stack = stackOf(world, one);
  const provider = providerUrn(stack, providerName(stack, one.provider));
  const inputs = {
    // The provider names the rule, which has no name of its own.
    rule: known ? one.label : SENTINEL,
    arn: "arn:aws:lambda:us-east-1:123456789012:function:feedback",
    ...(one.region !== undefined && { region: one.region }),
  };
  return {
    urn: `urn:pulumi:${stack.stack}::${stack.project}::aws:cloudwatch/eventTarget:EventTarget::${one.label}`,
    custom: true,
    ...(known && { id: `${one.label}-target` }),
    type: "aws:cloudwatch/eventTarget:EventTarget",
    inputs,
    ...(known && { outputs: inputs }),
    parent: root(stack),
    provider: `${provider}::${known ? idOf(provider) : SENTINEL}`,
    propertyDependencies: { rule: [urnOf(world, one)], arn: [] },
  };
}

function stackRow(stack: Stack): Json {
  return { urn: root(stack), custom: false, type: "pulumi:pulumi:Stack" };
}

const oldLabel = ({ label, change }: Resource) => (change === "renamed" ? `${label}-before` : label);

function stateOf(world: World, index: number, after: boolean): Json {
  const stack = world.stacks[index] as Stack;
  const writer = new Writer(world, true);
  const there = world.resources.filter(
    (one) => one.stack === index && (after ? one.change !== "deleted" : exists(one.change)),
  );
  const rows = there.flatMap((one) => [
    row(world, one, writer, true, after ? one.label : oldLabel(one)),
    ...[target(world, one, true)].filter((other) => other !== undefined),
  ]);
  const providers = providersOf(world, index).map((provider) => providerRow(stack, provider, true));
  return { version: 3, deployment: { manifest: {}, resources: [stackRow(stack), ...providers, ...rows] } };
}

function previewOf(world: World, index: number, sames: boolean): Json {
  const stack = world.stacks[index] as Stack;
  const own = world.resources.filter((one) => one.stack === index);
  const isNew = own.every(({ change }) => change === "new");
  const steps: Json[] = [
    isNew ? step("create", undefined, stackRow(stack)) : step("same", stackRow(stack), stackRow(stack)),
    ...providersOf(world, index)
      .filter((provider) => provider !== null && provider > 0)
      .map((provider) => {
        const fresh = own.every((one) => one.provider !== provider || one.change === "new");
        // Shown although nothing is hidden about it: what a preview without its provider knows is another question.
        if (fresh) return step("create", undefined, providerRow(stack, provider, false));
        return step(sames ? "same" : "update", providerRow(stack, provider, true), providerRow(stack, provider, true));
      }),
    ...own.flatMap((one) => stepsOf(world, one)),
  ];
  const shown = steps.filter(({ op }, at) => sames || at === 0 || op !== "same");
  const changeSummary: Record<string, number> = {};
  for (const { op } of steps) changeSummary[op as string] = (changeSummary[op as string] ?? 0) + 1;
  return { config: config(stack), steps: shown, duration: 1, changeSummary };
}

function config(stack: Stack): Json {
  const { region, account, tells } = stack.providers[0] as Provider;
  return {
    "aws:region": region,
    "aws-native:region": stack.nativeRegion,
    ...(tells === "profile" && { "aws:profile": "mail" }),
    ...(tells === "assumeRoles" && {
      "aws:assumeRoles": JSON.stringify([{ roleArn: `arn:aws:iam::${account}:role/deploy` }]),
    }),
    ...(tells === "allowedAccountIds" && {
      "aws:allowedAccountIds": JSON.stringify([account]),
      "aws-native:allowedAccountIds": JSON.stringify([account]),
    }),
  };
}

function step(op: string, oldState: Json | undefined, newState: Json | undefined): Json {
  const { urn, provider } = (newState ?? oldState) as Json;
  return {
    op,
    urn,
    ...(provider !== undefined && { provider }),
    ...(oldState && { oldState }),
    ...(newState && { newState }),
    detailedDiff: null,
  };
}

function stepsOf(world: World, one: Resource): Json[] {
  const beside = target(world, one, one.change !== "new");
  const before = new Writer(world, true);
  const now = new Writer(world, false);
  if (one.type === "identity" && one.external) {
    const { outputs: _, ...read } = row(world, one, before, true);
    return [step("read", row(world, one, before, true), read)];
  }
  switch (one.change) {
    case "new":
      return [
        step("create", undefined, row(world, one, now, false)),
        ...(beside ? [step("create", undefined, beside)] : []),
      ];
    case "deleted":
      return [
        step("delete", row(world, one, before, true), undefined),
        ...(beside ? [step("delete", beside, undefined)] : []),
      ];
    case "same":
    case "renamed": {
      const old = row(world, one, before, true, oldLabel(one));
      const renamed = one.change === "renamed" && { aliases: [old.urn] };
      return [
        step("same", old, { ...row(world, one, now, true), ...renamed }),
        ...(beside ? [step("same", beside, beside)] : []),
      ];
    }
  }
}

/** What the engine sends to a pack at the end of a preview of the first stack. */
export function wire(world: World): WireResource[] {
  const stack = world.stacks[0] as Stack;
  const writer = new Writer(world, false);
  const there = world.resources.filter(
    (one) => one.stack === 0 && one.change !== "deleted" && !(one.type === "identity" && one.external),
  );
  const properties = (one: Json, known: boolean): Json => ({
    ...(known ? {} : { arn: SENTINEL, tagsAll: SENTINEL }),
    ...(one.inputs as Json),
    ...((one.outputs as Json | undefined) ?? {}),
  });
  const resources = there.flatMap((one) => {
    const known = one.change !== "new";
    const rows = [row(world, one, writer, known), target(world, one, known)].filter((other) => other !== undefined);
    return rows.map((each): WireResource => {
      const dependencies = (each.propertyDependencies ?? {}) as Record<string, string[]>;
      return {
        type: each.type as string,
        urn: each.urn as string,
        properties: properties(each, known),
        propertyDependencies: dependencies,
        dependencies: Object.values(dependencies).flat(),
        parent: root(stack),
        provider: {
          urn: providerUrn(stack, providerName(stack, one.provider)),
          properties: providerInputs(stack, one.provider),
        },
      };
    });
  });
  return [{ type: "pulumi:pulumi:Stack", urn: root(stack), properties: {} }, ...resources];
}
