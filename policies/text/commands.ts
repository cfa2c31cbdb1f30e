import { escaped } from "./printable";

// GitHub takes `::name` at the start of a line, after whatever .NET calls white space. `##[name]`, `##vso[…]` and
// `##teamcity[…]` are taken anywhere in a line.
// Source: actions/runner ActionCommand.cs; Azure Pipelines, "Logging commands"; TeamCity, "Service messages".
const AT_START = /^((?:[^\S\r\n\u2028\u2029]|\u0085|\u001b\[[\d;]*m)*):(?=:)/gm;
const ANYWHERE = /#(?=#\w*\[)/g;

/** Lines of text that no CI log takes for commands: their first character is written as its code. */
export function withoutCommands(text: string): string {
  return withoutMarkers(text).replace(AT_START, (_, start: string) => start + escaped(":"));
}

/** The same for the commands that may stand anywhere in a line, where `::` at its start is meant. */
export function withoutMarkers(text: string): string {
  return text.replace(ANYWHERE, escaped);
}
