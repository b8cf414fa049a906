/** Amazon S3: the little that trails and rules need. Buckets, objects, policies, and what they tell EventBridge. */
import type { Operations } from "../../model/generated/s3.ts";
import { operation, type ServiceDefinition } from "../contract.ts";
import {
  bucketPolicy,
  deleteBucketPolicy,
  getBucketNotification,
  getBucketPolicy,
  putBucketNotification,
  putBucketPolicy,
} from "./bucket-settings.ts";
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from "./buckets.ts";
import { bucketArn, objectArn } from "./documents.ts";
import { listObjectsV2 } from "./list-objects.ts";
import { deleteObject, getObject, headObject, putObject } from "./objects.ts";

type Ops = Operations;

const ofBucket = (input: { readonly Bucket: string }): readonly string[] => [bucketArn(input.Bucket)];
const ofObject = (input: { readonly Bucket: string; readonly Key: string }): readonly string[] => [objectArn(input.Bucket, input.Key)];

const write = { effect: "state", trail: "management-write" } as const;
const read = { effect: "none", trail: "management-read" } as const;

export const s3: ServiceDefinition = {
  name: "s3",
  principal: "s3.amazonaws.com",
  eventSource: "s3.amazonaws.com",
  operations: {
    CreateBucket: operation<Ops["CreateBucket"]>({ ...write, action: "s3:CreateBucket", resources: ofBucket, handle: createBucket }),
    DeleteBucket: operation<Ops["DeleteBucket"]>({ ...write, action: "s3:DeleteBucket", resources: ofBucket, handle: deleteBucket }),
    ListBuckets: operation<Ops["ListBuckets"]>({ ...read, action: "s3:ListAllMyBuckets", handle: listBuckets }),
    HeadBucket: operation<Ops["HeadBucket"]>({ ...read, action: "s3:ListBucket", resources: ofBucket, handle: headBucket }),
    GetBucketLocation: operation<Ops["GetBucketLocation"]>({
      ...read,
      action: "s3:GetBucketLocation",
      resources: ofBucket,
      handle: getBucketLocation,
    }),
    PutBucketPolicy: operation<Ops["PutBucketPolicy"]>({
      ...write,
      action: "s3:PutBucketPolicy",
      resources: ofBucket,
      handle: putBucketPolicy,
    }),
    GetBucketPolicy: operation<Ops["GetBucketPolicy"]>({
      ...read,
      action: "s3:GetBucketPolicy",
      resources: ofBucket,
      handle: getBucketPolicy,
    }),
    DeleteBucketPolicy: operation<Ops["DeleteBucketPolicy"]>({
      ...write,
      action: "s3:DeleteBucketPolicy",
      resources: ofBucket,
      handle: deleteBucketPolicy,
    }),
    PutBucketNotificationConfiguration: operation<Ops["PutBucketNotificationConfiguration"]>({
      ...write,
      action: "s3:PutBucketNotification",
      resources: ofBucket,
      handle: putBucketNotification,
    }),
    GetBucketNotificationConfiguration: operation<Ops["GetBucketNotificationConfiguration"]>({
      ...read,
      action: "s3:GetBucketNotification",
      resources: ofBucket,
      handle: getBucketNotification,
    }),
    PutObject: operation<Ops["PutObject"]>({
      effect: "state",
      action: "s3:PutObject",
      resources: ofObject,
      keys: ({ ACL }) => (ACL === undefined ? {} : { "s3:x-amz-acl": ACL }),
      trail: "data",
      handle: putObject,
    }),
    GetObject: operation<Ops["GetObject"]>({
      effect: "none",
      action: "s3:GetObject",
      resources: ofObject,
      trail: "data",
      handle: getObject,
    }),
    HeadObject: operation<Ops["HeadObject"]>({
      effect: "none",
      action: "s3:GetObject",
      resources: ofObject,
      trail: "data",
      handle: headObject,
    }),
    DeleteObject: operation<Ops["DeleteObject"]>({
      effect: "state",
      action: "s3:DeleteObject",
      resources: ofObject,
      trail: "data",
      handle: deleteObject,
    }),
    ListObjectsV2: operation<Ops["ListObjectsV2"]>({
      effect: "none",
      action: "s3:ListBucket",
      resources: ofBucket,
      trail: "data",
      handle: listObjectsV2,
    }),
  },
  resourcePolicy: bucketPolicy,
};
