const SIGNS: readonly RegExp[] = [
  // text, github: the summary, which is among the last lines
  /(?:^|\n|,) ?(?:No findings|No violation|\d+ (?:violations?|advisor(?:y|ies)|unverified|waived))[^\n]*\sin\s\d+\sidentit(?:y|ies)\.\s/,
  /(?:^|\n)No identity in view, so nothing could be checked/,
  // list as text: its last line
  /(?:^|\n)(?:No identity in view\.|(?:Somebody receives the|Nobody is known to receive both) bounces and complaints of [\w\s]{0,60}\bidentit(?:y|ies)\.)\s*$/,
  // list as Markdown: its first line
  /^(?:No identity in view\.|(?:Somebody receives the|Nobody is known to receive both) bounces and complaints of [\w\s]{0,60}\bidentit(?:y|ies)\.)\n/,
  // json
  /^\{\s*"version":\s*1,\s*"tool":\s*\{\s*"name":\s*"ses-guard"/,
  // sarif
  /^\{[\s\S]*"id":\s*"ses-guard\//,
  // junit
  /^<\?xml[^>]*>\s*<testsuites name="ses-guard"/,
  // html
  /^<!doctype html>[\s\S]*ses-guard/i,
  // markdown
  /^<!-- ses-guard -->\n/,
  // gitlab, asff
  /^\[\s*\{[\s\S]*"(?:check_name|GeneratorId)":\s*"ses-guard\//,
  /^\[\s*\]\s*$/,
];

/** True for what ses-guard wrote as a report, in any of its formats: what a later run may write over. */
export function isReport(text: string): boolean {
  return SIGNS.some((sign) => sign.test(text));
}
