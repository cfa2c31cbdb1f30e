import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { create, difference, nameOf, refreshed, remove, typeOf, update } from "./aws/answers";
import { ACCOUNT } from "./aws/kinds";
import { type Entry, type Thing, World } from "./aws/world";

const REGION = "us-east-1";
const PROJECT = "mail";
const STACK = "dev";

/** A row of the state. */
export interface Row {
  urn: string;
  id: string;
  custom: boolean;
  inputs: Thing;
  outputs: Thing;
  parent: string;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  retainOnDelete: boolean;
  /** Replaced already, and to be deleted. */
  delete?: boolean;
  /** Deleted already, and to be made again. */
  pendingReplacement?: boolean;
}

/** What a step of an update does to AWS. */
export type Step = { op: Entry["op"]; urn: string; refused?: string };

export interface UpdateOptions {
  /** Hears of every operation after it was done. */
  onOperation?: (step: Step, world: World) => void;
  /** Kills the engine before the operation of this number. Default: it is left alone. */
  stopBefore?: number;
  /** The engine is killed while that operation is on its way: AWS does it, and the state does not know. Default false. */
  lost?: boolean;
  /** URN of a resource that is replaced, whether it has changed or not. Default: none. */
  replace?: string;
  /** Gives a number below `below`: which of the operations that may come next does. */
  choose?: (below: number) => number;
}

export interface Update {
  /** Why the update failed; undefined where it did not. */
  failure?: string;
  steps: Step[];
}

class Killed extends Error {}
interface Monitor {
  registerResource(request: RegisterResourceRequest, done: Done): void;
  registerResourceOutputs(request: unknown, done: (error: unknown, response?: unknown) => void): void;
}
type Done = (error: unknown, response?: proto.RegisterResourceResponse) => void;
interface Waiting {
  request: RegisterResourceRequest;
  done: Done;
}
// Exported for the SDK's own tests, and left out of its type declarations.
const { getMonitor, waitForRPCs } = settings as unknown as { getMonitor(): Monitor; waitForRPCs(): Promise<void> };

/**
 * Deploys programs as the engine does, in this process: the state, the order of operations, and AWS behind it. Covers
 * what orders depend on: aliases, replacement before and after deletion, dependents that are replaced too, deletions at
 * the end in reverse order, `retainOnDelete`, `ignoreChanges`, and an engine that is killed between two operations.
 * Source: Pulumi, pkg/resource/deploy/step_generator.go; `interpreter.test.ts` compares the two.
 */
export class Interpreter {
  readonly world = new World();
  rows: Row[] = [];

  /** Runs `program` until everything is as it says, or until something fails. */
  async up(program: () => unknown, options: UpdateOptions = {}): Promise<Update> {
    return new Run(this, options).up(program);
  }

  /** Writes into the state what AWS holds now, and forgets what is gone. */
  refresh(): void {
    this.rows = this.rows.flatMap((row) => {
      const seen = row.custom ? refreshed(this.world, row.urn, row.id, row, REGION) : row;
      return seen === undefined ? [] : [{ ...row, inputs: seen.inputs, outputs: seen.outputs }];
    });
  }

  async destroy(options: UpdateOptions = {}): Promise<Update> {
    return this.up(() => undefined, options);
  }
}

/** One update. */
class Run {
  private readonly steps: Step[] = [];
  private readonly olds = new Map<string, Row>();
  private readonly registered = new Map<string, Row>();
  /** Deleted with something that they depend on: they are made again. */
  private readonly doomed = new Set<string>();
  /** URNs of before, where an alias told. */
  private readonly former = new Map<string, string>();
  private readonly waiting: Waiting[] = [];
  private failure: string | undefined;
  private killed = false;
  private pumping = false;

  constructor(
    private readonly engine: Interpreter,
    private readonly options: UpdateOptions,
  ) {
    for (const row of engine.rows) if (!row.delete) this.olds.set(row.urn, row);
  }

