import { argumentError } from "../../../components/checks/arguments";
import { sdkProblems } from "../../../components/checks/sdk";

test("an @pulumi/aws that knows no Region of a resource is refused in one line, with what to do", () => {
  const problems = sdkProblems("6.83.0");
  expect(argumentError("MonitoredIdentity", "mail", problems).message).toBe(
    'MonitoredIdentity "mail": @pulumi/aws: 6.83.0; allowed: 7 or newer, npm install @pulumi/aws@7',
  );
});

test.each(["7.0.0", "7.48.0", "8.0.0-alpha.1", "10.1.0"])("@pulumi/aws %s will do", (version) => {
  expect(sdkProblems(version)).toEqual([]);
});

test("the installed one will do", () => {
  expect(sdkProblems()).toEqual([]);
});
