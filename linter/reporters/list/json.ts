import type { Report, ReportIdentity } from "../../report/shapes";
import { jsonText } from "../json";
import { TYPES } from "../reception";

/** For programs: `docs/list.md` describes it. */
export function listJson(report: Report): string {
  const { version, tool, identities, notVisible } = report;
  return jsonText({ version, tool, identities: identities.map(entry), notVisible });
}

function entry({ identity, kind, account, region, stack, urn, reception, ancestor }: ReportIdentity): object {
  const types = TYPES.map((type) => [type, reception[type]] as const);
  return { identity, kind, account, region, stack, urn, ...Object.fromEntries(types), ancestor };
}
