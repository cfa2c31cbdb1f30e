import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { create, difference, kindOf, nameOf, previewed, remove, typeOf, UNKNOWN, update } from "../aws/answers";
import { ACCOUNT } from "../aws/kinds";
import type { Entry, SharedWorld, Thing, World } from "../aws/world";
import { mistakes } from "./declared";
import { fromStruct, incomplete, respond, toStruct } from "./messages";

const VERSION = "7.48.0";

/**
 * How it errs, by names of resources: `drift` what a refresh finds instead, `gone` what it doesn't find, `refuses`
 * creates that fail, `incomplete` creates that leave a resource with an error, `hangs` operations that are never done.
 * After `stopAt` operations of all times nothing is done any more, or only after `stopFor` milliseconds. The file `hangs`
 * tells that the moment has come, and for whom: a URN a line. With a `jitter` other than 0 operations take up to 12 milliseconds, by that number.
 */
interface Errs {
  drift: Record<string, Thing>;
  gone: string[];
  refuses: string[];
  incomplete: string[];
  hangs: string[];
  stopAt: number;
  stopFor?: number;
  jitter: number;
}

const errs: Errs = {
  drift: {},
  gone: [],
  refuses: [],
  incomplete: [],
  hangs: [],
  stopAt: Number.POSITIVE_INFINITY,
  jitter: 0,
  ...JSON.parse(process.env.STAND_IN_ERRS || "{}"),
};

/** What an id tells of a resource that the program only reads. */
const READ: Record<string, (id: string) => Thing> = {
  "aws:ses/domainIdentity:DomainIdentity": (domain) => ({ domain }),
  "aws:sesv2/emailIdentity:EmailIdentity": (emailIdentity) => ({ emailIdentity }),
  "aws:sns/topic:Topic": (id) => ({ arn: id, name: id.split(":").at(-1) }),
};

