/**
 * CBOR (RFC 8949) as far as Smithy's rpc-v2-cbor protocol uses it: integers, byte and text strings, arrays, maps with text
 * keys, tag 1 (epoch seconds), floats, booleans and null; definite and indefinite lengths in, definite ones out.
 */
import { ServiceError } from "../model/errors.ts";

/** A moment on the wire, in epoch seconds (tag 1). */
export class CborTime {
  readonly seconds: number;
  constructor(seconds: number) {
    this.seconds = seconds;
  }
}

/** A number that is written as a double even when it is whole. */
export class CborDouble {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

const DEEPEST = 64;
const BREAK = Symbol("break");

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  depth: number;
}

/** A CBOR body as an operation's input in internal form: moments become epoch milliseconds. An empty body is an empty input. */
export function decodeCborInput(bytes: Uint8Array): Record<string, unknown> {
  const value = bytes.length === 0 ? {} : internal(decodeCbor(bytes));
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Uint8Array) {
    throw new ServiceError("SerializationException", "Unexpected field type");
  }
  return value as Record<string, unknown>;
}

function internal(value: unknown): unknown {
  if (value instanceof CborTime) return Math.round(value.seconds * 1000);
  if (Array.isArray(value)) return value.map(internal);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, internal(member)]));
}

/** The one value of a CBOR body; throws SerializationException when it is none. */
export function decodeCbor(bytes: Uint8Array): unknown {
  const reader: Reader = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0, depth: 0 };
  const value = item(reader);
  if (value === BREAK || reader.at !== bytes.length) throw broken();
  return value;
}

function item(reader: Reader): unknown {
  if (++reader.depth > DEEPEST) throw broken();
  const head = byte(reader);
  const major = head >> 5;
  const info = head & 31;
  const value = major === 7 ? simple(reader, info) : sized(reader, major, info);
  reader.depth--;
  return value;
}

function sized(reader: Reader, major: number, info: number): unknown {
  const length = info === 31 ? undefined : argument(reader, info);
  switch (major) {
    case 0:
      return need(length);
    case 1:
      return -1 - need(length);
    case 2:
      return length === undefined
        ? joinedBytes(chunks(reader).map((chunk) => (chunk instanceof Uint8Array ? chunk : fail())))
        : slice(reader, length);
    case 3:
      return length === undefined ? chunks(reader).join("") : text(slice(reader, length));
    case 4:
      return length === undefined ? chunks(reader) : many(reader, length, () => whole(reader));
    case 5:
      return Object.fromEntries(length === undefined ? openPairs(reader) : many(reader, length, () => pair(reader, whole(reader))));
    default: {
      const tagged = whole(reader);
      return length === 1 && typeof tagged === "number" ? new CborTime(tagged) : tagged;
    }
  }
}

function simple(reader: Reader, info: number): unknown {
  switch (info) {
    case 20:
      return false;
    case 21:
      return true;
    case 22:
    case 23:
      return null;
    case 25:
      return half(reader);
    case 26:
      return reader.view.getFloat32(advance(reader, 4));
    case 27:
      return reader.view.getFloat64(advance(reader, 8));
    case 31:
      return BREAK;
    default:
      throw broken();
  }
}

function half(reader: Reader): number {
  const bits = reader.view.getUint16(advance(reader, 2));
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  // Scale by powers of two written out, since they are exact: 2^-24 for subnormals, 2^(exponent - 25) else.
  let scale = 1;
  for (let power = exponent === 0 ? -24 : exponent - 25; power !== 0; power += power < 0 ? 1 : -1) scale *= power < 0 ? 0.5 : 2;
  const size =
    exponent === 0
      ? fraction * scale
      : exponent === 31
        ? fraction === 0
          ? Number.POSITIVE_INFINITY
          : Number.NaN
        : (1024 + fraction) * scale;
  return bits & 0x8000 ? -size : size;
}

