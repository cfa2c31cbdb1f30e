import type { ProjectPlace } from "./project";

/** The JSON schema of the configuration, for editors. */
const SCHEMA = "https://raw.githubusercontent.com/ses-guard/ses-guard/main/policies/generated/ses-guard.schema.json";

/** A configuration that changes nothing, and shows what may stand in it. */
export const CONFIGURATION = `# yaml-language-server: $schema=${SCHEMA}
# What ses-guard should know that the program does not say. All keys: docs/configuration.md of ses-guard.

# A difference that somebody decided.
intendedOverrides: []
#  - identity: ceo@example.com
#    reason: the executive office reads its own bounces
#    expires: 2027-06-30

# A finding that somebody accepted.
exceptions: []
#  - rule: bounce-handling
#    identity: receive-only.example.com
#    reason: never sends

# Another level for a rule: mandatory, advisory, disabled.
rules: {}
#  subdomain-shadows-domain: mandatory
`;

export const BASELINE = "ses-guard.baseline.json";

/** A job of GitHub Actions: annotations on the lines, the report as the job's summary. */
export function githubWorkflow(place: ProjectPlace, hasBaseline: boolean): string {
  const { packageFolder, install } = place;
  const folder =
    packageFolder === "." ? "" : `    defaults:\n      run:\n        working-directory: ${scalar(packageFolder)}\n`;
  return `name: ses-guard
on: pull_request
permissions:
  contents: read
jobs:
  ses-guard:
    runs-on: ubuntu-latest
${folder}    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: ${scalar(install)}
      # Runs the program of the pull request: this job has no secrets.
      - run: ${scalar(`${command(place, hasBaseline)} --format github --output markdown=ses-guard.md`)}
      - if: always()
        run: if [ -s ses-guard.md ]; then cat ses-guard.md >> "$GITHUB_STEP_SUMMARY"; fi
`;
}

/** A job of GitLab CI: a code quality report beside the text. */
export function gitlabJob(place: ProjectPlace, hasBaseline: boolean): string {
  const { packageFolder, install } = place;
  const report = "gl-code-quality-report.json";
  const folder = packageFolder === "." ? "" : `    - ${scalar(`cd ${quoted(packageFolder)}`)}\n`;
  return `ses-guard:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
${folder}    - ${scalar(install)}
    # Runs the program of the merge request: give this job no secrets.
    - ${scalar(`${command(place, hasBaseline)} --format text --output gitlab=${report}`)}
  artifacts:
    when: always
    reports:
      codequality: ${scalar(packageFolder === "." ? report : `${packageFolder}/${report}`)}
`;
}

function command({ execute, fromPackage }: ProjectPlace, hasBaseline: boolean): string {
  const folder = fromPackage === "." ? "" : ` ${quoted(fromPackage)}`;
  const baseline = fromPackage === "." ? BASELINE : `${fromPackage}/${BASELINE}`;
  return `${execute} ses-guard preview${folder}${hasBaseline ? ` --baseline ${quoted(baseline)}` : ""}`;
}

/** A path as a word of a shell. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** A text as a scalar of YAML: plain where nothing in it could mean more. */
function scalar(text: string): string {
  return /^[\w./][\w./ &=-]*$/.test(text) ? text : JSON.stringify(text);
}
