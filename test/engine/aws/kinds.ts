import { Refusal, type Thing, type World } from "./world";

export const ACCOUNT = "123456789012";

export interface Place {
  world: World;
  /** Name of the resource in the program. */
  name: string;
  region: string;
}

/** What AWS makes of a resource type. */
export interface Kind {
  /**
   * Arguments whose change asks for another resource. Source: `ForceNew` in terraform-provider-aws 5.100,
   * internal/service/FILE; `test/engine/terraform.test.ts` compares them with `terraform plan`.
   */
  forceNew: string[];
  source: string;
  /** What AWS answers beside the inputs. Unknown before it has, unless the program says it. */
  computed: string[];
  /** Gives the id and what AWS answers. @throws {Refusal} */
  create(inputs: Thing, place: Place): { id: string; outputs: Thing };
  /** @throws {Refusal} */
  update?(id: string, inputs: Thing, place: Place, olds: Thing): void;
  remove?(id: string, outputs: Thing, place: Place): void;
  /** What AWS holds now; undefined where it is gone. Default: as it was answered. */
  read?(id: string, place: Place): Thing | undefined;
}

export const arn = (service: string, region: string, resource: string) =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;

/** The name that the program gave, or one that nothing else has. */
export function physicalName(inputs: Thing, { world, name }: Place): string {
  if (typeof inputs.name === "string") return inputs.name;
  const unique = world.count.toString(16).padStart(7, "0");
  if (typeof inputs.namePrefix === "string") return `${inputs.namePrefix}${unique}`;
  return `${name}-${unique}${inputs.fifoTopic || inputs.fifoQueue ? ".fifo" : ""}`;
}

export function text(value: unknown): string {
  if (typeof value !== "string")
    throw new Refusal(`ValidationException: expected a text, got ${JSON.stringify(value)}`);
  return value;
}

export const lastPart = (value: unknown, separator: string) => text(value).split(separator).at(-1) ?? "";

/** The name of an identity that is given by name or ARN. */
export const identityName = (value: unknown) => text(value).replace(/^arn:[^/]*:identity\//, "");

/** A kind of thing with a name that only one of them can have. */
export function named(
  settings: Pick<Kind, "forceNew" | "source"> & {
    kind: string;
    arn: (name: string, region: string) => string;
    id?: (name: string, region: string) => string;
    computed?: (name: string, place: Place) => Thing;
    taken: string;
    nameOf?: (inputs: Thing, place: Place) => string;
    global?: boolean;
  },
): Kind {
  const key = (name: string, region: string) => `${settings.kind} ${settings.global ? "" : region}/${name}`;
  const nameOf = settings.nameOf ?? physicalName;
  return {
    forceNew: settings.forceNew,
    source: settings.source,
    computed: ["arn", "name", ...Object.keys(settings.computed?.("", { world: NOWHERE, name: "", region: "" }) ?? {})],
    create(inputs, place) {
      const name = nameOf(inputs, place);
      if (place.world.has(key(name, place.region))) throw new Refusal(`${settings.taken}: ${name} exists already`);
      const outputs = { arn: settings.arn(name, place.region), name, ...settings.computed?.(name, place) };
      place.world.set(key(name, place.region), { ...inputs, ...outputs });
      return { id: settings.id?.(name, place.region) ?? name, outputs };
    },
    update(_, inputs, place, olds) {
      place.world.set(key(text(olds.name), place.region), { ...olds, ...inputs });
    },
    remove(_, outputs, { world, region }) {
      world.remove(key(text(outputs.name), region));
    },
  };
}

const NOWHERE = { count: 0 } as World;
