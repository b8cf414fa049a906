/** Objects: put, get, head, delete. Bodies lie in the store of bytes; a key names the one that was put last. */

import type { Operations } from "../../model/generated/s3.ts";
import { crc32 } from "../../model/gzip.ts";
import { md5 } from "../../model/md5.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { existingBucket, type ObjectDoc, objectDocs } from "./documents.ts";
import {
  badDigest,
  invalidArgument,
  invalidDigest,
  invalidRange,
  keyTooLong,
  noSuchKey,
  notBuilt,
  notFound,
  notModified,
  preconditionFailed,
} from "./failures.ts";
import { emitCreated, emitDeleted } from "./object-events.ts";

type Ops = Operations;

const LONGEST_KEY = 1024;
const KEPT_HEADERS = [
  "ContentType",
  "ContentEncoding",
  "CacheControl",
  "ContentDisposition",
  "ContentLanguage",
  "WebsiteRedirectLocation",
  "StorageClass",
] as const;

export function putObject(ctx: Context, input: Ops["PutObject"]["input"]): Ops["PutObject"]["output"] {
  const bucket = existingBucket(ctx, input.Bucket);
  const { Key } = input;
  if (new TextEncoder().encode(Key).length > LONGEST_KEY) throw keyTooLong({ MaxSizeAllowed: LONGEST_KEY });
  if (input.WriteOffsetBytes !== undefined) throw notBuilt("appending to objects");
  const bytes = input.Body ?? new Uint8Array(0);
  const etag = md5(bytes);
  checkDigests(input, bytes, etag);
  const docs = objectDocs(ctx, input.Bucket);
  const known = docs.get(Key);
  if (input.IfNoneMatch !== undefined && input.IfNoneMatch !== "*") throw invalidArgument("If-None-Match takes * alone here.");
  if (input.IfNoneMatch === "*" && known !== undefined) throw preconditionFailed("If-None-Match");
  if (input.IfMatch !== undefined && !isEtag(input.IfMatch, known)) {
    if (known === undefined) throw noSuchKey(Key);
    throw preconditionFailed("If-Match");
  }
  const headers = Object.fromEntries(KEPT_HEADERS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])));
  const object: ObjectDoc = {
    blob: ctx.blobs.put(bytes),
    size: bytes.length,
    etag,
    lastModified: ctx.now,
    headers: { ContentType: "binary/octet-stream", ...headers },
    metadata: input.Metadata ?? {},
  };
  if (known !== undefined) ctx.blobs.release(known.blob);
  docs.put(Key, object);
  if (bucket.eventBridge) emitCreated(ctx, bucket, Key, object);
  return {
    ETag: `"${etag}"`,
    ServerSideEncryption: "AES256",
    ...(input.ChecksumCRC32 === undefined ? {} : { ChecksumCRC32: input.ChecksumCRC32 }),
  };
}