  async up(program: () => unknown): Promise<Update> {
    await pulumi.runtime.setMocks(
      { newResource: () => ({ id: "", state: {} }), call: ({ token, inputs }) => call(token, inputs) },
      PROJECT,
      STACK,
      false,
    );
    pulumi.runtime.setAllConfig({ "aws:region": REGION });
    const monitor = getMonitor();
    monitor.registerResource = (request, done) => this.arrive({ request, done });
    monitor.registerResourceOutputs = (_, done) => done(null, {});
    const fail = (reason: unknown) => {
      this.failure ??= String((reason as Error)?.message ?? reason);
    };
    process.on("unhandledRejection", fail);
    // The SDK takes a stack trace for every promise; nobody reads them here.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      program();
      await this.settle();
    } catch (error) {
      fail(error);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
      process.removeListener("unhandledRejection", fail);
    }
    if (!this.failure && !this.killed) this.deleteTheRest();
    return { steps: this.steps, ...(this.failure || this.killed ? { failure: this.failure ?? "killed" } : {}) };
  }

  /** Waits until nothing more arrives. A registration that failed never returns, so its dependents never arrive. */
  private async settle(): Promise<void> {
    let seen = -1;
    while (seen !== this.registered.size || this.waiting.length > 0) {
      seen = this.registered.size;
      await Promise.race([waitForRPCs(), turns(6)]);
      await turns(2);
    }
  }

  private arrive(waiting: Waiting): void {
    this.waiting.push(waiting);
    if (this.pumping) return;
    this.pumping = true;
    setImmediate(() => this.pump());
  }

  /** Does one of what may be done now, then lets the program go on. */
  private pump(): void {
    this.pumping = false;
    const index = this.options.choose?.(this.waiting.length) ?? 0;
    const [next] = this.waiting.splice(index, 1);
    if (next && !this.failure && !this.killed) this.serve(next);
    if (this.waiting.length > 0) {
      this.pumping = true;
      setImmediate(() => this.pump());
    }
  }

  private serve({ request, done }: Waiting): void {
    try {
      const row = this.register(request);
      const response = new proto.RegisterResourceResponse();
      response.setUrn(row.urn);
      response.setId(row.id);
      response.setObject(Struct.fromJavaScript(row.outputs as Parameters<typeof Struct.fromJavaScript>[0]));
      done(null, response);
    } catch (error) {
      if (error instanceof Killed) this.killed = true;
      else this.failure ??= String((error as Error).message);
    }
  }

  private register(request: RegisterResourceRequest): Row {
    const goal = goalOf(request);
    if (this.registered.has(goal.urn)) throw new Error(`Duplicate resource URN '${goal.urn}'`);
    const old = this.oldOf(goal.urn, [...aliasesOf(request, goal.urn), ...this.inherited(goal, request)]);
    const row = goal.custom ? this.deploy(request, goal, old) : goal;
    this.registered.set(row.urn, row);
    this.put(old, row);
    return row;
  }

  /** The row that becomes this one, by URN or alias. */
  private oldOf(urn: string, aliases: string[]): Row | undefined {
    const found = [urn, ...aliases].find((name) => this.olds.has(name));
    const old = found === undefined ? undefined : this.olds.get(found);
    if (old && found !== undefined && found !== urn) {
      this.former.set(urn, found);
      this.olds.delete(found);
      this.olds.set(urn, old);
      this.rename(found, urn);
    }
    return old;
  }

  /** What a child was called while its parent had another name. */
  private inherited({ parent }: Row, request: RegisterResourceRequest): string[] {
    const former = this.former.get(parent);
    if (former === undefined) return [];
    const [now, before, name] = [nameOf(parent), nameOf(former), request.getName()];
    return [urnOf(former, request.getType(), name.startsWith(now) ? before + name.slice(now.length) : name)];
  }

  private rename(from: string, to: string): void {
    const renamed = (urn: string) => (urn === from ? to : urn);
    for (const row of this.engine.rows) {
      row.urn = row.delete ? row.urn : renamed(row.urn);
      row.parent = renamed(row.parent);
      row.dependencies = row.dependencies.map(renamed);
      for (const [key, urns] of Object.entries(row.propertyDependencies))
        row.propertyDependencies[key] = urns.map(renamed);
    }
  }

  private deploy(request: RegisterResourceRequest, goal: Row, old: Row | undefined): Row {
    if (old === undefined || old.pendingReplacement) return this.make(goal);
    for (const key of request.getIgnorechangesList()) {
      if (old.inputs[key] === undefined) delete goal.inputs[key];
      else goal.inputs[key] = old.inputs[key];
    }
    if (this.doomed.has(goal.urn)) return this.make(goal);
    if (this.options.replace === goal.urn) return this.replace(request, goal, old);
    const { changed, replaces } = difference(typeOf(goal.urn), old.inputs, goal.inputs, REGION);
    if (changed.length === 0) return { ...goal, id: old.id, outputs: old.outputs };
    if (replaces.length > 0) return this.replace(request, goal, old);
    let outputs: Thing = {};
    this.perform("update", goal.urn, (world) => {
      outputs = update(world, goal.urn, old.id, goal.inputs, old.outputs, REGION);
    });
    return { ...goal, id: old.id, outputs };
  }

  private replace(request: RegisterResourceRequest, goal: Row, old: Row): Row {
    if (request.getDeletebeforereplace()) {
      this.deleteFirst(old);
      return this.make(goal);
    }
    const made = this.make(goal);
    // The one that it replaces goes at the end.
    const replaced = { ...old, delete: true };
    this.engine.rows.splice(this.engine.rows.indexOf(old), 1, replaced);
    return made;
  }

  /** Deletes a resource, and before it whatever would be replaced with it. */
  private deleteFirst(root: Row): void {
    const condemned = new Set([root.urn]);
    const dependents: Row[] = [];
    for (const row of this.engine.rows) {
      if (row.delete || !row.custom || condemned.has(row.urn) || this.registered.has(row.urn)) continue;
      const forced = Object.entries(row.propertyDependencies).some(
        ([key, urns]) =>
          urns.some((urn) => condemned.has(urn)) &&
          difference(typeOf(row.urn), { [key]: row.inputs[key] }, { [key]: "unknown" }, REGION).replaces.length > 0,
      );
      if (!forced) continue;
      condemned.add(row.urn);
      dependents.push(row);
    }
    for (const row of [...dependents.reverse(), root]) {
      if (row.pendingReplacement) continue;
      this.removeFromAws(row);
      row.pendingReplacement = true;
      this.doomed.add(row.urn);
    }
  }

  private make(goal: Row): Row {
    let made: { id: string; outputs: Thing } = { id: "", outputs: {} };
    this.perform("create", goal.urn, (world) => {
      made = create(world, goal.urn, goal.inputs, REGION);
    });
    return { ...goal, ...made };
  }

  /** Puts what was made in its place; new things come last, so everything stands after what it depends on. */
  private put(old: Row | undefined, row: Row): void {
    const { rows } = this.engine;
    const at = old ? rows.indexOf(old) : -1;
    if (at >= 0) rows.splice(at, 1);
    const last = this.lastRegistered();
    rows.splice(last + 1, 0, row);
  }

  /** Rows of this update stand before the old ones that are left. */
  private lastRegistered(): number {
    return this.engine.rows.findLastIndex((row) => !row.delete && this.registered.get(row.urn) === row);
  }

  /** Deletes what was replaced and what the program no longer has: dependents before what they depend on. */
  private deleteTheRest(): void {
    let left = this.engine.rows.filter((row) => row.delete || !this.registered.has(row.urn));
    try {
      while (left.length > 0) {
        const free = left.filter((row) => !left.some((other) => other !== row && dependsOn(other, row)));
        const row = free[this.options.choose?.(free.length) ?? free.length - 1];
        if (row === undefined) throw new Error("resources depend on each other in a circle");
        if (!row.pendingReplacement) this.removeFromAws(row);
        this.engine.rows.splice(this.engine.rows.indexOf(row), 1);
        left = left.filter((other) => other !== row);
      }
    } catch (error) {
      if (error instanceof Killed) this.killed = true;
      else this.failure = String((error as Error).message);
    }
  }

  private removeFromAws(row: Row): void {
    if (!row.custom || row.retainOnDelete) return;
    this.perform("delete", row.urn, (world) => remove(world, row.urn, row.id, row.outputs, REGION));
  }

  private perform(op: Entry["op"], urn: string, action: (world: World) => void): void {
    const isLast = this.steps.length === this.options.stopBefore;
    if (isLast && !this.options.lost) throw new Killed();
    const { world } = this.engine;
    const { refused } = world.perform(op, urn, () => action(world));
    const step: Step = refused === undefined ? { op, urn } : { op, urn, refused };
    this.steps.push(step);
    this.options.onOperation?.(step, world);
    if (isLast) throw new Killed();
    if (refused !== undefined) throw new Error(`${urn}: ${refused}`);
  }
}

