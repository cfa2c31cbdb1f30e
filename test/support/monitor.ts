import * as settings from "@pulumi/pulumi/runtime/settings";
import type { Json } from "../../policies/model/value";

/** A resource as the SDK tells the engine of it. */
export interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getCustom(): boolean;
  getObject(): { toJavaScript(): Json };
  getDependenciesList(): string[];
  getAliasesList(): { getSpec(): { getName(): string } | undefined }[];
  getDeletebeforereplace(): boolean;
  getIgnorechangesList(): string[];
  getRetainondelete(): boolean | undefined;
  getPropertydependenciesMap(): { entries(): Iterable<[string, { getUrnsList(): string[] }]> };
  getSourceposition(): { getUri(): string; getLine(): number; getColumn(): number } | undefined;
}
type Done = (error: unknown, response?: { getUrn(): string }) => void;
interface Monitor {
  registerResource(request: Request, done: Done): Promise<void>;
  registerResourceOutputs(request: { getUrn(): string; getOutputs(): { toJavaScript(): Json } }, done: Done): void;
}

// Exported for the SDK's own tests, and left out of its type declarations.
const { getMonitor, waitForRPCs } = settings as unknown as { getMonitor(): Monitor; waitForRPCs(): Promise<void> };

/** Tells of each resource that Pulumi's mocks accept, and of the outputs that components register. After `setMocks`. */
export function watchRegistrations(
  onResource: (request: Request, urn: string) => void,
  onOutputs: (urn: string, outputs: Json) => void,
): void {
  const monitor = getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, done) =>
    register(request, (error, response) => {
      if (response) onResource(request, response.getUrn());
      done(error, response);
    });
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, done) => {
    onOutputs(request.getUrn(), request.getOutputs().toJavaScript());
    registerOutputs(request, done);
  };
}

/** Waits until the program has registered everything. */
export async function registered(): Promise<void> {
  await waitForRPCs();
  // A rejection is reported in the turn after the one in which nobody handled it.
  await new Promise((resolve) => setImmediate(resolve));
}

/** URNs behind each property of a resource. */
export function propertyDependencies(request: Request): Record<string, string[]> {
  return Object.fromEntries(
    [...request.getPropertydependenciesMap().entries()].map(([key, urns]) => [key, urns.getUrnsList()]),
  );
}
