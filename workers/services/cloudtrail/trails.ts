/** Trails: create, change, delete, and the ways to see them. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/cloudtrail.ts";
import type { Context } from "../contract.ts";
import { dropPending } from "./pending.ts";
import { bucketTrouble, checkBucketName, checkedTopic, logsTrouble } from "./trail-checks.ts";
import {
  arnIn,
  changeableTrail,
  coversRegion,
  existingTrail,
  shadowOf,
  shownTags,
  statusDocs,
  type TrailDoc,
  trailArn,
  trailDocs,
} from "./trail-documents.ts";
import { checkTrailName } from "./trail-name.ts";
import { checkTags } from "./trail-tags.ts";

type Ops = Operations;
type Settings = Ops["UpdateTrail"]["input"];

const TRAILS_PER_REGION = 5;

/** A trail made through the API does not log before StartLogging. */
export function createTrail(ctx: Context, input: Ops["CreateTrail"]["input"]): Ops["CreateTrail"]["output"] {
  checkTrailName(input.Name);
  const docs = trailDocs(ctx);
  const TrailARN = trailArn(ctx, input.Name);
  if (docs.has(TrailARN))
    throw new ServiceError("TrailAlreadyExistsException", `Trail ${input.Name} already exists for customer: ${ctx.account}`);
  checkQuota(ctx, docs.values(), input.IsMultiRegionTrail === true);
  checkTags(input.TagsList ?? []);
  const fresh: TrailDoc = {
    Name: input.Name,
    TrailARN,
    HomeRegion: ctx.region,
    S3BucketName: input.S3BucketName,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: false,
    tags: shownTags(input.TagsList),
    isLogging: false,
  };
  const trail = withSettings(ctx, fresh, input);
  docs.put(TrailARN, trail);
  return settingsOf(trail);
}

export function updateTrail(ctx: Context, input: Settings): Ops["UpdateTrail"]["output"] {
  const known = changeableTrail(ctx, input.Name);
  const docs = trailDocs(ctx);
  if (input.IsMultiRegionTrail === true && !known.IsMultiRegionTrail)
    checkQuota(
      ctx,
      docs.values().filter((trail) => trail !== known),
      true,
    );
  const trail = withSettings(ctx, known, input);
  docs.put(trail.TrailARN, trail);
  return settingsOf(trail);
}

/** A multi-Region trail counts in every Region. */
function checkQuota(ctx: Context, trails: readonly TrailDoc[], isMultiRegion: boolean): void {
  const regions = isMultiRegion ? [...new Set([ctx.region, ...trails.map((trail) => trail.HomeRegion)])] : [ctx.region];
  const full = regions.find((region) => trails.filter((trail) => coversRegion(trail, region)).length >= TRAILS_PER_REGION);
  if (full !== undefined)
    throw new ServiceError(
      "MaximumNumberOfTrailsExceededException",
      `User: ${ctx.account} already has ${TRAILS_PER_REGION} trails in ${full}.`,
    );
}

/** The trail with what was asked for; every destination is checked as it will be. An empty text takes a setting away. */
function withSettings(ctx: Context, known: TrailDoc, asked: Settings): TrailDoc {
  refuseUnbuilt(ctx, asked);
  const { S3KeyPrefix, SnsTopicARN, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn, ...kept } = known;
  const given = (value: string | undefined, before: string | undefined): string | undefined =>
    value === undefined ? before : value || undefined;
  const bucket = asked.S3BucketName ?? known.S3BucketName;
  const prefix = given(asked.S3KeyPrefix, S3KeyPrefix);
  checkBucketName(bucket, prefix);
  const trouble = bucketTrouble(ctx, { trailArn: known.TrailARN, bucket, prefix });
  if (trouble !== undefined) throw trouble;
  const topic =
    asked.SnsTopicName === undefined
      ? SnsTopicARN
      : asked.SnsTopicName === ""
        ? undefined
        : checkedTopic(ctx, asked.SnsTopicName, known.TrailARN);
  const group = given(asked.CloudWatchLogsLogGroupArn, CloudWatchLogsLogGroupArn);
  const role = given(asked.CloudWatchLogsRoleArn, CloudWatchLogsRoleArn);
  checkLogs(ctx, group, role, known.HomeRegion);
  return {
    ...kept,
    S3BucketName: bucket,
    ...(prefix === undefined ? {} : { S3KeyPrefix: prefix }),
    ...(topic === undefined ? {} : { SnsTopicARN: topic }),
    IncludeGlobalServiceEvents: asked.IncludeGlobalServiceEvents ?? known.IncludeGlobalServiceEvents,
    IsMultiRegionTrail: asked.IsMultiRegionTrail ?? known.IsMultiRegionTrail,
    ...(group === undefined ? {} : { CloudWatchLogsLogGroupArn: group }),
    ...(role === undefined ? {} : { CloudWatchLogsRoleArn: role }),
  };
}

function checkLogs(ctx: Context, group: string | undefined, role: string | undefined, home: string): void {
  if (group === undefined && role === undefined) return;
  if (role === undefined)
    throw new ServiceError("InvalidCloudWatchLogsRoleArnException", "You must specify a role ARN as well as a log group.");
  if (group === undefined)
    throw new ServiceError("InvalidCloudWatchLogsLogGroupArnException", "You must specify a log group as well as a role ARN.");
  const trouble = logsTrouble(ctx, group, role, home);
  if (trouble !== undefined) throw trouble;
}