const dependsOn = (row: Row, on: Row): boolean =>
  row.parent === on.urn ||
  row.dependencies.includes(on.urn) ||
  Object.values(row.propertyDependencies).some((urns) => urns.includes(on.urn));

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function urnOf(parent: string, type: string, name: string): string {
  const above = parent === "" || parent.includes("pulumi:pulumi:Stack") ? "" : `${parent.split("::")[2]}$`;
  return `urn:pulumi:${STACK}::${PROJECT}::${above}${type}::${name}`;
}

function goalOf(request: RegisterResourceRequest): Row {
  return {
    urn: urnOf(request.getParent(), request.getType(), request.getName()),
    id: "",
    custom: request.getCustom(),
    inputs: plain(request.getObject()?.toJavaScript() ?? {}) as Thing,
    outputs: {},
    parent: request.getParent(),
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      request
        .getPropertydependenciesMap()
        .toArray()
        .map(([key, urns]: [string, unknown]) => [key, urnsOf(urns)]),
    ),
    retainOnDelete: request.getRetainondelete() === true,
  };
}

const urnsOf = (urns: unknown): string[] => {
  const list = urns as { getUrnsList?(): string[] };
  return list.getUrnsList?.() ?? (Array.isArray(urns) ? (urns as string[][]).flat() : []);
};

