/** What S3 keeps: buckets by name, and per bucket its objects by key. All lie in the Region `global`: names are unique everywhere. */
import type { Context, Documents } from "../contract.ts";
import { noSuchBucket } from "./failures.ts";

export interface BucketDoc {
  readonly name: string;
  readonly region: string;
  /** Epoch ms. */
  readonly created: number;
  /** JSON text. CloudTrail reads it too, before it takes a bucket for a trail. */
  readonly policy?: string;
  /** Objects that come and go are told to EventBridge. */
  readonly eventBridge: boolean;
}

export interface ObjectDoc {
  /** Id of the bytes in the store. */
  readonly blob: string;
  readonly size: number;
  /** MD5 in hex, without the quotes it is sent with. */
  readonly etag: string;
  /** Epoch ms. */
  readonly lastModified: number;
  /** Headers that come back as they were given, by the name of their member. */
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const GLOBAL = { region: "global" } as const;

export const bucketDocs = (ctx: Context): Documents<BucketDoc> => ctx.docs<BucketDoc>("bucket", GLOBAL);
export const objectDocs = (ctx: Context, bucket: string): Documents<ObjectDoc> => ctx.docs<ObjectDoc>(`object-${bucket}`, GLOBAL);

export function existingBucket(ctx: Context, name: string): BucketDoc {
  const bucket = bucketDocs(ctx).get(name);
  if (bucket === undefined) throw noSuchBucket(name);
  return bucket;
}

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;
export const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;