/** What functions of the package answer in a Region. */
const FUNCTIONS: Record<string, (args: Thing, region: string) => Thing> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:root`,
    userId: "x",
    id: ACCOUNT,
  }),
  "aws:index/getRegion:getRegion": (args, own) => {
    const region = args.region ?? own;
    return { region, name: region, id: region, description: region };
  },
  "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com", id: "aws" }),
};

const never = () => new Promise<never>(() => undefined);

/** The methods of a provider; one process serves one provider resource, so it has one Region. */
export function standIn(shared: SharedWorld) {
  let region = "us-east-1";
  const memory = process.env.STAND_IN_MEMORY ?? "";

  async function perform(op: Entry["op"], urn: string, action: (world: World) => void): Promise<void> {
    if (errs.hangs.includes(nameOf(urn)) || shared.look((world) => world.count) >= errs.stopAt) {
      appendFileSync(join(memory, "hangs"), `${urn}\n`);
      await (errs.stopFor === undefined ? never() : wait(errs.stopFor));
    }
    if (errs.jitter !== 0) await wait(createHash("sha256").update(`${errs.jitter}${urn}`).digest().readUInt8() % 13);
    const { refused } = shared.perform(op, urn, action);
    if (refused !== undefined) throw new Error(refused);
  }

  async function createOne(request: messages.CreateRequest) {
    const urn = request.getUrn();
    const inputs = fromStruct(request.getProperties());
    if (request.getPreview()) {
      return respond(messages.CreateResponse, { id: "", properties: toStruct(previewed(typeOf(urn), inputs, region)) });
    }
    if (errs.refuses.includes(nameOf(urn))) throw new Error(`AlreadyExists: ${nameOf(urn)} exists already`);
    let made = { id: "", outputs: {} };
    await perform("create", urn, (world) => {
      made = create(world, urn, inputs, region);
    });
    if (errs.incomplete.includes(nameOf(urn))) throw incomplete(made.id, made.outputs, inputs);
    return respond(messages.CreateResponse, { id: made.id, properties: toStruct(made.outputs) });
  }

  async function updateOne(request: messages.UpdateRequest) {
    const [urn, news, olds] = [request.getUrn(), fromStruct(request.getNews()), fromStruct(request.getOlds())];
    if (request.getPreview()) {
      const shown = Object.entries(previewed(typeOf(urn), news, region)).map(([k, v]) => [
        k,
        v === UNKNOWN ? (olds[k] ?? v) : v,
      ]);
      // Inputs that are unknown stay so.
      return respond(messages.UpdateResponse, { properties: toStruct({ ...Object.fromEntries(shown), ...news }) });
    }
    let outputs: Thing = {};
    await perform("update", urn, (world) => {
      outputs = update(world, urn, request.getId(), news, olds, region);
    });
    return respond(messages.UpdateResponse, { properties: toStruct(outputs) });
  }

  /** A resource that the program only reads, or imports, exists already, whoever made it. */
  function exists(urn: string, id: string, place: { name: string; region: string }): void {
    const kind = kindOf(typeOf(urn));
    const inputs = READ[typeOf(urn)]?.(id);
    if (!kind.read || !inputs || shared.look((world) => kind.read?.(id, { ...place, world }))) return;
    shared.perform("read", urn, (world) => {
      kind.create(inputs, { ...place, world });
    });
  }

  function readOne(request: messages.ReadRequest) {
    const [urn, id] = [request.getUrn(), request.getId()];
    const [known, state] = [fromStruct(request.getInputs()), fromStruct(request.getProperties())];
    const kind = kindOf(typeOf(urn));
    const place = { name: nameOf(urn), region: typeof state.region === "string" ? state.region : region };
    const isRefresh = Object.keys(state).length > 0;
    if (!isRefresh) exists(urn, id, place);
    const found = shared.look((world) => kind.read?.(id, { ...place, world }));
    if (errs.gone.includes(nameOf(urn)) || (isRefresh && kind.read && !found))
      return respond(messages.ReadResponse, { id: "" });
    const drift = { ...(isRefresh ? found : READ[typeOf(urn)]?.(id)), ...errs.drift[nameOf(urn)] };
    const given = Object.keys(known).length > 0 ? known : state;
    const seen = Object.entries(drift).filter(([key]) => !kind.computed.includes(key));
    const inputs = { ...given, ...Object.fromEntries(seen) };
    const outputs = isRefresh
      ? { ...state, ...drift }
      : { region, ...inputs, ...drift, ...arnOf(typeOf(urn), id, region) };
    return respond(messages.ReadResponse, { id, properties: toStruct(outputs), inputs: toStruct(inputs) });
  }

  return {
    checkConfig: (request: messages.CheckRequest) => respond(messages.CheckResponse, { inputs: request.getNews() }),
    diffConfig: () => respond(messages.DiffResponse, { changes: messages.DiffResponse.DiffChanges.DIFF_NONE }),
    configure: (request: messages.ConfigureRequest) => {
      const named = fromStruct(request.getArgs()).region ?? request.getVariablesMap().get("aws:config:region");
      if (typeof named === "string") region = named;
      return respond(messages.ConfigureResponse, {
        supportspreview: true,
        acceptsecrets: false,
        acceptresources: false,
      });
    },
    check: (request: messages.CheckRequest) => {
      const inputs = fromStruct(request.getNews());
      const failures = mistakes(typeOf(request.getUrn()), inputs).map(([property, reason]) =>
        respond(messages.CheckFailure, { property, reason }),
      );
      return respond(messages.CheckResponse, { inputs: toStruct(inputs), failuresList: failures });
    },
    diff: (request: messages.DiffRequest) => {
      const [olds, news] = [fromStruct(request.getOldInputs() ?? request.getOlds()), fromStruct(request.getNews())];
      for (const key of request.getIgnorechangesList()) news[key] = olds[key];
      const { changed, replaces } = difference(typeOf(request.getUrn()), olds, news, region);
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      return respond(messages.DiffResponse, {
        changes: changed.length > 0 ? DIFF_SOME : DIFF_NONE,
        diffsList: changed,
        replacesList: replaces,
      });
    },
    create: createOne,
    update: updateOne,
    read: readOne,
    delete: async (request: messages.DeleteRequest) => {
      const urn = request.getUrn();
      const outputs = fromStruct(request.getProperties());
      await perform("delete", urn, (world) => remove(world, urn, request.getId(), outputs, region));
      return new Empty();
    },
    invoke: (request: messages.InvokeRequest) => {
      const answer = FUNCTIONS[request.getTok()];
      if (!answer) throw new Error(`the stand-in does not answer ${request.getTok()}`);
      return respond(messages.InvokeResponse, { pb_return: toStruct(answer(fromStruct(request.getArgs()), region)) });
    },
    getPluginInfo: () => respond(PluginInfo, { version: VERSION }),
    cancel: () => new Empty(),
  };
}

/** The ARN of an identity that the program only reads. */
function arnOf(type: string, id: string, region: string): Thing {
  return /EmailIdentity$|DomainIdentity$/.test(type) ? { arn: `arn:aws:ses:${region}:${ACCOUNT}:identity/${id}` } : {};
}
