import { FORMS, Stack } from "../../../support/records";
import { view } from "../view";

const ASSOCIATION = "aws:sesv2/tenantResourceAssociation:TenantResourceAssociation";
const ARN = "arn:aws:ses:us-east-1:123456789012";
const ACCOUNTS = { accounts: { "mail/prod": "123456789012" } };

describe.each(FORMS)("%s", (form) => {
  test("a set of the identity's tenant is named at send time, one of another tenant is not", () => {
    const stack = new Stack();
    for (const name of ["own", "other"]) stack.set(name);
    stack.identity("example.com");
    stack.add(ASSOCIATION, "identity", { tenantName: "shop", resourceArn: `${ARN}:identity/example.com` });
    stack.add(ASSOCIATION, "set", { tenantName: "shop", resourceArn: `${ARN}:configuration-set/own` });
    stack.add(ASSOCIATION, "foreign", { tenantName: "bar", resourceArn: `${ARN}:configuration-set/other` });
    const { inventory, identity } = view(stack, form, ACCOUNTS);
    expect(inventory.sendTimeSets(identity("example.com"))).toMatchObject([{ kind: "found", target: { name: "own" } }]);
    expect(inventory.senderSets(identity("example.com")).map(({ name }) => name)).toEqual(["own"]);
  });
});
