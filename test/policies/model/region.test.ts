import { findPartition, partitionOf, regionName, sameRegion, snsPrincipals } from "../../../policies/model/region";
import { ANY_PART, UNKNOWN } from "../../../policies/model/value";

test("an unknown Region equals only that of the same provider", () => {
  expect(sameRegion("us-east-1", "us-east-1")).toBe(true);
  expect(sameRegion("us-east-1", "us-east-2")).toBe(false);
  expect(sameRegion("?urn:a", "?urn:a")).toBe(true);
  expect(sameRegion("?urn:a", "?urn:b")).toBe(UNKNOWN);
  expect(sameRegion("?urn:a", "us-east-1")).toBe(UNKNOWN);
  expect([regionName("us-east-1"), regionName("?urn:a")]).toEqual(["us-east-1", null]);
});

test.each([
  ["us-east-1", "aws", "amazonaws.com"],
  ["mx-central-1", "aws", "amazonaws.com"],
  ["cn-northwest-1", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
  ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
  ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
  ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
  ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
  ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
])("%s is of %s", (region, id, dnsSuffix) => {
  expect(findPartition(region)).toMatchObject({ id, dnsSuffix });
  expect(partitionOf(region)).toBe(id);
});

test.each(["moon-north-1", "", "us-east-1.example.com", "xus-east-1"])("%j is of any partition", (region) => {
  expect(findPartition(region)).toBeUndefined();
  expect(partitionOf(region)).toBe(ANY_PART);
});

describe("snsPrincipals", () => {
  test.each(["us-east-1", "eu-north-1", "ap-northeast-1", "cn-north-1", "us-gov-west-1"])(
    "%s has none of its own",
    (region) => {
      expect(snsPrincipals(region)).toEqual(["sns.amazonaws.com"]);
    },
  );

  // The last two: opened after this was written, and of a partition that nobody has heard of.
  test.each(["ap-east-1", "af-south-1", "eu-south-1", "me-central-1", "ap-northeast-3", "ca-west-9", "moon-north-1"])(
    "%s has its own",
    (region) => {
      expect(snsPrincipals(region)).toEqual(["sns.amazonaws.com", `sns.${region}.amazonaws.com`]);
    },
  );

  test("a Region that is not known may have its own", () => {
    expect(snsPrincipals("?urn:a")).toEqual(["sns.amazonaws.com", `sns.${ANY_PART}.amazonaws.com`]);
  });
});
