import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../../workers/model/errors.ts";
import { md5 } from "../../../../workers/model/md5.ts";
import { s3 } from "../../../../workers/services/s3/definition.ts";
import { type Harness, harness } from "../harness.ts";

const utf8 = new TextEncoder();
const bytes = (text: string): Uint8Array => utf8.encode(text);
const text = (body: unknown): string => new TextDecoder().decode(body as Uint8Array);

async function refused(work: () => unknown): Promise<ServiceError> {
  try {
    await work();
  } catch (thrown) {
    if (thrown instanceof ServiceError) return thrown;
    throw thrown;
  }
  throw new Error("it was not refused");
}

async function withBucket(region = "us-east-1"): Promise<Harness> {
  const h = harness(s3, { region });
  const location = region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
  await h.call("CreateBucket", { Bucket: "photos", ...location });
  return h;
}

describe("buckets", () => {
  it.each(["ab", "Photos", "a..b", "192.168.1.1", "-ab", "xn--abc", "abc-s3alias", "under_score"])(
    "refuses the name %s",
    async (Bucket) => {
      expect(await refused(() => harness(s3).call("CreateBucket", { Bucket }))).toMatchObject({ code: "InvalidBucketName", status: 400 });
    },
  );

  it("makes a bucket again in us-east-1 alone, and wants the location that the Region is", async () => {
    const h = await withBucket();
    expect(await h.call("CreateBucket", { Bucket: "photos" })).toEqual({ Location: "/photos" });
    const other = await withBucket("eu-west-1");
    const again = { Bucket: "photos", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } };
    expect(await refused(() => other.call("CreateBucket", again))).toMatchObject({ code: "BucketAlreadyOwnedByYou", status: 409 });
    expect((await refused(() => other.call("CreateBucket", { Bucket: "more" }))).message).toContain("The unspecified location constraint");
    const wrong = { Bucket: "more", CreateBucketConfiguration: { LocationConstraint: "us-east-1" } };
    expect((await refused(() => other.call("CreateBucket", wrong))).code).toBe("InvalidLocationConstraint");
    expect(await other.call("GetBucketLocation", { Bucket: "photos" })).toEqual({ LocationConstraint: "eu-west-1" });
    expect(await h.call("GetBucketLocation", { Bucket: "photos" })).toEqual({});
  });

  it("deletes an empty bucket only", async () => {
    const h = await withBucket();
    await h.call("PutObject", { Bucket: "photos", Key: "k" });
    expect(await refused(() => h.call("DeleteBucket", { Bucket: "photos" }))).toMatchObject({ code: "BucketNotEmpty", status: 409 });
    await h.call("DeleteObject", { Bucket: "photos", Key: "k" });
    await h.call("DeleteBucket", { Bucket: "photos" });
    expect(await refused(() => h.call("HeadBucket", { Bucket: "photos" }))).toMatchObject({ status: 404 });
    expect((await refused(() => h.call("DeleteBucket", { Bucket: "photos" }))).code).toBe("NoSuchBucket");
  });

  it("lists buckets by name, a page at a time", async () => {
    const h = harness(s3);
    for (const Bucket of ["ccc", "aaa", "bbb"]) await h.call("CreateBucket", { Bucket });
    const first = await h.call<{ Buckets: { Name: string }[]; ContinuationToken: string }>("ListBuckets", { MaxBuckets: 2 });
    expect(first.Buckets.map(({ Name }) => Name)).toEqual(["aaa", "bbb"]);
    const rest = await h.call("ListBuckets", { MaxBuckets: 2, ContinuationToken: first.ContinuationToken });
    expect(rest).toMatchObject({ Buckets: [{ Name: "ccc", BucketRegion: "us-east-1" }] });
    expect(rest).not.toHaveProperty("ContinuationToken");
  });
});