function refuseUnbuilt(ctx: Context, asked: Settings): void {
  if (asked.IsOrganizationTrail === true)
    throw new ServiceError(
      "OrganizationsNotInUseException",
      `The account ${ctx.account} is not a member of an organization, so it has no organization trails.`,
    );
  if (asked.KmsKeyId !== undefined && asked.KmsKeyId !== "")
    throw new ServiceError("KmsKeyNotFoundException", `The key ${asked.KmsKeyId} does not exist.`, {
      hint: "Nephoscope has no KMS keys yet.",
    });
  if (asked.EnableLogFileValidation === true)
    throw new ServiceError("NotImplemented", "Log file validation (digest files) is not built in Nephoscope yet.", {
      status: 501,
      hint: "Leave EnableLogFileValidation out; log files are delivered without digests.",
    });
  if (asked.IncludeGlobalServiceEvents === false && asked.IsMultiRegionTrail === true)
    throw new ServiceError("InvalidParameterCombinationException", "Multi-Region trail must include global service events.");
}

/** A trail as CreateTrail and UpdateTrail answer it. */
function settingsOf(trail: TrailDoc): Ops["CreateTrail"]["output"] {
  const { Name, S3BucketName, S3KeyPrefix, SnsTopicARN, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn } = trail;
  return {
    Name,
    S3BucketName,
    ...(S3KeyPrefix === undefined ? {} : { S3KeyPrefix }),
    ...(SnsTopicARN === undefined ? {} : { SnsTopicName: SnsTopicARN.slice(SnsTopicARN.lastIndexOf(":") + 1), SnsTopicARN }),
    IncludeGlobalServiceEvents: trail.IncludeGlobalServiceEvents,
    IsMultiRegionTrail: trail.IsMultiRegionTrail,
    TrailARN: trail.TrailARN,
    LogFileValidationEnabled: false,
    ...(CloudWatchLogsLogGroupArn === undefined ? {} : { CloudWatchLogsLogGroupArn }),
    ...(CloudWatchLogsRoleArn === undefined ? {} : { CloudWatchLogsRoleArn }),
    IsOrganizationTrail: false,
  };
}

const described = (trail: TrailDoc) => ({
  ...settingsOf(trail),
  HomeRegion: trail.HomeRegion,
  HasCustomEventSelectors: trail.selectors !== undefined,
  HasInsightSelectors: false,
});

/** Deliveries that were still to come go with the trail; files and log events that are there stay. */
export function deleteTrail(ctx: Context, input: Ops["DeleteTrail"]["input"]): Ops["DeleteTrail"]["output"] {
  const trail = changeableTrail(ctx, input.Name);
  trailDocs(ctx).delete(trail.TrailARN);
  statusDocs(ctx).delete(trail.TrailARN);
  dropPending(ctx, trail);
  return {};
}

export const getTrail = (ctx: Context, input: Ops["GetTrail"]["input"]): Ops["GetTrail"]["output"] => ({
  Trail: described(seenTrail(ctx, input.Name)),
});

/** By name also where it is a shadow trail. */
export function seenTrail(ctx: Context, given: string): TrailDoc {
  const shadow = given.startsWith("arn:") || trailDocs(ctx).has(arnIn(ctx, given)) ? undefined : shadowOf(ctx, given);
  return shadow ?? existingTrail(ctx, given);
}

/** Names that no trail has are left out of the answer, as AWS does. */
export function describeTrails(ctx: Context, input: Ops["DescribeTrails"]["input"]): Ops["DescribeTrails"]["output"] {
  const { trailNameList = [], includeShadowTrails = true } = input;
  const wanted = new Set(trailNameList.map((given) => arnIn(ctx, given)));
  const named = (trail: TrailDoc): boolean => wanted.size === 0 || wanted.has(trail.TrailARN) || trailNameList.includes(trail.Name);
  const here = (trail: TrailDoc): boolean => (includeShadowTrails ? coversRegion(trail, ctx.region) : trail.HomeRegion === ctx.region);
  return {
    trailList: byName(
      trailDocs(ctx)
        .values()
        .filter((trail) => named(trail) && here(trail)),
    ).map(described),
  };
}

/** All trails of the account, whatever their home Region. */
export function listTrails(ctx: Context, input: Ops["ListTrails"]["input"]): Ops["ListTrails"]["output"] {
  if (input.NextToken !== undefined)
    throw new ServiceError("InvalidParameterException", "Invalid token.", {
      hint: "All trails fit in one answer; no token was given out.",
    });
  return { Trails: byName(trailDocs(ctx).values()).map(({ TrailARN, Name, HomeRegion }) => ({ TrailARN, Name, HomeRegion })) };
}

const byName = (trails: readonly TrailDoc[]): readonly TrailDoc[] =>
  [...trails].sort((a, b) => (a.Name < b.Name ? -1 : a.Name > b.Name ? 1 : a.HomeRegion < b.HomeRegion ? -1 : 1));
