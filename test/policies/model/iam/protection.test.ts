import { rejectsAddresses } from "../../../../policies/model/iam/protection";
import { UNKNOWN } from "../../../../policies/model/value";

const identifier = (name: string) => `arn:aws:dataprotection::aws:data-identifier/${name}`;
const EMAIL = identifier("EmailAddress");
const denial = {
  DataDirection: "Inbound",
  Principal: ["*"],
  DataIdentifier: [EMAIL],
  Operation: { Deny: {} },
};

test.each<[string, object, unknown]>([
  ["addresses denied on their way in", {}, true],
  ["to SES alone", { Principal: ["ses.amazonaws.com"] }, true],
  ["as a text rather than a list", { Principal: "*", DataIdentifier: EMAIL }, true],
  ["in another case", { DataDirection: "INBOUND" }, true],
  ["to somebody else", { Principal: ["arn:aws:iam::111122223333:role/app"] }, false],
  ["other data", { DataIdentifier: [identifier("CreditCardNumber")] }, false],
  ["other data beside addresses", { DataIdentifier: [identifier("CreditCardNumber"), EMAIL] }, true],
  ["what an address may be part of", { DataIdentifier: [identifier("Name")] }, UNKNOWN],
  ["an identifier of the account's own", { DataIdentifier: ["InvoiceNumber"] }, UNKNOWN],
  ["an identifier that is not known", { DataIdentifier: [UNKNOWN] }, UNKNOWN],
  ["on their way out", { DataDirection: "Outbound" }, UNKNOWN],
  ["in no direction there is", { DataDirection: "Sideways" }, false],
  ["audited only", { Operation: { Audit: {} } }, false],
  ["an operation that is not known", { Operation: UNKNOWN }, UNKNOWN],
  ["an operation that is not known, on other data", { Operation: UNKNOWN, DataIdentifier: [] }, false],
])("%s", (_, more, expected) => {
  expect(rejectsAddresses({ Statement: [{ ...denial, ...more }] })).toBe(expected);
});

test("one statement that rejects is enough, and one that nobody knows may", () => {
  const audit = { ...denial, Operation: { Audit: {} } };
  expect(rejectsAddresses({ Statement: [audit, denial] })).toBe(true);
  expect(rejectsAddresses({ Statement: [audit, UNKNOWN] })).toBe(UNKNOWN);
  expect(rejectsAddresses({ Statement: [] })).toBe(false);
});

test("a policy is an object or its text; what is neither may say anything", () => {
  expect(rejectsAddresses(JSON.stringify({ Statement: [denial] }))).toBe(true);
  for (const odd of ["{", "[]", 7, null, {}, { Statement: UNKNOWN }, UNKNOWN])
    expect(rejectsAddresses(odd)).toBe(UNKNOWN);
});
