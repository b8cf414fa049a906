/** The keywords of filter expressions and where each may stand (facts xray §8.2). */
import type { Place } from "./tree.ts";

export type WordKind = "flag" | "number" | "text";

export interface Word {
  readonly kind: WordKind;
  readonly places: readonly Place[];
  /** What it asks, for completion. */
  readonly about: string;
}

const REQUEST: readonly Place[] = ["trace", "service", "edge"];
const CAUSE: readonly Place[] = ["cause", "responsetime-cause"];
const BLOCKS: readonly Place[] = ["service", "edge", ...CAUSE];

export const WORDS: Readonly<Record<string, Word>> = {
  ok: { kind: "flag", places: REQUEST, about: "answered with a status from 200 to 299, or without a status and without an error" },
  error: { kind: "flag", places: REQUEST, about: "a client error (4xx)" },
  fault: { kind: "flag", places: REQUEST, about: "a server fault (5xx)" },
  throttle: { kind: "flag", places: REQUEST, about: "throttled (429)" },
  partial: { kind: "flag", places: REQUEST, about: "a segment is still in progress" },
  inferred: { kind: "flag", places: [...REQUEST, ...CAUSE], about: "known only from its caller" },
  root: { kind: "flag", places: ["service"], about: "the service is where the trace begins" },
  first: { kind: "flag", places: CAUSE, about: "first in the list of the root cause" },
  last: { kind: "flag", places: CAUSE, about: "last in the list of the root cause" },
  remote: { kind: "flag", places: CAUSE, about: "a call to another service" },
  responsetime: { kind: "number", places: REQUEST, about: "seconds until the answer" },
  duration: { kind: "number", places: REQUEST, about: "seconds from the first start to the last end" },
  "http.status": { kind: "number", places: REQUEST, about: "status of the answer" },
  index: { kind: "number", places: CAUSE, about: "place in the list of the root cause, from 0" },
  coverage: { kind: "number", places: ["responsetime-cause"], about: "its time as a part of the root's, 0 to 1" },
  "http.url": { kind: "text", places: REQUEST, about: "URL of the request" },
  "http.method": { kind: "text", places: REQUEST, about: "method of the request" },
  "http.useragent": { kind: "text", places: REQUEST, about: "user agent of the request" },
  "http.clientip": { kind: "text", places: REQUEST, about: "address of the caller" },
  user: { kind: "text", places: REQUEST, about: "user of any segment" },
  availabilityzone: { kind: "text", places: REQUEST, about: "Availability Zone of any segment" },
  "instance.id": { kind: "text", places: REQUEST, about: "EC2 instance of any segment" },
  "resource.arn": { kind: "text", places: REQUEST, about: "resource ARN of any segment" },
  "account.id": { kind: "text", places: [...REQUEST, ...CAUSE], about: "account of any segment" },
  name: { kind: "text", places: BLOCKS, about: "name of the service or entity" },
  type: { kind: "text", places: BLOCKS, about: "type of the service" },
  message: { kind: "text", places: CAUSE, about: "message of the exception" },
};

export function wordAt(name: string, place: Place): Word | undefined {
  const word = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  return word?.places.includes(place) ? word : undefined;
}
