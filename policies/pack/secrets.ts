import { isObject, type Json, SECRET_SIGNATURE, SIGNATURE_KEY } from "../model/value";

/** What the SDK is sent for one resource of a stack. */
interface Message {
  getUrn(): string;
  getProperties(): { toJavaScript(): Json } | undefined;
}

interface MessageClass {
  prototype: Message;
}

/** What the SDK sends resources in: one class for those that are analysed, one for their providers. */
type MessageClasses = readonly MessageClass[];

/**
 * Properties that hold secrets, still marked, by the resource's URN; undefined for a resource that has none. The SDK
 * unwraps them before a policy sees them, and reads every resource again, in one go with the policy that it calls: so
 * these are always of that policy's stack.
 */
const seen = new Map<string, Json | undefined>();
const watched = new WeakSet<MessageClass>();

/** The resource's properties that hold secrets, as the engine sent them. */
export function secretsOf(urn: string): Json | undefined {
  return seen.get(urn);
}

/**
 * Whether the watch saw the resource before the SDK unwrapped its secrets. Where an SDK keeps its classes elsewhere, or
 * a pack has a copy of its own, it did not: any of the values may then be a secret.
 */
export function wasWatched(urn: string): boolean {
  return seen.has(urn);
}

/** Looks at what the SDK is about to unwrap, and changes nothing of it. */
export function watchSecrets(messages: MessageClasses = messageClasses()): void {
  for (const message of messages) watch(message);
}

function watch(message: MessageClass): void {
  if (watched.has(message)) return;
  watched.add(message);
  const { getProperties } = message.prototype;
  const looked = new WeakMap<Message, Json | undefined>();
  message.prototype.getProperties = function (this: Message) {
    const properties = getProperties.call(this);
    if (!looked.has(this)) looked.set(this, properties && secretsIn(properties.toJavaScript()));
    seen.set(this.getUrn(), looked.get(this));
    return properties;
  };
}

/** Of the copy of `@pulumi/pulumi` that the SDK has; none where an SDK of the future has them elsewhere. */
function messageClasses(): MessageClasses {
  try {
    const paths = [require.resolve("@pulumi/policy")];
    const { AnalyzerResource, AnalyzerProviderResource } = require(
      require.resolve("@pulumi/pulumi/proto/analyzer_pb", { paths }),
    );
    return [AnalyzerResource, AnalyzerProviderResource].filter((one) => one?.prototype?.getProperties !== undefined);
  } catch {
    return [];
  }
}

function secretsIn(properties: Json): Json | undefined {
  const secrets = Object.entries(properties).filter(([, value]) => holdsSecret(value));
  return secrets.length > 0 ? Object.fromEntries(secrets) : undefined;
}

/** Iterative: values are nested as deeply as their author likes. */
function holdsSecret(value: unknown): boolean {
  const left = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (isObject(one) && one[SIGNATURE_KEY] === SECRET_SIGNATURE) return true;
    if (typeof one === "object" && one !== null) left.push(...Object.values(one));
  }
  return false;
}
