/** Trails as documents, and how they are found. All lie in the Region `global`, since a multi-Region trail works in every Region. */

import { DEFAULT_SELECTORS } from "../../language/trail-selectors/evaluate.ts";
import type { TrailSelectors } from "../../language/trail-selectors/tree.ts";
import { arnOf, parseArn } from "../../model/arn.ts";
import { ServiceError } from "../../model/errors.ts";
import type { AdvancedEventSelector, EventSelector } from "../../model/generated/cloudtrail.ts";
import type { Context, Documents, Scope } from "../contract.ts";
import { checkTrailName } from "./trail-name.ts";

export interface TrailDoc {
  readonly Name: string;
  readonly TrailARN: string;
  readonly HomeRegion: string;
  readonly S3BucketName: string;
  readonly S3KeyPrefix?: string;
  readonly SnsTopicARN?: string;
  readonly IncludeGlobalServiceEvents: boolean;
  readonly IsMultiRegionTrail: boolean;
  readonly CloudWatchLogsLogGroupArn?: string;
  readonly CloudWatchLogsRoleArn?: string;
  /** Absent: what a trail takes without selectors. */
  readonly selectors?: { readonly basic: readonly EventSelector[] } | { readonly advanced: readonly AdvancedEventSelector[] };
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly isLogging: boolean;
  /** Epoch ms. */
  readonly startLoggingTime?: number;
  readonly stopLoggingTime?: number;
}

/** What became of a trail's deliveries. */
export interface StatusDoc {
  readonly deliveryTime?: number;
  readonly deliveryError?: string;
  readonly attemptTime?: number;
  readonly notificationTime?: number;
  readonly notificationError?: string;
  readonly logsTime?: number;
  readonly logsError?: string;
}

const GLOBAL = { region: "global" } as const;

export const trailDocs = (ctx: Context): Documents<TrailDoc> => ctx.docs<TrailDoc>("trail", GLOBAL);
export const statusDocs = (ctx: Context): Documents<StatusDoc> => ctx.docs<StatusDoc>("trail-status", GLOBAL);

export const trailArn = (scope: Scope, name: string): string => arnOf("cloudtrail", scope.region, scope.account, `trail/${name}`);

/** What a trail takes. */
export const selectorsOf = (trail: TrailDoc): TrailSelectors => trail.selectors ?? DEFAULT_SELECTORS;

/** Whether a trail works in a Region. */
export const coversRegion = (trail: TrailDoc, region: string): boolean => trail.HomeRegion === region || trail.IsMultiRegionTrail;

export const shownTags = (tags: readonly { readonly Key: string; readonly Value?: string }[] = []): TrailDoc["tags"] =>
  tags.map(({ Key, Value = "" }) => ({ Key, Value }));

const unknownTrail = (ctx: Context, given: string): ServiceError =>
  new ServiceError("TrailNotFoundException", `Unknown trail: ${given} for the user: ${ctx.account}`, {
    hint: "A trail is named in its home Region; from other Regions it is reached by its ARN.",
  });

/** ARN that a name or an ARN means in this Region; refuses what is neither. */
export function arnIn(ctx: Context, given: string): string {
  if (!given.startsWith("arn:")) {
    checkTrailName(given);
    return trailArn(ctx, given);
  }
  const arn = parseArn(given);
  if (arn === undefined || arn.service !== "cloudtrail" || !arn.resource.startsWith("trail/"))
    throw new ServiceError("CloudTrailARNInvalidException", `${given} is not the ARN of a trail.`, {
      hint: `Such as ${trailArn(ctx, "my-trail")}.`,
    });
  return given;
}

/** The trail of a name or ARN, or TrailNotFoundException. */
export function existingTrail(ctx: Context, given: string): TrailDoc {
  const trail = trailDocs(ctx).get(arnIn(ctx, given));
  if (trail === undefined || !coversRegion(trail, ctx.region)) throw unknownTrail(ctx, given);
  return trail;
}

/** The same, to change it: only from its home Region. */
export function changeableTrail(ctx: Context, given: string): TrailDoc {
  const trail = trailDocs(ctx).get(arnIn(ctx, given));
  if (trail === undefined) {
    const elsewhere = given.startsWith("arn:") ? undefined : shadowOf(ctx, given);
    if (elsewhere === undefined) throw unknownTrail(ctx, given);
    throw wrongRegion(elsewhere);
  }
  if (trail.HomeRegion !== ctx.region) throw wrongRegion(trail);
  return trail;
}

/** A multi-Region trail of that name whose home is another Region. */
export const shadowOf = (ctx: Context, name: string): TrailDoc | undefined =>
  trailDocs(ctx)
    .values()
    .find((trail) => trail.Name === name && trail.IsMultiRegionTrail);

const wrongRegion = (trail: TrailDoc): ServiceError =>
  new ServiceError(
    "InvalidHomeRegionException",
    `The trail ${trail.Name} can only be changed from the Region in which it was created: ${trail.HomeRegion}.`,
  );
