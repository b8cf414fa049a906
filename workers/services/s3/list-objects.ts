/** ListObjectsV2: keys in the order of their UTF-8 bytes, those that share a prefix up to the delimiter rolled up into one. */
import type { Operations } from "../../model/generated/s3.ts";
import type { Context } from "../contract.ts";
import { placeToken } from "../place-token.ts";
import { ownerOf } from "./buckets.ts";
import { existingBucket, objectDocs } from "./documents.ts";
import { invalidArgument } from "./failures.ts";
import { keyIn } from "./page-tokens.ts";

type Input = Operations["ListObjectsV2"]["input"];
type Output = Operations["ListObjectsV2"]["output"];

const MOST_KEYS = 1000;

/** By code points, which is the order of their UTF-8 bytes; the order of code units differs above the first plane. */
function byBytes(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    const [high, other] = [x >= 0xd800 && x <= 0xdfff, y >= 0xd800 && y <= 0xdfff];
    return high === other ? x - y : high ? 1 : -1;
  }
  return a.length - b.length;
}

const hasSurrogates = (key: string): boolean => /[\ud800-\udfff]/.test(key);

/** Keys with the prefix, ascending: ids are sorted, so they are searched and not walked. */
function keysWith(ids: readonly string[], prefix: string): readonly string[] {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] as string) < prefix) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < ids.length && (ids[end] as string).startsWith(prefix)) end++;
  const keys = ids.slice(low, end);
  return keys.some(hasSurrogates) ? [...keys].sort(byBytes) : keys;
}

export function listObjectsV2(ctx: Context, input: Input): Output {
  existingBucket(ctx, input.Bucket);
  const { Prefix = "", Delimiter = "", StartAfter, ContinuationToken } = input;
  const most = Math.min(input.MaxKeys ?? MOST_KEYS, MOST_KEYS);
  if (most < 0) throw invalidArgument("Argument maxKeys must be an integer between 0 and 2147483647");
  const after = ContinuationToken === undefined ? (StartAfter ?? "") : keyIn(ContinuationToken);
  const docs = objectDocs(ctx, input.Bucket);
  const keys: string[] = [];
  const prefixes: string[] = [];
  let last = "";
  let more = false;
  for (const key of keysWith(docs.ids(), Prefix)) {
    const cut = Delimiter === "" ? -1 : key.indexOf(Delimiter, Prefix.length);
    const rolled = cut < 0 ? undefined : key.slice(0, cut + Delimiter.length);
    const place = rolled ?? key;
    if (after !== "" && byBytes(place, after) <= 0) continue;
    if (rolled !== undefined && rolled === prefixes.at(-1)) continue;
    if (keys.length + prefixes.length >= most) {
      more = most > 0;
      break;
    }
    if (rolled === undefined) keys.push(key);
    else prefixes.push(rolled);
    last = place;
  }
  const shown = input.EncodingType === "url" ? (text: string) => encodeURIComponent(text).replaceAll("%2F", "/") : (text: string) => text;
  return {
    IsTruncated: more,
    Contents: keys.map((key) => {
      const object = docs.get(key);
      return {
        Key: shown(key),
        LastModified: object?.lastModified ?? 0,
        ETag: `"${object?.etag}"`,
        Size: object?.size ?? 0,
        StorageClass: "STANDARD" as const,
        ...(input.FetchOwner === true ? { Owner: ownerOf(ctx.account) } : {}),
      };
    }),
    Name: input.Bucket,
    Prefix: shown(Prefix),
    ...(Delimiter === "" ? {} : { Delimiter: shown(Delimiter) }),
    MaxKeys: most,
    CommonPrefixes: prefixes.map((each) => ({ Prefix: shown(each) })),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
    KeyCount: keys.length + prefixes.length,
    ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
    ...(more ? { NextContinuationToken: placeToken(last) } : {}),
    ...(StartAfter === undefined ? {} : { StartAfter: shown(StartAfter) }),
  };
}
