/** How S3's calls stand in records: by the names of its REST API, not of its operations' members (real records). */
import type { AuditedCall } from "./record.ts";
import type { TrailRecord } from "./view.ts";

const S3 = "s3.amazonaws.com";

/** Operations whose event has another name. */
const EVENT_NAMES: Readonly<Record<string, string>> = {
  ListObjectsV2: "ListObjects",
  PutBucketNotificationConfiguration: "PutBucketNotification",
  GetBucketNotificationConfiguration: "GetBucketNotification",
};

export const isS3 = (call: AuditedCall): boolean => call.eventSource === S3;

export const eventNameOf = (call: AuditedCall): string => (isS3(call) ? (EVENT_NAMES[call.operation] ?? call.operation) : call.operation);

/** Members of the request as a record has them: the bucket as `bucketName` with its host, no checksums and no body. */
export function s3Parameters(call: AuditedCall): TrailRecord | null {
  const { Bucket, Key, ACL, Policy, Prefix, Delimiter, MaxKeys, CreateBucketConfiguration } = call.input;
  const host = `${call.region === "us-east-1" ? "s3" : `s3.${call.region}`}.amazonaws.com`;
  const members = {
    bucketName: Bucket,
    Host: Bucket === undefined ? host : `${Bucket}.${host}`,
    key: Key,
    "x-amz-acl": ACL,
    bucketPolicy: typeof Policy === "string" ? parsedOr(Policy) : undefined,
    prefix: Prefix,
    delimiter: Delimiter,
    "max-keys": MaxKeys,
    CreateBucketConfiguration,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** A policy that is no JSON was refused; it stands in the record as the text it was. */
function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return text;
    throw thrown;
  }
}

const ENCRYPTED: ReadonlySet<string> = new Set(["PutObject"]);

/** Only objects' calls have elements, and those are headers. */
export const s3Elements = (call: AuditedCall): TrailRecord | null =>
  ENCRYPTED.has(call.operation) ? { "x-amz-server-side-encryption": "AES256" } : null;

export function s3Additional(call: AuditedCall): TrailRecord {
  const size = (value: unknown): number => (value instanceof Uint8Array ? value.length : 0);
  return {
    SignatureVersion: "SigV4",
    CipherSuite: "TLS_AES_128_GCM_SHA256",
    bytesTransferredIn: size(call.input["Body"]),
    AuthenticationMethod: "AuthHeader",
    bytesTransferredOut: size(call.output?.["Body"]),
  };
}

/** An object's call is on its bucket too. */
export const withBuckets = (arns: readonly string[]): readonly string[] => [
  ...new Set([...arns, ...arns.flatMap((arn) => /^arn:[^:]+:s3:::[^/]+(?=\/)/.exec(arn)?.[0] ?? [])]),
];
