import { resolve } from "node:path";
import type { StackRecords } from "../../../policies/model/record";
import { isUnknownString } from "../../../policies/model/value";
import { KnownError } from "../../io/errors";
import { displayName, readText } from "../../io/files";
import { repositoryOf } from "../../io/repository";
import { type Ending, locateSdk, startProgram } from "./child-process";
import { explainFailure } from "./failure";
import { createFunctions, onlyAccount } from "./functions";
import { type InlineProgram, runInline } from "./inline-program";
import { type Mock, readMocks } from "./mocks";
import { type Monitor, startMonitor } from "./monitor";
import { inlineProject, type Project, type ProjectOptions, readProject } from "./project";
import { mayBeMissing, unansweredLines } from "./uncertain";

export interface OfflinePreviewOptions extends ProjectOptions {
  /** Answers for function calls and stack references: a file of them, or the answers themselves. */
  mocks?: string | readonly Mock[];
  /** Seconds after which the program and everything it started is killed; default 120. */
  timeout?: number;
  /** Variables of the environment that the program gets beside those that every program gets. */
  env?: readonly string[];
  /** Folder that positions are relative to; default: the program's. */
  positionsFrom?: string;
  /** Accounts that stacks (`project/stack`) deploy to, as the configuration names them. */
  accounts?: Readonly<Record<string, string>>;
  /** Called once with everything the program wrote, whether it failed or not. */
  onOutput?: (text: string) => void;
}

const DEFAULT_TIMEOUT = 120;
/** From this length on a secret is looked for in texts. */
const SECRET_LENGTH = 4;

/** For a program that is a function. */
export interface InlinePreviewOptions extends Omit<OfflinePreviewOptions, "env"> {
  /** Name of its project; default: the one in `stack`, else `inline`. */
  project?: string;
}

/**
 * Runs a Pulumi program, offline, and returns what it would register: the resources that a preview of an empty stack
 * shows, with ids and other computed outputs unknown. The program's code is run without an answer from any cloud: that
 * of a folder in a process of its own, with the `@pulumi/pulumi` of the program and without credentials; a function, an
 * inline program of the Automation API, in this process, with all that it has.
 *
 * Throws `KnownError` (one line) where the program can't be run or does not run to its end; what an inline program threw
 * is its `cause`.
 */
export async function offlinePreview(folder: string, options?: OfflinePreviewOptions): Promise<StackRecords>;
export async function offlinePreview(program: InlineProgram, options?: InlinePreviewOptions): Promise<StackRecords>;
export async function offlinePreview(
  source: string | InlineProgram,
  options: OfflinePreviewOptions & InlinePreviewOptions = {},
): Promise<StackRecords> {
  const timeout = options.timeout ?? DEFAULT_TIMEOUT;
  if (typeof source === "function") {
    const project = inlineProject(options);
    const sources = repositoryOf(project.root);
    return record(project, options, {
      shown: "the inline program",
      positionsFrom: sources,
      start: () => ({ end: (address) => runInline(source, address, project, { timeout, sources }), kill: () => {} }),
    });
  }
  const project = readProject(source, options);
  const shown = displayName(source);
  const sdk = locateSdk(project, shown);
  return record(project, options, {
    shown,
    sdk,
    positionsFrom: project.root,
    start: () => {
      const env = options.env ?? [];
      const child = startProgram(project, sdk, { timeout, env, sources: repositoryOf(project.root) });
      const end = (address: string) => {
        child.connect(address);
        return child.ended;
      };
      return { end, kill: child.kill };
    },
  });
}

/** A program that has started, and waits for the address of our servers. */
interface Started {
  end(address: string): Promise<Ending>;
  kill(): void;
}

interface Run {
  /** The program, as messages call it. */
  shown: string;
  /** Folder of its `@pulumi/pulumi`; undefined for a program that shares ours. */
  sdk?: string;
  /** Where no option says what positions are relative to. */
  positionsFrom: string;
  start(): Started;
}

/** Serves a program from its start to its end, and returns what it registered. */
async function record(project: Project, options: OfflinePreviewOptions, run: Run): Promise<StackRecords> {
  const { shown } = run;
  const configRegion = regionOf(project.config);
  const mocks =
    typeof options.mocks === "string" ? readMocks(readText(options.mocks), options.mocks) : (options.mocks ?? []);
  const positionsFrom = options.positionsFrom === undefined ? run.positionsFrom : resolve(options.positionsFrom);
  // A shorter one would be found in everything.
  const secretValues = project.secretValues.filter((value) => value.length >= SECRET_LENGTH);
  const hide = (text: string) => secretValues.reduce((left, secret) => left.replaceAll(secret, "[secret]"), text);

  const program = run.start();
  let monitor: Monitor | undefined;
  try {
    monitor = await startMonitor({
      project: project.name,
      stack: project.stack,
      sdk: run.sdk,
      positionsFrom,
      secretValues,
      functions: createFunctions(mocks, { region: configRegion, account: accountOf(project, options.accounts) }),
    });
    const end = await program.end(monitor.address);
    options.onOutput?.(hide([...monitor.messages, ...monitor.errors, end.output].join("\n")));
    const failure = explainFailure(end, monitor, project);
    if (failure !== undefined) throw new KnownError(`${shown}: ${hide(failure)}`, { cause: end.cause });
    // Registrations arrive in an order that varies; reports must not.
    const resources = monitor.resources.sort((a, b) => (a.urn < b.urn ? -1 : 1));
    return {
      resources,
      configRegion,
      stacks: [`${project.name}/${project.stack}`],
      mayBeMissing: mayBeMissing(end.last?.uncertain ?? [], positionsFrom, [...monitor.unanswered].sort()),
      unanswered: unansweredLines(monitor),
    };
  } finally {
    program.kill();
    monitor?.close();
  }
}

function accountOf({ name, stack, config }: Project, accounts: OfflinePreviewOptions["accounts"]): string | undefined {
  return accounts?.[`${name}/${stack}`] ?? onlyAccount(config["aws:allowedAccountIds"]);
}

/** The stack's Region, as the provider takes it: from the configuration, else from the environment. */
function regionOf(config: Project["config"]): string | undefined {
  const region = config["aws:region"] ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION);
  return region === undefined || isUnknownString(region) ? undefined : region;
}
