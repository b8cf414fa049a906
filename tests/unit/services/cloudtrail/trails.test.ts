import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../../workers/model/errors.ts";
import { ACCOUNT, BUCKET, bucketPolicy, GROUP, ROLE, rights, trailArn, trailHarness, trust } from "./trail-world.ts";

async function refused(work: () => unknown): Promise<ServiceError> {
  try {
    await work();
  } catch (thrown) {
    if (thrown instanceof ServiceError) return thrown;
    throw thrown;
  }
  throw new Error("it was not refused");
}

const create = { Name: "main", S3BucketName: BUCKET };

describe("creating a trail", () => {
  it("answers its settings; it does not log yet", async () => {
    const h = trailHarness();
    const made = await h.call("CreateTrail", create);
    expect(made).toEqual({
      Name: "main",
      S3BucketName: BUCKET,
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: false,
      TrailARN: trailArn("main"),
      LogFileValidationEnabled: false,
      IsOrganizationTrail: false,
    });
    expect(await h.call("GetTrail", { Name: "main" })).toEqual({
      Trail: { ...made, HomeRegion: "us-east-1", HasCustomEventSelectors: false, HasInsightSelectors: false },
    });
    expect(await h.call("GetTrailStatus", { Name: "main" })).toMatchObject({ IsLogging: false, TimeLoggingStarted: "" });
  });

  it.each([
    ["ab", "too short"],
    ["x".repeat(129), "too long"],
    ["a b c", "can only contain"],
    ["-main", "starts with"],
    ["main-", "ends with"],
    ["my..trail", "adjacent"],
    ["192.168.5.4", "IP address"],
  ])("refuses the name %s", async (Name, words) => {
    const error = await refused(() => trailHarness().call("CreateTrail", { ...create, Name }));
    expect(error.code).toBe("InvalidTrailNameException");
    expect(error.message).toContain(words);
  });

  it.each([
    [{ S3BucketName: "Bad_Name" }, "InvalidS3BucketNameException"],
    [{ S3BucketName: "not-there" }, "S3BucketDoesNotExistException"],
    [{ S3KeyPrefix: "x".repeat(201) }, "InvalidS3PrefixException"],
    [{ SnsTopicName: "nobody" }, "InsufficientSnsTopicPolicyException"],
    [{ SnsTopicName: "silent" }, "InsufficientSnsTopicPolicyException"],
    [{ SnsTopicName: "not a name" }, "InvalidSnsTopicNameException"],
    [{ CloudWatchLogsLogGroupArn: GROUP }, "InvalidCloudWatchLogsRoleArnException"],
    [{ CloudWatchLogsRoleArn: ROLE }, "InvalidCloudWatchLogsLogGroupArnException"],
    [
      { CloudWatchLogsLogGroupArn: GROUP.replace("CloudTrail/", ""), CloudWatchLogsRoleArn: ROLE },
      "InvalidCloudWatchLogsLogGroupArnException",
    ],
    [{ CloudWatchLogsLogGroupArn: GROUP, CloudWatchLogsRoleArn: `${ROLE}2` }, "InvalidCloudWatchLogsRoleArnException"],
    [{ IsOrganizationTrail: true }, "OrganizationsNotInUseException"],
    [{ KmsKeyId: "alias/key" }, "KmsKeyNotFoundException"],
    [{ EnableLogFileValidation: true }, "NotImplemented"],
    [{ IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false }, "InvalidParameterCombinationException"],
    [{ TagsList: [{ Key: "a" }, { Key: "a" }] }, "InvalidTagParameterException"],
    [{ TagsList: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}` })) }, "TagsLimitExceededException"],
  ])("refuses %o with %s", async (input, code) => {
    const h = trailHarness();
    expect((await refused(() => h.call("CreateTrail", { ...create, ...input }))).code).toBe(code);
    expect(await h.call("ListTrails", {})).toEqual({ Trails: [] });
  });

  it("wants a bucket policy that lets CloudTrail in for this trail, under this prefix", async () => {
    const h = trailHarness();
    const bucket = h.others["s3/bucket"]![BUCKET]!;
    const error = async (more: object = {}): Promise<string> =>
      (await refused(() => h.call("CreateTrail", { ...create, ...more }))).message;
    const words = `Incorrect S3 bucket policy is detected for bucket: ${BUCKET}`;
    for (const policy of [undefined, "{}", bucketPolicy("other"), bucketPolicy("main", "there/")]) {
      bucket["policy"] = policy;
      expect(await error()).toBe(words);
    }
    bucket["policy"] = bucketPolicy("main");
    expect(await error({ S3KeyPrefix: "there" })).toBe(words);
    await h.call("CreateTrail", create);
    bucket["policy"] = bucketPolicy("second", "there/");
    await h.call("CreateTrail", { ...create, Name: "second", S3KeyPrefix: "there" });
  });

  it("wants a role that trusts CloudTrail and may write the log stream", async () => {
    const h = trailHarness();
    const role = h.others["iam/role"]!["trail-logs"]!;
    const input = { ...create, CloudWatchLogsLogGroupArn: GROUP, CloudWatchLogsRoleArn: ROLE };
    const error = async (change: object): Promise<string> => {
      Object.assign(role, { AssumeRolePolicyDocument: trust, inline: { rights }, attached: [], ...change });
      return (await refused(() => h.call("CreateTrail", input))).message;
    };
    expect(await error({ AssumeRolePolicyDocument: trust.replace("cloudtrail", "ec2") })).toContain("trust relationships");
    expect(await error({ inline: {} })).toBe("Access denied. Check the permissions for your role.");
    expect(await error({ inline: { rights: rights.replace("PutLogEvents", "GetLogEvents") } })).toContain("permissions");
    const boundary = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
    expect(await error({ boundary })).toContain("permissions");
    const managed = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy";
    Object.assign(role, { inline: {}, attached: [managed], boundary: managed });
    expect(await h.call("CreateTrail", input)).toMatchObject({ CloudWatchLogsLogGroupArn: GROUP, CloudWatchLogsRoleArn: ROLE });
  });

  it("knows a role that every account has, whom it does not trust", async () => {
    const CloudWatchLogsRoleArn = `arn:aws:iam::${ACCOUNT}:role/CloudWatchAgentServerRole`;
    const h = trailHarness();
    const input = { ...create, CloudWatchLogsLogGroupArn: GROUP, CloudWatchLogsRoleArn };
    expect((await refused(() => h.call("CreateTrail", input))).message).toContain("trust relationships");
    const seeded = { Arn: CloudWatchLogsRoleArn, AssumeRolePolicyDocument: trust, inline: {}, attached: [] };
    h.others["iam/role"]!["cloudwatchagentserverrole"] = { ...seeded, attached: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"] };
    expect(await h.call("CreateTrail", input)).toMatchObject({ CloudWatchLogsRoleArn });
  });

  it("takes five trails a Region, and no name twice", async () => {
    const h = trailHarness();
    for (let i = 1; i <= 5; i++) await h.call("CreateTrail", { ...create, Name: `trail${i}` });
    expect(await refused(() => h.call("CreateTrail", { ...create, Name: "trail1" }))).toMatchObject({
      code: "TrailAlreadyExistsException",
      message: `Trail trail1 already exists for customer: ${ACCOUNT}`,
    });
    expect(await refused(() => h.call("CreateTrail", create))).toMatchObject({
      code: "MaximumNumberOfTrailsExceededException",
      message: `User: ${ACCOUNT} already has 5 trails in us-east-1.`,
    });
  });
});

describe("changing and seeing trails", () => {
  it("changes what is given and takes away what is empty", async () => {
    const h = trailHarness();
    await h.call("CreateTrail", {
      ...create,
      S3KeyPrefix: "p",
      SnsTopicName: "told",
      CloudWatchLogsLogGroupArn: GROUP,
      CloudWatchLogsRoleArn: ROLE,
    });
    expect(await h.call("UpdateTrail", { Name: trailArn("main"), IsMultiRegionTrail: true })).toMatchObject({
      S3KeyPrefix: "p",
      SnsTopicName: "told",
      IsMultiRegionTrail: true,
    });
    const bare = await h.call("UpdateTrail", {
      Name: "main",
      S3KeyPrefix: "",
      SnsTopicName: "",
      CloudWatchLogsLogGroupArn: "",
      CloudWatchLogsRoleArn: "",
    });
    for (const member of ["S3KeyPrefix", "SnsTopicName", "SnsTopicARN", "CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn"])
      expect(bare).not.toHaveProperty(member);
  });

  it("shows a multi-Region trail everywhere and lets it be changed at home only", async () => {
    const h = trailHarness();
    await h.call("CreateTrail", { ...create, IsMultiRegionTrail: true });
    await h.call("CreateTrail", { ...create, Name: "local" });
    const abroad = { region: "eu-west-1" };
    const names = async (input: object): Promise<string[]> =>
      (await h.call<{ trailList: { Name: string }[] }>("DescribeTrails", input, abroad)).trailList.map(({ Name }) => Name);
    expect(await names({})).toEqual(["main"]);
    expect(await names({ includeShadowTrails: false })).toEqual([]);
    expect(await names({ trailNameList: ["nobody"] })).toEqual([]);
    expect(await h.call("GetTrail", { Name: "main" }, abroad)).toMatchObject({ Trail: { HomeRegion: "us-east-1" } });
    expect((await refused(() => h.call("GetTrail", { Name: "local" }, abroad))).code).toBe("TrailNotFoundException");
    for (const [operation, input] of [
      ["StopLogging", { Name: "main" }],
      ["DeleteTrail", { Name: trailArn("main") }],
      ["UpdateTrail", { Name: "main" }],
      ["PutEventSelectors", { TrailName: "main", EventSelectors: [{}] }],
    ] as const)
      expect((await refused(() => h.call(operation, input, abroad))).code).toBe("InvalidHomeRegionException");
    expect(await h.call("ListTrails", {}, abroad)).toMatchObject({ Trails: [{ Name: "local" }, { Name: "main" }] });
  });

  it("does not know a trail that is gone, nor what is no name and no ARN", async () => {
    const h = trailHarness();
    await h.call("CreateTrail", create);
    await h.call("DeleteTrail", { Name: "main" });
    for (const operation of ["GetTrail", "GetTrailStatus", "StartLogging", "StopLogging", "DeleteTrail", "UpdateTrail"])
      expect(await refused(() => h.call(operation, { Name: "main" }))).toMatchObject({
        code: "TrailNotFoundException",
        message: `Unknown trail: main for the user: ${ACCOUNT}`,
      });
    expect((await refused(() => h.call("GetTrail", { Name: "arn:aws:s3:::b" }))).code).toBe("CloudTrailARNInvalidException");
    expect((await refused(() => h.call("GetTrail", { Name: "?" }))).code).toBe("InvalidTrailNameException");
  });

  it("starts and stops, and remembers when", async () => {
    const h = trailHarness();
    await h.call("CreateTrail", create);
    await h.call("StartLogging", { Name: "main" });
    const started = h.now;
    h.now += 60_000;
    await h.call("StartLogging", { Name: "main" });
    await h.call("StopLogging", { Name: "main" });
    expect(await h.call("GetTrailStatus", { Name: "main" })).toMatchObject({
      IsLogging: false,
      StartLoggingTime: started,
      StopLoggingTime: h.now,
    });
  });

  it("keeps tags by key", async () => {
    const h = trailHarness();
    await h.call("CreateTrail", { ...create, TagsList: [{ Key: "a", Value: "1" }] });
    const ResourceId = trailArn("main");
    await h.call("AddTags", { ResourceId, TagsList: [{ Key: "a", Value: "2" }, { Key: "b" }] });
    await h.call("RemoveTags", { ResourceId, TagsList: [{ Key: "nothing" }] });
    expect(await h.call("ListTags", { ResourceIdList: [ResourceId] })).toEqual({
      ResourceTagList: [
        {
          ResourceId,
          TagsList: [
            { Key: "a", Value: "2" },
            { Key: "b", Value: "" },
          ],
        },
      ],
    });
    expect((await refused(() => h.call("AddTags", { ResourceId: trailArn("none"), TagsList: [] }))).code).toBe("ResourceNotFoundException");
    expect((await refused(() => h.call("AddTags", { ResourceId: "main", TagsList: [] }))).code).toBe("CloudTrailARNInvalidException");
    expect((await refused(() => h.call("AddTags", { ResourceId, TagsList: [{ Key: "aws:x" }] }))).code).toBe(
      "InvalidTagParameterException",
    );
  });
});

describe("a trail's selectors", () => {
  it("are the default until some are put; one kind takes the other away", async () => {
    const h = trailHarness();
    await h.call("CreateTrail", create);
    const TrailName = "main";
    const whole = { ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] };
    expect(await h.call("GetEventSelectors", { TrailName })).toEqual({ TrailARN: trailArn("main"), EventSelectors: [whole] });
    const basic = { TrailARN: trailArn("main"), EventSelectors: [{ ...whole, ReadWriteType: "ReadOnly" }] };
    expect(await h.call("PutEventSelectors", { TrailName, EventSelectors: [{ ReadWriteType: "ReadOnly" }] })).toEqual(basic);
    expect(await h.call("GetEventSelectors", { TrailName })).toEqual(basic);
    expect(await h.call("GetTrail", { Name: "main" })).toMatchObject({ Trail: { HasCustomEventSelectors: true } });
    const AdvancedEventSelectors = [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }];
    await h.call("PutEventSelectors", { TrailName, AdvancedEventSelectors });
    expect(await h.call("GetEventSelectors", { TrailName })).toEqual({ TrailARN: trailArn("main"), AdvancedEventSelectors });
    for (const input of [{}, { EventSelectors: [{}], AdvancedEventSelectors }, { EventSelectors: [{ ReadWriteType: "Some" }] }])
      expect((await refused(() => h.call("PutEventSelectors", { TrailName, ...input }))).code).toBe("InvalidEventSelectorsException");
    expect(await h.call("GetEventSelectors", { TrailName })).toEqual({ TrailARN: trailArn("main"), AdvancedEventSelectors });
  });
});
