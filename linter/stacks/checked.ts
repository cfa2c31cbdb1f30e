import type { Config } from "../../policies/config";
import type { StackRecords } from "../../policies/model/record";

/** What a command checks. */
export interface Checked {
  readStacks(config: Pick<Config, "accounts">): Promise<readonly StackRecords[]>;
  /** Folders from which the configuration is looked for; the working directory where there is none. */
  folders: readonly string[];
  /** Files that are read, which no output may replace. */
  inputs: readonly string[];
  /** The text of a source of the programs; undefined where it can't be read, or where nobody said where it stands. */
  readSource(path: string): string | undefined;
  /** Levels of rules that are others here, where the configuration does not say. */
  levels?: Config["rules"];
  /** It is read from what changes while nobody writes a document. */
  isLive?: boolean;
  /** The report is of a part, because the run was interrupted: nothing passes. */
  isPartial?(): boolean;
}
