/** Requests and reads that several parts of these pages share. */
import { type Accessor, createMemo } from "solid-js";
import type { UiReply, UiRequest } from "../../../workers/api.ts";
import type { AdvancedSelector, BasicSelector } from "../../../workers/language/trail-selectors/tree.ts";
import { useClient } from "../../client/context.ts";
import { createLook, createRead, type Read } from "../../client/resource.ts";

export const request = (service: string, operation: string, input: Readonly<Record<string, unknown>>): UiRequest => ({
  service,
  operation,
  input,
  via: "form",
});

export function useRegion(): Accessor<string> {
  const { pulse } = useClient();
  return createMemo(() => pulse()?.region ?? "us-east-1");
}

/** CloudTrail's look `trails`. Moments are epoch ms. */
export interface TrailRow {
  readonly Name: string;
  readonly TrailARN: string;
  readonly HomeRegion: string;
  readonly S3BucketName: string;
  readonly S3KeyPrefix?: string;
  readonly IsMultiRegionTrail: boolean;
  readonly CloudWatchLogsLogGroupArn?: string;
  readonly CloudWatchLogsRoleArn?: string;
  readonly selectors?: { readonly basic: readonly BasicSelector[] } | { readonly advanced: readonly AdvancedSelector[] };
  readonly isLogging: boolean;
  readonly startLoggingTime?: number;
  readonly stopLoggingTime?: number;
  readonly status: {
    readonly deliveryTime?: number;
    readonly deliveryError?: string;
    readonly attemptTime?: number;
    readonly logsTime?: number;
    readonly logsError?: string;
  };
}

export function useTrails(): Read<readonly TrailRow[]> {
  const region = useRegion();
  return createLook<readonly TrailRow[]>(() => ({ service: "cloudtrail", view: "trails", region: region() }), { follow: "version" });
}

export interface Bucket {
  readonly Name: string;
  readonly CreationDate?: number;
}

export function useBuckets(): { readonly read: Read<UiReply>; readonly list: Accessor<readonly Bucket[]> } {
  const read = createRead(() => ({ service: "s3", operation: "ListBuckets", input: {} }), { follow: "version" });
  return { read, list: createMemo(() => (read.data()?.output["Buckets"] as readonly Bucket[] | undefined) ?? []) };
}

/** A bucket's policy as text; `none` when it has none. */
export function useBucketPolicy(bucket: () => string | undefined): {
  readonly read: Read<UiReply>;
  readonly text: Accessor<string | undefined>;
  readonly isNone: Accessor<boolean>;
} {
  const read = createRead(
    () => {
      const Bucket = bucket();
      return Bucket === undefined ? undefined : { service: "s3", operation: "GetBucketPolicy", input: { Bucket } };
    },
    { follow: "version" },
  );
  const isNone = (): boolean => read.error()?.code === "NoSuchBucketPolicy";
  return { read, isNone, text: () => (isNone() ? undefined : (read.data()?.output["Policy"] as string | undefined)) };
}
