import type { Home } from "./home";
import { isDeclared, type ResourceRecord, read, readOutput } from "./record";
import { asArray, asBoolean, asObject, asString, hasSentinel, isKnown, toValue, UNKNOWN, type Value } from "./value";

/** A property as it was read, with its doubt: nobody asks again later by the property's name. */
export class Reading<T> {
  /**
   * @param property the top-level property that the value stands in; Pulumi tracks dependencies by it
   */
  constructor(
    readonly value: Value<T>,
    readonly resource: ResourceRecord,
    readonly property: string,
  ) {}

  /**
   * Whether the property waits for what the deployment creates. A preview says so by a sentinel inside the value;
   * dependencies alone would not do: the answer of a function that was called with such a value has none.
   */
  get pending(): boolean {
    const { resource, property } = this;
    return isDeclared(resource, property) && hasSentinel((resource.inputs ?? resource.outputs)?.[property]);
  }

  /** The same property, with what the reader made of its value. */
  as<U>(value: Value<U>): Reading<U> {
    return new Reading(value, this.resource, this.property);
  }
}

/** A top-level property. */
export function readingOf(resource: ResourceRecord, property: string): Reading<unknown> {
  return new Reading(read(resource, property), resource, property);
}

/**
 * One resource as a reader sees it: its properties by path (`block.property`), known, unknown or absent, and its place
 * in the world. An unknown block makes everything inside it unknown.
 */
export class ResourceReader {
  constructor(
    readonly resource: ResourceRecord,
    private readonly locate: (resource: ResourceRecord) => Home,
    /** The block that paths start in; undefined at the top. */
    private readonly block?: Reading<unknown>,
  ) {}

  get location(): Home {
    return this.locate(this.resource);
  }

  /** Any value; without a path the block itself. */
  raw(path = ""): Reading<unknown> {
    return this.converted(path, (value) => value);
  }

  text(path: string): Reading<string> {
    return this.converted(path, asString);
  }

  flag(path: string): Reading<boolean> {
    return this.converted(path, asBoolean);
  }

  list(path: string): Reading<readonly unknown[]> {
    return this.converted(path, asArray);
  }

  /** What the provider computes (an ARN, a URL): its answer first, an input of the same name second. */
  output(property: string): Value<string> {
    return asString(readOutput(this.resource, property));
  }

  /** The provider's id; unknown while the resource does not exist. */
  get id(): Value<string> {
    return asString(this.resource.id);
  }

  /** True where the program itself sets the property, so that its value is a decision and not a default. */
  declares(property: string): boolean {
    return isDeclared(this.resource, property);
  }

  /** A reader of what stands inside a block; of the resource itself without a name. */
  within(name: string | undefined): ResourceReader {
    return name === undefined ? this : this.inside(this.raw(name));
  }

  /** A reader for each item of a list; a single block counts as a list of one, an unknown list as one unknown item. */
  items(path: string): ResourceReader[] {
    const list = this.raw(path);
    if (list.value === undefined) return [];
    const items = Array.isArray(list.value) ? list.value : [list.value];
    return items.map((item) => this.inside(list.as(item)));
  }

  private inside(block: Reading<unknown>): ResourceReader {
    return new ResourceReader(this.resource, this.locate, block);
  }

  private converted<T>(path: string, convert: (raw: Value<unknown>) => Value<T>): Reading<T> {
    if (this.block === undefined && !path.includes("."))
      return new Reading(convert(read(this.resource, path)), this.resource, path);
    const names = path === "" ? [] : path.split(".");
    const first = this.block ?? readingOf(this.resource, names.shift() ?? "");
    let value = first.value;
    for (const name of names) value = member(value, name);
    return first.as(convert(value));
  }
}

function member(block: unknown, name: string): Value<unknown> {
  const object = asObject(block);
  if (!isKnown(object)) return object;
  return Object.hasOwn(object, name) ? toValue(object[name]) : undefined;
}

/** What is required and missing is as good as unknown: the provider would refuse it, or fill it in. */
export function required<T>(reading: Reading<T>): Reading<T> {
  return reading.value === undefined ? reading.as<T>(UNKNOWN) : reading;
}