function argument(reader: Reader, info: number): number {
  if (info < 24) return info;
  if (info === 24) return byte(reader);
  if (info === 25) return reader.view.getUint16(advance(reader, 2));
  if (info === 26) return reader.view.getUint32(advance(reader, 4));
  if (info === 27) return Number(reader.view.getBigUint64(advance(reader, 8)));
  throw broken();
}

function many<T>(reader: Reader, length: number, one: () => T): T[] {
  // Every item takes a byte at least: a length beyond the body is refused before anything is allocated.
  if (length > reader.bytes.length - reader.at) throw broken();
  return Array.from({ length }, one);
}

function chunks(reader: Reader): unknown[] {
  const out: unknown[] = [];
  for (let next = item(reader); next !== BREAK; next = item(reader)) out.push(next);
  return out;
}

function openPairs(reader: Reader): [string, unknown][] {
  const out: [string, unknown][] = [];
  for (let key = item(reader); key !== BREAK; key = item(reader)) out.push(pair(reader, key));
  return out;
}

function pair(reader: Reader, key: unknown): [string, unknown] {
  return [typeof key === "string" ? key : fail(), whole(reader)];
}

function whole(reader: Reader): unknown {
  const value = item(reader);
  return value === BREAK ? fail() : value;
}

function byte(reader: Reader): number {
  return reader.view.getUint8(advance(reader, 1));
}

function advance(reader: Reader, count: number): number {
  const at = reader.at;
  if (at + count > reader.bytes.length) throw broken();
  reader.at += count;
  return at;
}

function slice(reader: Reader, length: number): Uint8Array {
  const at = advance(reader, length);
  return reader.bytes.slice(at, at + length);
}

function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

function need(length: number | undefined): number {
  return length === undefined ? fail() : length;
}

function fail(): never {
  throw broken();
}

function broken(): ServiceError {
  return new ServiceError("SerializationException", "The request body is not valid CBOR.");
}

/** A value as CBOR: whole numbers of up to 2^53 as integers, others as doubles; undefined members are left out. */
export function encodeCbor(value: unknown): Uint8Array {
  const out: number[] = [];
  write(out, value);
  return Uint8Array.from(out);
}

function write(out: number[], value: unknown): void {
  if (value === null || value === undefined) out.push(0xf6);
  else if (typeof value === "boolean") out.push(value ? 0xf5 : 0xf4);
  else if (typeof value === "number") writeNumber(out, value);
  else if (typeof value === "string") {
    const bytes = encoder.encode(value);
    head(out, 3, bytes.length);
    for (const one of bytes) out.push(one);
  } else if (value instanceof CborDouble) writeDouble(out, value.value);
  else if (value instanceof CborTime) {
    head(out, 6, 1);
    writeDouble(out, value.seconds);
  } else if (value instanceof Uint8Array) {
    head(out, 2, value.length);
    for (const one of value) out.push(one);
  } else if (Array.isArray(value)) {
    head(out, 4, value.length);
    for (const one of value) write(out, one);
  } else {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    head(out, 5, members.length);
    for (const [key, member] of members) {
      write(out, key);
      write(out, member);
    }
  }
}

function writeNumber(out: number[], value: number): void {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) writeDouble(out, value);
  else if (value >= 0) head(out, 0, value);
  else head(out, 1, -1 - value);
}

function writeDouble(out: number[], value: number): void {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  out.push(0xfb);
  for (let at = 0; at < 8; at++) out.push(view.getUint8(at));
}

function head(out: number[], major: number, argument: number): void {
  const top = major << 5;
  if (argument < 24) out.push(top | argument);
  else if (argument < 256) out.push(top | 24, argument);
  else if (argument < 65536) out.push(top | 25, argument >> 8, argument & 255);
  else {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(argument));
    out.push(top | 27);
    for (let at = 0; at < 8; at++) out.push(view.getUint8(at));
  }
}
