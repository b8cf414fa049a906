/**
 * Checksum and size of structured-cloneable data as it lies in memory: one walk, no text in between. Equal after a
 * structured clone; different when a member, an element or its order differs.
 */
import { Bug } from "../model/errors.ts";
import { checksum32 } from "./checksum.ts";

export interface Fingerprint {
  readonly checksum: number;
  /** Roughly what it takes to store. */
  readonly bytes: number;
}

const double = new DataView(new ArrayBuffer(8));

/** Walks plain objects, arrays, Map, Set, typed arrays, buffers and primitives. Throws `Bug` on anything else and on cycles. */
export function fingerprint(value: unknown): Fingerprint {
  let hash = 0x9747b28c;
  let bytes = 0;
  const path = new Set<object>();

  const word = (next: number): void => {
    hash = Math.imul(hash ^ next, 0x85ebca6b);
    hash ^= hash >>> 15;
  };
  const text = (next: string): void => {
    word(next.length);
    for (let i = 0; i < next.length; i++) hash = Math.imul(hash ^ next.charCodeAt(i), 0x01000193);
    bytes += next.length + 2;
  };
  const number = (next: number): void => {
    double.setFloat64(0, next);
    word(double.getInt32(0));
    word(double.getInt32(4));
    bytes += 8;
  };
  const raw = (next: Uint8Array): void => {
    word(next.length);
    word(checksum32(next));
    bytes += next.length;
  };
  const walk = (next: unknown): void => {
    if (next === null) word(7);
    else if (next === undefined) word(5);
    else if (typeof next === "boolean") word(next ? 3 : 4);
    else if (typeof next === "number") {
      word(2);
      number(next);
    } else if (typeof next === "string") {
      word(1);
      text(next);
    } else if (typeof next === "bigint") {
      word(6);
      text(next.toString(36));
    } else if (typeof next === "object") object(next);
    else throw new Bug(`A ${typeof next} cannot be stored.`);
  };
  const object = (next: object): void => {
    if (ArrayBuffer.isView(next)) {
      word(8);
      text(next.constructor.name);
      raw(new Uint8Array(next.buffer, next.byteOffset, next.byteLength));
      return;
    }
    if (next instanceof ArrayBuffer) {
      word(9);
      raw(new Uint8Array(next));
      return;
    }
    if (path.has(next)) throw new Bug("Data with a cycle cannot be stored.");
    path.add(next);
    if (Array.isArray(next)) {
      word(10);
      word(next.length);
      for (const item of next) walk(item);
    } else if (next instanceof Map) {
      word(11);
      word(next.size);
      for (const [key, item] of next) {
        walk(key);
        walk(item);
      }
    } else if (next instanceof Set) {
      word(12);
      word(next.size);
      for (const item of next) walk(item);
    } else {
      const prototype = Object.getPrototypeOf(next);
      if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw new Bug(`A ${next.constructor.name} cannot be stored.`);
      word(13);
      for (const [key, item] of Object.entries(next)) {
        text(key);
        walk(item);
      }
      word(14);
    }
    path.delete(next);
  };
  walk(value);
  return { checksum: hash >>> 0, bytes };
}