describe("objects", () => {
  it("gives back what was put, with its headers, and what was put last", async () => {
    const h = await withBucket();
    await h.call("PutObject", { Bucket: "photos", Key: "a/b", Body: bytes("old") });
    const put = { Bucket: "photos", Key: "a/b", Body: bytes("hello"), ContentType: "text/plain", Metadata: { who: "me" } };
    expect(await h.call("PutObject", put)).toMatchObject({ ETag: `"${md5(bytes("hello"))}"` });
    const got = await h.call("GetObject", { Bucket: "photos", Key: "a/b" });
    expect(text(got["Body"])).toBe("hello");
    expect(got).toMatchObject({ ContentType: "text/plain", ContentLength: 5, Metadata: { who: "me" }, LastModified: h.now });
    const { Body: _, ...head } = got;
    expect(await h.call("HeadObject", { Bucket: "photos", Key: "a/b" })).toEqual(head);
  });

  it.each([
    ["bytes=1-3", "ell", "bytes 1-3/5"],
    ["bytes=3-", "lo", "bytes 3-4/5"],
    ["bytes=-2", "lo", "bytes 3-4/5"],
    ["bytes=0-99", "hello", "bytes 0-4/5"],
  ])("answers the range %s", async (Range, part, ContentRange) => {
    const h = await withBucket();
    await h.call("PutObject", { Bucket: "photos", Key: "k", Body: bytes("hello") });
    const got = await h.call("GetObject", { Bucket: "photos", Key: "k", Range });
    expect(text(got["Body"])).toBe(part);
    expect(got).toMatchObject({ ContentRange, ContentLength: part.length });
  });

  it.each([
    ["GetObject", { Key: "nothing" }, "NoSuchKey", 404],
    ["GetObject", { Bucket: "nothing", Key: "k" }, "NoSuchBucket", 404],
    ["HeadObject", { Key: "nothing" }, "NotFound", 404],
    ["GetObject", { Key: "k", Range: "bytes=9-" }, "InvalidRange", 416],
    ["GetObject", { Key: "k", IfMatch: '"other"' }, "PreconditionFailed", 412],
    ["GetObject", { Key: "k", IfNoneMatch: "*" }, "NotModified", 304],
    ["GetObject", { Key: "k", IfModifiedSince: 1_900_000_000_000 }, "NotModified", 304],
    ["GetObject", { Key: "k", VersionId: "v1" }, "NotImplemented", 501],
    ["PutObject", { Key: "k", IfNoneMatch: "*" }, "PreconditionFailed", 412],
    ["PutObject", { Key: "x".repeat(1025) }, "KeyTooLongError", 400],
    ["PutObject", { Key: "k", ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" }, "BadDigest", 400],
    ["PutObject", { Key: "k", ContentMD5: "nonsense" }, "InvalidDigest", 400],
    ["PutObject", { Key: "k", ChecksumCRC32: "AAAAAQ==" }, "BadDigest", 400],
    ["PutObject", { Bucket: "nothing", Key: "k" }, "NoSuchBucket", 404],
    ["DeleteObject", { Bucket: "nothing", Key: "k" }, "NoSuchBucket", 404],
    ["ListObjectsV2", { Bucket: "nothing" }, "NoSuchBucket", 404],
  ])("refuses %s %o with %s", async (operation, input, code, status) => {
    const h = await withBucket();
    await h.call("PutObject", { Bucket: "photos", Key: "k", Body: bytes("hello") });
    expect(await refused(() => h.call(operation, { Bucket: "photos", ...input }))).toMatchObject({ code, status });
  });

  it("takes a body whose checksum is right, and lets go of the bytes of what is replaced or deleted", async () => {
    const h = await withBucket();
    await h.call("PutObject", { Bucket: "photos", Key: "k", Body: bytes("123456789"), ChecksumCRC32: "y/Q5Jg==" });
    await h.call("PutObject", { Bucket: "photos", Key: "k", Body: bytes("new") });
    expect([...h.context().blobs.chunkIds()]).toHaveLength(1);
    await h.call("DeleteObject", { Bucket: "photos", Key: "k" });
    await h.call("DeleteObject", { Bucket: "photos", Key: "k" });
    expect([...h.context().blobs.chunkIds()]).toHaveLength(0);
  });
});

interface Listed {
  readonly Contents: readonly { readonly Key: string }[];
  readonly CommonPrefixes: readonly { readonly Prefix: string }[];
  readonly IsTruncated: boolean;
  readonly NextContinuationToken?: string;
}

describe("listing objects", () => {
  it("goes through all keys once, rolled up at the delimiter, whatever the size of the pages", async () => {
    const part = fc.constantFrom("a", "b", "c/", "é", "\u{1f600}", "\uffee");
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
          { maxLength: 15 },
        ),
        fc.constantFrom("", "a", "c/"),
        fc.constantFrom(undefined, "/"),
        fc.integer({ min: 1, max: 5 }),
        async (keys, Prefix, Delimiter, MaxKeys) => {
          const h = await withBucket();
          for (const Key of keys) await h.call("PutObject", { Bucket: "photos", Key });
          const wanted = new Set<string>();
          const order = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
          for (const key of [...keys].sort(order)) {
            if (!key.startsWith(Prefix)) continue;
            const cut = Delimiter === undefined ? -1 : key.indexOf(Delimiter, Prefix.length);
            wanted.add(cut < 0 ? key : key.slice(0, cut + 1));
          }
          const seen: string[] = [];
          let ContinuationToken: string | undefined;
          do {
            const page: Listed = await h.call("ListObjectsV2", {
              Bucket: "photos",
              Prefix,
              MaxKeys,
              ...(Delimiter === undefined ? {} : { Delimiter }),
              ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
            });
            const both = [...page.Contents.map(({ Key }) => Key), ...page.CommonPrefixes.map((each) => each.Prefix)];
            expect(both.length).toBeLessThanOrEqual(MaxKeys);
            seen.push(...both.sort(order));
            ContinuationToken = page.NextContinuationToken;
            expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
          } while (ContinuationToken !== undefined);
          expect(seen).toEqual([...wanted]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("writes keys as URLs do when asked, and refuses a token that is none", async () => {
    const h = await withBucket();
    await h.call("PutObject", { Bucket: "photos", Key: "a b/ü" });
    expect(await h.call("ListObjectsV2", { Bucket: "photos", EncodingType: "url" })).toMatchObject({ Contents: [{ Key: "a%20b/%C3%BC" }] });
    const wrong = { Bucket: "photos", ContinuationToken: "?" };
    expect((await refused(() => h.call("ListObjectsV2", wrong))).code).toBe("InvalidArgument");
  });
});

describe("a bucket's settings", () => {
  const policy = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const allow = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::photos/*" };

  it("keeps a policy as it was given", async () => {
    const h = await withBucket();
    expect(await refused(() => h.call("GetBucketPolicy", { Bucket: "photos" }))).toMatchObject({ code: "NoSuchBucketPolicy", status: 404 });
    await h.call("PutBucketPolicy", { Bucket: "photos", Policy: policy(allow) });
    expect(await h.call("GetBucketPolicy", { Bucket: "photos" })).toEqual({ Policy: policy(allow) });
    await h.call("DeleteBucketPolicy", { Bucket: "photos" });
    expect((await refused(() => h.call("GetBucketPolicy", { Bucket: "photos" }))).code).toBe("NoSuchBucketPolicy");
  });

  it.each([
    ["no JSON", "Policies must be valid JSON and the first byte must be '{'"],
    ["{", "Policies must be valid JSON and the first byte must be '{'"],
    [policy({ ...allow, Principal: undefined }), "Missing required field Principal"],
    [policy({ ...allow, Resource: "arn:aws:s3:::other/*" }), "Policy has invalid resource"],
    [policy({ ...allow, Resource: undefined }), "Missing required field Resource"],
    [policy({ ...allow, Effect: "Maybe" }), "Invalid policy syntax."],
  ])("refuses the policy %s", async (Policy, message) => {
    const h = await withBucket();
    const error = await refused(() => h.call("PutBucketPolicy", { Bucket: "photos", Policy }));
    expect(error).toMatchObject({ code: "MalformedPolicy", message });
  });

  it("tells EventBridge of objects that come and go, once it is asked to", async () => {
    const h = await withBucket();
    await h.call("PutObject", { Bucket: "photos", Key: "before" });
    expect(h.emissions).toHaveLength(0);
    expect(await h.call("GetBucketNotificationConfiguration", { Bucket: "photos" })).toEqual({});
    const on = { Bucket: "photos", NotificationConfiguration: { EventBridgeConfiguration: {} } };
    await h.call("PutBucketNotificationConfiguration", on);
    expect(await h.call("GetBucketNotificationConfiguration", { Bucket: "photos" })).toEqual({ EventBridgeConfiguration: {} });
    await h.call("PutObject", { Bucket: "photos", Key: "k", Body: bytes("hello") });
    await h.call("DeleteObject", { Bucket: "photos", Key: "k" });
    await h.call("DeleteObject", { Bucket: "photos", Key: "k" });
    const entries = h.emissions.map(({ input }) => (input as { Entries: { DetailType: string; Detail: string }[] }).Entries[0]);
    expect(entries.map((entry) => entry?.DetailType)).toEqual(["Object Created", "Object Deleted"]);
    expect(JSON.parse(entries[0]?.Detail ?? "")).toMatchObject({
      version: "0",
      bucket: { name: "photos" },
      object: { key: "k", size: 5, etag: md5(bytes("hello")) },
      requester: "123456789012",
      reason: "PutObject",
    });
    expect(JSON.parse(entries[1]?.Detail ?? "")).toMatchObject({ reason: "DeleteObject", "deletion-type": "Permanently Deleted" });
    await h.call("PutBucketNotificationConfiguration", { Bucket: "photos", NotificationConfiguration: {} });
    await h.call("PutObject", { Bucket: "photos", Key: "after" });
    expect(h.emissions).toHaveLength(2);
  });

  it("says that other notifications are not built", async () => {
    const h = await withBucket();
    const NotificationConfiguration = { QueueConfigurations: [{ QueueArn: "arn:aws:sqs:us-east-1:1:q", Events: ["s3:ObjectCreated:*"] }] };
    const input = { Bucket: "photos", NotificationConfiguration };
    expect((await refused(() => h.call("PutBucketNotificationConfiguration", input))).code).toBe("NotImplemented");
  });
});
