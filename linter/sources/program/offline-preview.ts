import { resolve } from "node:path";
import type { StackRecords } from "../../../policies/model/record";
import { isUnknownString } from "../../../policies/model/value";
import { KnownError } from "../../io/errors";
import { displayName, readText } from "../../io/files";
import { repositoryOf } from "../../io/repository";
import { locateSdk, startProgram } from "./child-process";
import { explainFailure } from "./failure";
import { createFunctions } from "./functions";
import { type Mock, readMocks } from "./mocks";
import { type Monitor, startMonitor } from "./monitor";
import { type Project, type ProjectOptions, readProject } from "./project";
import { mayBeMissing } from "./uncertain";

export interface OfflinePreviewOptions extends ProjectOptions {
  /** Answers for function calls and stack references: a file of them, or the answers themselves. */
  mocks?: string | readonly Mock[];
  /** Seconds after which the program and everything it started is killed; default 120. */
  timeout?: number;
  /** Variables of the environment that the program gets beside those that every program gets. */
  env?: readonly string[];
  /** Folder that positions are relative to; default: the program's. */
  positionsFrom?: string;
  /** Called once with everything the program wrote, whether it failed or not. */
  onOutput?: (text: string) => void;
}

const DEFAULT_TIMEOUT = 120;
/** From this length on a secret is looked for in texts. */
const SECRET_LENGTH = 4;

/**
 * Runs the Pulumi program in a folder, offline, and returns what it would register: the resources that a preview of
 * an empty stack shows, with ids and other computed outputs unknown. The program's code is run, with the
 * `@pulumi/pulumi` of the program, without credentials and without an answer from any cloud.
 *
 * Throws `KnownError` (one line) where the program can't be run or does not run to its end.
 */
export async function offlinePreview(folder: string, options: OfflinePreviewOptions = {}): Promise<StackRecords> {
  const project = readProject(folder, options);
  const shown = displayName(folder);
  const configRegion = regionOf(project.config);
  const mocks =
    typeof options.mocks === "string" ? readMocks(readText(options.mocks), options.mocks) : (options.mocks ?? []);

  const positionsFrom = options.positionsFrom === undefined ? project.root : resolve(options.positionsFrom);
  // A shorter one would be found in everything.
  const secretValues = project.secretValues.filter((value) => value.length >= SECRET_LENGTH);

  const child = startProgram(project, locateSdk(project, shown), {
    timeout: options.timeout ?? DEFAULT_TIMEOUT,
    env: options.env ?? [],
    sources: repositoryOf(project.root),
  });
  let monitor: Monitor | undefined;
  try {
    monitor = await startMonitor({
      project: project.name,
      stack: project.stack,
      positionsFrom,
      secretValues,
      functions: createFunctions(mocks, configRegion),
    });
    child.connect(monitor.address);
    const end = await child.ended;
    const hide = (text: string) => secretValues.reduce((left, secret) => left.replaceAll(secret, "[secret]"), text);
    options.onOutput?.(hide([...monitor.messages, ...monitor.errors, end.output].join("\n")));
    const failure = explainFailure(end, monitor, project);
    if (failure !== undefined) throw new KnownError(`${shown}: ${hide(failure)}`);
    // Registrations arrive in an order that varies; reports must not.
    const resources = monitor.resources.sort((a, b) => (a.urn < b.urn ? -1 : 1));
    return {
      resources,
      configRegion,
      stacks: [`${project.name}/${project.stack}`],
      mayBeMissing: mayBeMissing(end.last?.uncertain ?? [], positionsFrom),
    };
  } finally {
    child.kill();
    monitor?.close();
  }
}

/** The stack's Region, as the provider takes it: from the configuration, else from the environment. */
function regionOf(config: Project["config"]): string | undefined {
  const region = config["aws:region"] ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION);
  return region === undefined || isUnknownString(region) ? undefined : region;
}