const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** Signatures of secrets and of outputs; assets have others. Source: Pulumi, sdk/go/common/resource/sig. */
const WRAPPED = ["1b47061264138c4ac30d75fd1eb44270", "d0e6a833031e9bbcd3f4e8bde6ca49a4"];

/** Values as they are, without the wrapping that says that they are secret or come from a resource. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const { [SIGNATURE]: signature, value: inner } = value as Record<string, unknown>;
  if (WRAPPED.includes(String(signature))) return plain(inner);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

function aliasesOf(request: RegisterResourceRequest, urn: string): string[] {
  const specs = request.getAliasesList().map((alias) => {
    if (alias.getUrn()) return alias.getUrn();
    const spec = alias.getSpec();
    const parent = spec?.getNoparent() ? "" : spec?.getParenturn() || request.getParent();
    return urnOf(parent, spec?.getType() || request.getType(), spec?.getName() || request.getName());
  });
  return [...specs, ...request.getAliasurnsList()].filter((alias) => alias !== urn);
}

function call(token: string, inputs: Thing): Thing {
  if (token.includes("getCallerIdentity")) return { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` };
  if (token.includes("getRegion"))
    return { region: inputs.region ?? REGION, name: inputs.region ?? REGION, id: REGION };
  if (token.includes("getPartition")) return { partition: "aws", dnsSuffix: "amazonaws.com" };
  throw new Error(`nobody answers ${token}`);
}
