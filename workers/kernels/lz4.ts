/** Typed wrapper of `assembly/lz4.ts`. A block is one call: what a match may repeat lies up to 64 KiB back, so it is not sliced. */
import { checkBlockLength, checkRoom, tornBlock } from "./checks.ts";
import { counted, type KernelHost } from "./host.ts";
import { referenceKernels } from "./reference.ts";

/** Bytes of the table of places. */
const TABLE = 65_536;

/** The LZ4 block of the bytes behind `lead` zeros, or undefined where it would be longer than `limit`; see the contract. */
export function compress(
  host: KernelHost,
  bytes: Uint8Array,
  limit: number,
  lead = 0,
  room?: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> | undefined {
  checkRoom(room, lead + limit);
  const n = bytes.length;
  if (n <= host.small || limit <= 0 || !host.fits(n + limit + TABLE + 512)) return referenceKernels.compress(bytes, limit, lead, room);
  const mark = host.mark();
  const [at, out, table] = [host.take(n), host.take(limit), host.take(TABLE)];
  host.u8(at, n).set(bytes);
  const size = counted("compress", host.exports.compress(at, n, out, limit, table));
  host.release(mark);
  if (size === 0) return undefined;
  const block = room?.subarray(0, lead + size) ?? new Uint8Array(lead + size);
  block.set(host.u8(out, size), lead);
  return block;
}

/** The `length` bytes that the block holds, in `room` where it is given; see the contract. */
export function decompress(host: KernelHost, block: Uint8Array, length: number, room?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  checkBlockLength(block, length, room);
  if (length <= host.small || !host.fits(block.length + length + 512)) return referenceKernels.decompress(block, length, room);
  const mark = host.mark();
  const [at, out] = [host.take(block.length), host.take(length)];
  host.u8(at, block.length).set(block);
  const status = host.exports.decompress(at, block.length, out, length);
  host.release(mark);
  if (status < 0) throw tornBlock(status, length);
  const bytes = host.u8(out, length);
  if (room === undefined) return bytes.slice();
  room.set(bytes);
  return room.subarray(0, length);
}
