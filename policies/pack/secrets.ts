import { isObject, type Json, SECRET_SIGNATURE, SIGNATURE_KEY } from "../model/value";

/** What the SDK is sent for one resource of a stack. */
interface Message {
  getUrn(): string;
  getProperties(): { toJavaScript(): Json } | undefined;
}

interface MessageClass {
  prototype: Message;
}

/**
 * Properties that hold secrets, still marked, by the resource's URN. The SDK unwraps them before a policy sees them, and
 * reads every resource again, in one go with the policy that it calls: so these are always of that policy's stack.
 */
const marked = new Map<string, Json>();
const watched = new WeakSet<MessageClass>();

/** The resource's properties that hold secrets, as the engine sent them. */
export function secretsOf(urn: string): Json | undefined {
  return marked.get(urn);
}

/** Looks at what the SDK is about to unwrap, and changes nothing of it. */
export function watchSecrets(message: MessageClass | undefined = messageClass()): void {
  if (!message || watched.has(message)) return;
  watched.add(message);
  const { getProperties } = message.prototype;
  const looked = new WeakMap<Message, Json | undefined>();
  message.prototype.getProperties = function (this: Message) {
    const properties = getProperties.call(this);
    if (!looked.has(this)) looked.set(this, properties && secretsIn(properties.toJavaScript()));
    const secrets = looked.get(this);
    if (secrets) marked.set(this.getUrn(), secrets);
    else marked.delete(this.getUrn());
    return properties;
  };
}

/** Of the copy of `@pulumi/pulumi` that the SDK has; undefined where an SDK of the future has it elsewhere. */
function messageClass(): MessageClass | undefined {
  try {
    const paths = [require.resolve("@pulumi/policy")];
    return require(require.resolve("@pulumi/pulumi/proto/analyzer_pb", { paths })).AnalyzerResource;
  } catch {
    return undefined;
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
