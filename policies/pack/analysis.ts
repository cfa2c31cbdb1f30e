import { AsyncLocalStorage } from "node:async_hooks";
import type { StackValidationArgs } from "@pulumi/policy";
import type { Config } from "../config";
import { contextOf, judge } from "../evaluate";
import type { Finding } from "../model/finding";
import { rules } from "../rules";
import type { Context, Rule } from "../rules/shared/rule";
import { mayHoldUnmarkedSecrets, toRecords } from "./records";

/** One look at a stack: read and judged once, whatever the number of policies that report on it. */
export class Analysis {
  /** Findings that the running policies left for the one that collects doubts. */
  readonly doubts: Finding[] = [];
  /** Nothing in the stack concerns any rule. */
  readonly isQuiet: boolean;
  /** No value of the stack may be printed: the SDK did not show which of them are secrets. */
  readonly withholdsValues: boolean;
  private readonly context: Context;
  private readonly byRule = new Map<string, Finding[]>();

  /** @param position of the policy that runs: an earlier one than the last means another analysis */
  constructor(
    { resources }: StackValidationArgs,
    config: Config,
    today: string,
    public position: number,
  ) {
    this.withholdsValues = mayHoldUnmarkedSecrets(resources);
    this.context = contextOf([toRecords(resources)], config, today);
    for (const { meta } of rules) this.byRule.set(meta.id, []);
    for (const finding of judge(this.context, rules)) this.byRule.get(finding.rule)?.push(finding);
    const isConcerned = rules.some(({ meta }) => !meta.judgesConfiguration && this.byRule.get(meta.id)?.length !== 0);
    this.isQuiet = !isConcerned && this.context.inventory.identities.every(({ managedBy }) => managedBy.length === 0);
  }

  findings({ meta }: Rule): readonly Finding[] {
    return this.byRule.get(meta.id) ?? [];
  }

  /** Findings of a rule under a configuration of its own; the stack is not read again. */
  findingsWith(rule: Rule, own: Partial<Config>): readonly Finding[] {
    return judge({ ...this.context, config: { ...this.context.config, ...own } }, [rule]);
  }
}

/**
 * The analyses that run. Each has its own: the SDK awaits between policies, so two of them may run at once, and the
 * asynchronous context is what tells them apart.
 */
export class Analyses {
  private readonly storage = new AsyncLocalStorage<Analysis>();

  /** @param defaults configuration where the policy `settings` has none, or does not run */
  constructor(
    readonly defaults: Config,
    private readonly today: () => string,
  ) {}

  start(args: StackValidationArgs, position: number, config: Config = this.defaults): Analysis {
    const analysis = new Analysis(args, config, this.today(), position);
    this.storage.enterWith(analysis);
    return analysis;
  }

  /** The analysis that a policy belongs to: policies run in order. */
  join(args: StackValidationArgs, position: number): Analysis {
    const running = this.running(position);
    if (!running) return this.start(args, position);
    running.position = position;
    return running;
  }

  /** Nothing in this stack concerns any rule, as far as the running analysis has seen. */
  isQuiet(position: number): boolean {
    return this.running(position)?.isQuiet ?? false;
  }

  private running(position: number): Analysis | undefined {
    const running = this.storage.getStore();
    return running && running.position < position ? running : undefined;
  }
}
