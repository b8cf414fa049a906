import { describe, expect, it } from "vitest";
import { arnOf, formatArn, parseArn } from "../../../workers/model/arn.ts";

describe("ARNs", () => {
  it.each(["arn:aws:logs:us-east-1:123456789012:log-group:g:*", "arn:aws:s3:::bucket/key", "arn:aws:cloudwatch::123456789012:dashboard/d"])(
    "%s comes apart and together",
    (text) => {
      expect(formatArn(parseArn(text)!)).toBe(text);
    },
  );

  it("keeps colons in the resource", () => {
    expect(parseArn("arn:aws:logs:us-east-1:123456789012:log-group:g:*")?.resource).toBe("log-group:g:*");
  });

  it.each([
    "",
    "arn:aws:sns",
    "arn:aws:sns:us-east-1:123456789012:",
    "urn:aws:sns:us-east-1:123456789012:t",
    "arn::sns:us-east-1:123456789012:t",
  ])("%j is none", (text) => {
    expect(parseArn(text)).toBeUndefined();
  });

  it("are made in the partition of the Region", () => {
    expect(arnOf("sns", "cn-north-1", "123456789012", "t")).toBe("arn:aws-cn:sns:cn-north-1:123456789012:t");
    expect(arnOf("sns", "eu-west-1", "123456789012", "t")).toBe("arn:aws:sns:eu-west-1:123456789012:t");
  });
});
