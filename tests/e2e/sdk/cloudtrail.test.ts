import * as trail from "@aws-sdk/client-cloudtrail";
import { describe, expect, it } from "vitest";
import { person } from "../../unit/account/engine-harness.ts";
import { ADMIN_KEY, openBook } from "./book.ts";

const book = await openBook();
const client = new trail.CloudTrailClient({ ...book.settings, credentials: { accessKeyId: ADMIN_KEY, secretAccessKey: "secret" } });
const send = (command: object): Promise<unknown> => client.send(command as never);
const ok = (command: object) => book.ok(send, command);
const no = (command: object, name: string) => book.no(send, command, name);

const BUCKET = "audit-files";
const ARN = "arn:aws:cloudtrail:us-east-1:123456789012:trail/main";
const missing = "TrailNotFoundException";

async function bucket(): Promise<void> {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const Resource = [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`];
  const Statement = [{ Effect: "Allow", Principal, Action: ["s3:GetBucketAcl", "s3:PutObject"], Resource }];
  await person(book.account, "s3", "CreateBucket", { Bucket: BUCKET });
  await person(book.account, "s3", "PutBucketPolicy", { Bucket: BUCKET, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
}

describe("the SDK's client for cloudtrail", () => {
  it("makes trails, starts, stops and deletes them", async () => {
    await bucket();
    const create = { Name: "main", S3BucketName: BUCKET };
    expect((await ok(new trail.CreateTrailCommand(create)))["TrailARN"]).toBe(ARN);
    await no(new trail.CreateTrailCommand(create), "TrailAlreadyExistsException");
    expect((await ok(new trail.UpdateTrailCommand({ Name: "main", IsMultiRegionTrail: true })))["IsMultiRegionTrail"]).toBe(true);
    await no(new trail.UpdateTrailCommand({ Name: "main", S3BucketName: "nobody" }), "S3BucketDoesNotExistException");
    expect((await ok(new trail.GetTrailCommand({ Name: ARN })))["Trail"]).toMatchObject({ HomeRegion: "us-east-1" });
    await no(new trail.GetTrailCommand({ Name: "none" }), missing);
    expect((await ok(new trail.DescribeTrailsCommand({})))["trailList"]).toMatchObject([{ Name: "main" }]);
    await no(new trail.DescribeTrailsCommand({ trailNameList: ["?"] }), "InvalidTrailNameException");
    expect((await ok(new trail.ListTrailsCommand({})))["Trails"]).toMatchObject([{ Name: "main" }]);
    await no(new trail.ListTrailsCommand({ NextToken: "x" }), "InvalidParameterException");
    await ok(new trail.StartLoggingCommand({ Name: "main" }));
    await no(new trail.StartLoggingCommand({ Name: "none" }), missing);
    expect((await ok(new trail.GetTrailStatusCommand({ Name: "main" })))["StartLoggingTime"]).toBeInstanceOf(Date);
    await no(new trail.GetTrailStatusCommand({ Name: "none" }), missing);
    await ok(new trail.StopLoggingCommand({ Name: "main" }));
    await no(new trail.StopLoggingCommand({ Name: "none" }), missing);
  });

  it("puts selectors and tags", async () => {
    const TrailName = "main";
    const AdvancedEventSelectors = [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }];
    const put = await ok(new trail.PutEventSelectorsCommand({ TrailName, AdvancedEventSelectors }));
    expect(put["AdvancedEventSelectors"]).toEqual(AdvancedEventSelectors);
    await no(new trail.PutEventSelectorsCommand({ TrailName, EventSelectors: [] }), "InvalidEventSelectorsException");
    expect((await ok(new trail.GetEventSelectorsCommand({ TrailName })))["AdvancedEventSelectors"]).toEqual(AdvancedEventSelectors);
    await no(new trail.GetEventSelectorsCommand({ TrailName: "none" }), missing);
    const TagsList = [{ Key: "team", Value: "audit" }];
    await ok(new trail.AddTagsCommand({ ResourceId: ARN, TagsList }));
    await no(new trail.AddTagsCommand({ ResourceId: `${ARN}2`, TagsList }), "ResourceNotFoundException");
    expect((await ok(new trail.ListTagsCommand({ ResourceIdList: [ARN] })))["ResourceTagList"]).toEqual([{ ResourceId: ARN, TagsList }]);
    await no(new trail.ListTagsCommand({ ResourceIdList: ["main"] }), "CloudTrailARNInvalidException");
    await ok(new trail.RemoveTagsCommand({ ResourceId: ARN, TagsList: [{ Key: "team" }] }));
    await no(new trail.RemoveTagsCommand({ ResourceId: `${ARN}2`, TagsList: [{ Key: "team" }] }), "ResourceNotFoundException");
    await ok(new trail.DeleteTrailCommand({ Name: "main" }));
    await no(new trail.DeleteTrailCommand({ Name: "main" }), missing);
  });

  it("looks events up", async () => {
    const by = { LookupAttributes: [{ AttributeKey: "EventName" as const, AttributeValue: "CreateTrail" }] };
    expect((await ok(new trail.LookupEventsCommand(by)))["Events"]).toHaveLength(2);
    await no(new trail.LookupEventsCommand({ MaxResults: 51 }), "InvalidMaxResultsException");
  });

  it("has shown every operation", () => book.complete("cloudtrail"));
});
