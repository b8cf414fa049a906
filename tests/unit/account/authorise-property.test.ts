import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { isPlain } from "../../../workers/account/admission.ts";
import { isAllowed, judge } from "../../../workers/account/authorise.ts";
import { createHouse } from "../../../workers/account/house.ts";
import { identify } from "../../../workers/account/identity.ts";
import { loadServices } from "../../../workers/engine.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { loadModels } from "../../../workers/model/models.ts";
import { PEOPLE } from "../../../workers/services/iam/people.ts";
import { memoryChunks } from "../services/harness.ts";
import { openTestAccount, person, scenario } from "./engine-harness.ts";

const [services, models] = await Promise.all([loadServices(), loadModels()]);
const freshHouse = () => createHouse({ scenario: scenario(), kernels: referenceKernels, models, services, chunks: memoryChunks() });

/** Calls that change nothing, each of another service. */
const CALLS = [
  ["logs", "DescribeLogGroups", "logs:DescribeLogGroups", "arn:aws:logs:us-east-1:123456789012:log-group:*"],
  ["cloudwatch", "DescribeAlarms", "cloudwatch:DescribeAlarms", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:*"],
  ["cloudwatch", "ListMetrics", "cloudwatch:ListMetrics", "*"],
  ["sns", "ListTopics", "sns:ListTopics", "arn:aws:sns:us-east-1:123456789012:*"],
  ["iam", "ListUsers", "iam:ListUsers", "arn:aws:iam::123456789012:user/"],
] as const;

const action = fc.constantFrom("*", "logs:*", "logs:Describe*", "cloudwatch:?ist*", "sns:ListTopics", "SNS:list*", "iam:*", "s3:*");
const resource = fc.constantFrom(
  "*",
  "arn:aws:logs:*:*:*",
  "arn:aws:*:us-east-1:*:*",
  "arn:aws:sns:eu-*:*:*",
  "arn:aws:iam::*:user/*",
  `arn:aws:iam::*:user/\${aws:username}`,
);
const condition = fc.constantFrom<object>(
  {},
  { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
  { StringNotEquals: { "aws:username": "intruder" } },
  { Null: { "aws:PrincipalTag/team": "true" } },
  { DateGreaterThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } },
  { "ForAllValues:StringLike": { "aws:TagKeys": ["a*"] } },
);
const statement = (effect: fc.Arbitrary<"Allow" | "Deny">) =>
  fc
    .record({
      Effect: effect,
      isNotAction: fc.boolean(),
      isNotResource: fc.boolean(),
      actions: fc.uniqueArray(action, { minLength: 1, maxLength: 2 }),
      resources: fc.uniqueArray(resource, { minLength: 1, maxLength: 2 }),
      Condition: condition,
    })
    .map(({ Effect, isNotAction, isNotResource, actions, resources, Condition }) => ({
      Effect,
      [isNotAction ? "NotAction" : "Action"]: actions,
      [isNotResource ? "NotResource" : "Resource"]: resources,
      Condition,
    }));
const statements = fc.array(statement(fc.constantFrom("Allow", "Allow", "Deny")), { minLength: 1, maxLength: 3 });

const put = (account: Account, list: readonly object[]) =>
  person(
    account,
    "iam",
    "PutUserPolicy",
    { UserName: "intruder", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: list }) },
    { caller: { kind: "person", principal: "admin" } },
  );

/** Which of the calls the intruder may make. */
async function access(account: Account): Promise<readonly boolean[]> {
  const answers: boolean[] = [];
  for (const [service, operation] of CALLS) {
    const call = account.call({
      service,
      operation,
      input: {},
      region: "us-east-1",
      caller: { kind: "screen", principal: "intruder" },
      via: "panel",
    });
    answers.push(
      await call.then(
        () => true,
        (thrown: { code?: string }) => {
          expect(thrown.code, operation).toMatch(/^(AccessDenied|AccessDeniedException|AuthorizationError)$/);
          return false;
        },
      ),
    );
  }
  return answers;
}

describe("through the door", () => {
  it("another Allow never takes access away", async () => {
    const account = await openTestAccount({ journal: false });
    let some = 0;
    await fc.assert(
      fc.asyncProperty(statements, statement(fc.constant("Allow")), async (before, more) => {
        await put(account, before);
        const had = await access(account);
        await put(account, [...before, more]);
        const has = await access(account);
        some += has.filter((may) => may).length;
        expect(had.filter((may, i) => may && !has[i])).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(some).toBeGreaterThan(60);
  });

  it("a Deny always wins", async () => {
    const account = await openTestAccount({ journal: false });
    const which = fc.integer({ min: 0, max: CALLS.length - 1 });
    await fc.assert(
      fc.asyncProperty(statements, which, fc.boolean(), async (others, place, isFirst) => {
        const deny = { Effect: "Deny", Action: CALLS[place]?.[2], Resource: "*" };
        await put(account, isFirst ? [deny, ...others] : [...others, deny]);
        expect((await access(account))[place]).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what is kept of decisions", () => {
  it("says what the whole judgement says", async () => {
    const house = freshHouse();
    const users = house.documents.open<object>("123456789012/global/iam/user", true, () => {
      house.versions["iam"] = (house.versions["iam"] ?? 0) + 1;
    });
    const context = () => ({ "aws:RequestedRegion": "us-east-1", "aws:CurrentTime": "2026-03-12T09:00:00Z" });
    fc.assert(
      fc.property(statements, fc.option(statements, { nil: undefined }), (own, boundary) => {
        const text = (list: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: list });
        const arn = "arn:aws:iam::123456789012:policy/b";
        const doc = {
          UserName: "jane",
          UserId: "AIDA",
          Path: "/",
          Arn: "arn:aws:iam::123456789012:user/jane",
          CreateDate: 0,
          inline: { p: text(own) },
          attached: [],
          Tags: [],
        };
        const policies = house.documents.open<object>("123456789012/global/iam/policy", true, () => undefined);
        policies.put(arn, {
          Arn: arn,
          PolicyName: "b",
          DefaultVersionId: "v1",
          versions: [{ VersionId: "v1", Document: text(boundary ?? []), CreateDate: 0 }],
        });
        users.put("jane", boundary === undefined ? doc : { ...doc, boundary: arn });
        const identity = identify(house, "123456789012", "person", "jane");
        for (const [, , name, touched] of CALLS) {
          const question = { identity, action: name, resource: touched, context };
          const whole = judge(house, question).verdict.isAllowed;
          expect(isAllowed(house, question)).toBe(whole);
          expect(isAllowed(house, question)).toBe(whole);
        }
      }),
    );
  });

  it("lets nobody do without policies what the policies of a fresh account do not allow", () => {
    const house = freshHouse();
    let plain = 0;
    for (const name of PEOPLE) {
      const identity = identify(house, "123456789012", "person", name);
      for (const service of services)
        for (const entry of Object.values(service.operations)) {
          if (!isPlain({ house, service, entry, identity }) || entry.action === "sts:GetCallerIdentity") continue;
          plain++;
          for (const touched of ["*", "arn:aws:logs:us-east-1:123456789012:log-group:x:*"])
            expect(
              judge(house, { identity, action: entry.action, resource: touched, context: () => ({}) }).verdict.isAllowed,
              `${name} ${entry.action}`,
            ).toBe(true);
        }
    }
    expect(plain).toBeGreaterThan(100);
  });
});
