/** StartLogging, StopLogging, and how a trail's deliveries go. */
import type { Operations } from "../../model/generated/cloudtrail.ts";
import type { Context } from "../contract.ts";
import { changeableTrail, statusDocs, trailDocs } from "./trail-documents.ts";
import { seenTrail } from "./trails.ts";

type Ops = Operations;

export function startLogging(ctx: Context, input: Ops["StartLogging"]["input"]): Ops["StartLogging"]["output"] {
  const trail = changeableTrail(ctx, input.Name);
  if (!trail.isLogging) trailDocs(ctx).put(trail.TrailARN, { ...trail, isLogging: true, startLoggingTime: ctx.now });
  return {};
}

/** What was taken before is still delivered. */
export function stopLogging(ctx: Context, input: Ops["StopLogging"]["input"]): Ops["StopLogging"]["output"] {
  const trail = changeableTrail(ctx, input.Name);
  if (trail.isLogging) trailDocs(ctx).put(trail.TrailARN, { ...trail, isLogging: false, stopLoggingTime: ctx.now });
  return {};
}

export function getTrailStatus(ctx: Context, input: Ops["GetTrailStatus"]["input"]): Ops["GetTrailStatus"]["output"] {
  const trail = seenTrail(ctx, input.Name);
  const status = statusDocs(ctx).get(trail.TrailARN) ?? {};
  const text = (moment: number | undefined): string => (moment === undefined ? "" : `${new Date(moment).toISOString().slice(0, 19)}Z`);
  const whenKnown = (name: string, value: string | number | undefined) => (value === undefined ? {} : { [name]: value });
  return {
    IsLogging: trail.isLogging,
    ...whenKnown("LatestDeliveryError", status.deliveryError),
    ...whenKnown("LatestNotificationError", status.notificationError),
    ...whenKnown("LatestDeliveryTime", status.deliveryTime),
    ...whenKnown("LatestNotificationTime", status.notificationTime),
    ...whenKnown("StartLoggingTime", trail.startLoggingTime),
    ...whenKnown("StopLoggingTime", trail.stopLoggingTime),
    ...whenKnown("LatestCloudWatchLogsDeliveryError", status.logsError),
    ...whenKnown("LatestCloudWatchLogsDeliveryTime", status.logsTime),
    LatestDeliveryAttemptTime: text(status.attemptTime),
    LatestNotificationAttemptTime: text(status.notificationTime),
    LatestNotificationAttemptSucceeded: text(status.notificationError === undefined ? status.notificationTime : undefined),
    LatestDeliveryAttemptSucceeded: text(status.deliveryTime),
    TimeLoggingStarted: text(trail.startLoggingTime),
    TimeLoggingStopped: text(trail.stopLoggingTime),
  };
}
