import { expect, it } from "vitest";
import { getCallerIdentity } from "../../../../workers/services/sts/definition.ts";
import { bench } from "../events/bench.ts";

it.each([
  [
    {
      id: "developer",
      type: "IAMUser",
      accountId: "123456789012",
      userName: "dev",
      principalId: "AIDA1",
      arn: "arn:aws:iam::123456789012:user/dev",
    },
    { UserId: "AIDA1", Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/dev" },
  ],
  [
    { id: "root", type: "Root", accountId: "123456789012" },
    { UserId: "123456789012", Account: "123456789012", Arn: "arn:aws:iam::123456789012:root" },
  ],
] as const)("answers who %o is", (identity, expected) => {
  const made = bench();
  made.identity = identity;
  expect(getCallerIdentity(made.ctx)).toEqual(expected);
});
