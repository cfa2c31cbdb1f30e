import { type Command, Option } from "commander";
import type { AuditOptions } from "../commands/audit";
import type { InventoryOptions } from "../commands/inventory";
import type { VerifyOptions } from "../commands/verify";
import { print, withProgramOptions, withRunOptions } from "./options";

const load = {
  audit: () => require("../commands/audit") as typeof import("../commands/audit"),
  inventory: () => require("../commands/inventory") as typeof import("../commands/inventory"),
  verify: () => require("../commands/verify") as typeof import("../commands/verify"),
};

/** The commands that read live accounts, or may. */
export function addAccountCommands(root: Command, version: string): void {
  addAudit(root, version);
  addVerify(root, version);
  addInventory(root, version);
}

function addAudit(root: Command, version: string): void {
  withAccountOptions(withRunOptions(root.command("audit")))
    .summary("check the live account")
    .description(
      "Reads what Amazon SES holds in an account, and everything its identities send to, and checks it as `lint` checks " +
        "a document. It makes calls that read, with the AWS SDK's usual credentials, and changes nothing. " +
        "Exit code: 0 no mandatory violation, 1 some, or interrupted, 2 could not run.",
    )
    .option("--quick", "leave out what takes a call for each identity; default configuration sets are unverified")
    .option(
      "--compare <STATE...>",
      "exports of the stacks that declare what the accounts should hold: shows where the two differ",
    )
    .option("--print-policy", "write the least IAM policy that it needs, and do nothing else")
    .action(async (options: AuditOptions) => {
      const { output, code } = await load.audit().audit(options, version);
      print(output, code);
    });
}

function addVerify(root: Command, version: string): void {
  root
    .command("verify")
    .summary("see a real bounce arrive, by the mailbox simulator")
    .description(
      "Sends mail in the name of identities to the mailbox simulator of Amazon SES, five mails for each at most, and waits " +
        "for the notifications in a queue of its own at the identity's topics and event destinations. Everything it makes " +
        "it removes again. Asks first, or takes --yes. " +
        "Exit code: 0 everything arrived, 1 something is missing, 2 could not run.",
    )
    .argument("[IDENTITY...]", "domains and addresses that are verified")
    .option("--dry-run", "show what would be made and sent, and make and send nothing")
    .option("--yes", "do not ask")
    .option("--clean-up", "remove what earlier runs left, and do nothing else")
    .option("--from <ADDRESS>", "of a domain, to send from; default: ses-guard-verify@DOMAIN")
    .option(
      "--configuration-set <NAME>",
      "set to send with, as an application that names one; default: the identity's own",
    )
    .option("--timeout <S>", "seconds to wait after the last mail", "180")
    .addOption(new Option("--format <FORMAT>", "of what is shown").choices(["text", "json"]).default("text"))
    .option("--profile <NAME>", "profile of the shared AWS configuration")
    .option("--role-arn <ARN>", "role to assume")
    .option("--region <REGION>", "Region; default: that of the profile or AWS_REGION")
    .option("--print-policy", "write the least IAM policy that it needs, and do nothing else")
    .action(async (identities: string[], options: VerifyOptions) => {
      const { output, code, notes } = await load.verify().verify(identities, options, version);
      print(output, code, notes);
    });
}

function addInventory(root: Command, version: string): void {
  withAccountOptions(withProgramOptions(root.command("inventory")))
    .summary("list identities for the configuration of others")
    .description(
      "Writes what the key externalIdentities of a configuration takes: every identity of the sources, where its feedback " +
        "goes, when that was seen and whence it is known. A source is a JSON report, a document as `lint` takes it, or a " +
        "folder with a program, which is run as `preview` runs it; with --profile, --role-arn or --region, live accounts " +
        "too. A source that is missing, empty or incomplete ends the run. Exit code: 0 written, 2 could not run.",
    )
    .argument("[SOURCE...]", "reports, documents and folders with a Pulumi.yaml; - is standard input")
    .option("--max-age <DAYS>", "how many days after it was seen an entry is believed", "30")
    .option("--output <FILE>", "write the entries there instead of to standard output")
    .option("--config <FILE>", "configuration, instead of the ses-guard.yaml found upwards from here")
    .action(async (sources: string[], options: InventoryOptions) => {
      const { output, notes } = await load.inventory().inventory(sources, options, version);
      print(output, 0, notes);
    });
}

function withAccountOptions(command: Command): Command {
  return command
    .option("--profile <NAME>", "profile of the shared AWS configuration")
    .option("--role-arn <ARN...>", "role to assume, one for each account; may be given often")
    .option("--region <REGION...>", "Regions, or all that are enabled; default: that of the profile or AWS_REGION");
}