function checkDigests(input: Ops["PutObject"]["input"], bytes: Uint8Array, etag: string): void {
  if (input.ContentMD5 !== undefined) {
    const given = /^[A-Za-z0-9+/]{22}==$/.test(input.ContentMD5) ? atob(input.ContentMD5) : undefined;
    if (given === undefined) throw invalidDigest();
    const hex = Array.from(given, (character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    if (hex !== etag) throw badDigest("The Content-MD5 you specified did not match what we received.");
  }
  if (input.ChecksumCRC32 !== undefined) {
    const crc = crc32(bytes);
    const text = btoa(String.fromCharCode(crc >>> 24, (crc >>> 16) & 255, (crc >>> 8) & 255, crc & 255));
    if (text !== input.ChecksumCRC32) throw badDigest("The CRC32 you specified did not match the calculated checksum.");
  }
}

/** Whether a condition (`"etag"`, a list of them, or `*`) is true of an object. */
function isEtag(condition: string, object: ObjectDoc | undefined): boolean {
  if (object === undefined) return false;
  return condition.split(",").some((each) => each.trim() === "*" || each.trim().replace(/^"|"$/g, "") === object.etag);
}

interface Conditions {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
  /** Epoch ms. */
  readonly IfModifiedSince?: number;
  readonly IfUnmodifiedSince?: number;
}

function checkConditions(object: ObjectDoc, { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }: Conditions): void {
  const second = Math.floor(object.lastModified / 1000) * 1000;
  if (IfMatch !== undefined && !isEtag(IfMatch, object)) throw preconditionFailed("If-Match");
  if (IfMatch === undefined && IfUnmodifiedSince !== undefined && second > IfUnmodifiedSince)
    throw preconditionFailed("If-Unmodified-Since");
  if (IfNoneMatch !== undefined && isEtag(IfNoneMatch, object)) throw notModified();
  if (IfNoneMatch === undefined && IfModifiedSince !== undefined && second <= IfModifiedSince) throw notModified();
}

const headersOf = ({ size, etag, lastModified, headers, metadata }: ObjectDoc) => ({
  AcceptRanges: "bytes",
  LastModified: lastModified,
  ContentLength: size,
  ETag: `"${etag}"`,
  ServerSideEncryption: "AES256",
  ...headers,
  Metadata: metadata,
});

export function getObject(ctx: Context, input: Ops["GetObject"]["input"]): MaybePromise<Ops["GetObject"]["output"]> {
  existingBucket(ctx, input.Bucket);
  const object = objectDocs(ctx, input.Bucket).get(input.Key);
  if (object === undefined) throw noSuchKey(input.Key);
  refuseVersions(input);
  checkConditions(object, input as Conditions);
  const range = input.Range === undefined ? undefined : rangeOf(input.Range, object.size);
  return chain(ctx.blobs.get(object.blob), (bytes): Ops["GetObject"]["output"] => {
    const answer = { ...headersOf(object), ...asked(input) } as Ops["GetObject"]["output"];
    if (range === undefined) return { ...answer, Body: bytes };
    const [from, to] = range;
    const part = { ContentLength: to - from + 1, ContentRange: `bytes ${from}-${to}/${object.size}` };
    return { ...answer, ...part, Body: bytes.subarray(from, to + 1) };
  });
}

/** Headers that the request wants in the answer instead of the object's own. */
function asked(input: Ops["GetObject"]["input"]): Readonly<Record<string, string>> {
  const wanted = {
    ContentType: input.ResponseContentType,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentDisposition: input.ResponseContentDisposition,
    CacheControl: input.ResponseCacheControl,
  };
  return Object.fromEntries(Object.entries(wanted).filter((each): each is [string, string] => each[1] !== undefined));
}

/** First and last byte of `bytes=a-b`, `bytes=a-`, `bytes=-n`; undefined for a range S3 does not read: it then sends all. */
function rangeOf(range: string, size: number): readonly [number, number] | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? [];
  if (first === "" && last === "") return undefined;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(size - 1, Number(last));
  if (from >= size || from > to) throw invalidRange({ RangeRequested: range, ActualObjectSize: size });
  return [from, to];
}

export function headObject(ctx: Context, input: Ops["HeadObject"]["input"]): Ops["HeadObject"]["output"] {
  const object = objectDocs(ctx, input.Bucket).get(input.Key);
  if (object === undefined) throw notFound();
  refuseVersions(input);
  checkConditions(object, input as Conditions);
  return headersOf(object) as Ops["HeadObject"]["output"];
}

const refuseVersions = ({ VersionId }: { readonly VersionId?: string }): void => {
  if (VersionId !== undefined && VersionId !== "null") throw notBuilt("versions of objects");
};

/** Deleting what is not there succeeds. */
export function deleteObject(ctx: Context, input: Ops["DeleteObject"]["input"]): Ops["DeleteObject"]["output"] {
  const bucket = existingBucket(ctx, input.Bucket);
  refuseVersions(input);
  const docs = objectDocs(ctx, input.Bucket);
  const known = docs.get(input.Key);
  if (known === undefined) return {};
  if (input.IfMatch !== undefined && !isEtag(input.IfMatch, known)) throw preconditionFailed("If-Match");
  docs.delete(input.Key);
  ctx.blobs.release(known.blob);
  if (bucket.eventBridge) emitDeleted(ctx, bucket, input.Key);
  return {};
}
