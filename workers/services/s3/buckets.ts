/** Buckets: create, delete, list, and where they are. */
import { digestTexts } from "../../model/digest.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/s3.ts";
import type { Context } from "../contract.ts";
import { placeToken } from "../place-token.ts";
import { type BucketDoc, bucketArn, bucketDocs, existingBucket, objectDocs } from "./documents.ts";
import { alreadyOwned, bucketNotEmpty, invalidBucketName, notFound } from "./failures.ts";
import { keyIn } from "./page-tokens.ts";

type Ops = Operations;

/** The Region that has no location constraint. */
const FIRST_REGION = "us-east-1";

export function createBucket(ctx: Context, input: Ops["CreateBucket"]["input"]): Ops["CreateBucket"]["output"] {
  const name = input.Bucket;
  if (!isBucketName(name)) throw invalidBucketName(name);
  checkLocation(ctx, input.CreateBucketConfiguration?.LocationConstraint);
  const answer = { Location: ctx.region === FIRST_REGION ? `/${name}` : `http://${name}.s3.amazonaws.com/` };
  const docs = bucketDocs(ctx);
  const known = docs.get(name);
  if (known !== undefined) {
    // In us-east-1 alone, making one's own bucket again succeeds and changes nothing (API reference, CreateBucket).
    if (known.region !== FIRST_REGION || ctx.region !== FIRST_REGION) throw alreadyOwned(name);
    return answer;
  }
  docs.put(name, { name, region: ctx.region, created: ctx.now, eventBridge: false });
  return answer;
}

/** User guide, General purpose bucket naming rules. */
function isBucketName(name: string): boolean {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes("..")) return false;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name)) return false;
  return !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3)$/.test(name);
}

function checkLocation(ctx: Context, constraint: string | undefined): void {
  const wanted = constraint === "EU" ? "eu-west-1" : constraint;
  if (wanted === FIRST_REGION)
    throw new ServiceError("InvalidLocationConstraint", "The specified location-constraint is not valid", {
      details: { LocationConstraint: constraint },
      hint: `For ${FIRST_REGION} leave the location constraint out.`,
    });
  if ((wanted ?? FIRST_REGION) !== ctx.region)
    throw new ServiceError(
      "IllegalLocationConstraintException",
      `The ${constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      { hint: `Give LocationConstraint ${ctx.region}, or call from the Region you want the bucket in.` },
    );
}

export function deleteBucket(ctx: Context, input: Ops["DeleteBucket"]["input"]): Ops["DeleteBucket"]["output"] {
  existingBucket(ctx, input.Bucket);
  if (objectDocs(ctx, input.Bucket).size > 0) throw bucketNotEmpty(input.Bucket);
  bucketDocs(ctx).delete(input.Bucket);
  return {};
}

export function listBuckets(ctx: Context, input: Ops["ListBuckets"]["input"]): Ops["ListBuckets"]["output"] {
  const { Prefix, BucketRegion, MaxBuckets, ContinuationToken } = input;
  const after = ContinuationToken === undefined ? "" : keyIn(ContinuationToken);
  const fitting = bucketDocs(ctx)
    .values()
    .filter(({ name, region }) => name.startsWith(Prefix ?? "") && (BucketRegion ?? region) === region && name > after);
  const page = fitting.slice(0, MaxBuckets ?? fitting.length);
  const last = page.at(-1);
  return {
    Buckets: page.map(shown),
    Owner: ownerOf(ctx.account),
    ...(page.length < fitting.length && last !== undefined ? { ContinuationToken: placeToken(last.name) } : {}),
    ...(Prefix === undefined ? {} : { Prefix }),
  };
}

const shown = ({ name, created, region }: BucketDoc) => ({
  Name: name,
  CreationDate: created,
  BucketRegion: region,
  BucketArn: bucketArn(name),
});

/** The account's canonical id: 64 hex digits that follow from its number. */
export const ownerOf = (account: string): { readonly ID: string } => ({
  ID: digestTexts("canonical", account).hex() + digestTexts("canonical user", account).hex(),
});

export function headBucket(ctx: Context, input: Ops["HeadBucket"]["input"]): Ops["HeadBucket"]["output"] {
  const bucket = bucketDocs(ctx).get(input.Bucket);
  if (bucket === undefined) throw notFound();
  return { BucketRegion: bucket.region, BucketArn: bucketArn(bucket.name), AccessPointAlias: false };
}

export function getBucketLocation(ctx: Context, input: Ops["GetBucketLocation"]["input"]): Ops["GetBucketLocation"]["output"] {
  const { region } = existingBucket(ctx, input.Bucket);
  // The model lists the Regions of its day; any other is as true.
  return region === FIRST_REGION
    ? {}
    : { LocationConstraint: region as NonNullable<Ops["GetBucketLocation"]["output"]["LocationConstraint"]> };
}
