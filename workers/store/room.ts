/** Memory that is used again and again: fresh memory costs more than most of what is done in it. */
export class Room {
  private room = new ArrayBuffer(0);

  /** So many bytes of it, from its start; what was in them before is anything. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    if (this.room.byteLength < length) this.room = new ArrayBuffer(length);
    return new Uint8Array(this.room, 0, length);
  }
}

/** Bytes of a block that others share. */
export interface Held {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly block: Block;
}

interface Block {
  readonly buffer: ArrayBuffer;
  used: number;
  holders: number;
}

/** Memory for what is held for a while, in blocks of 4 MiB that are used again when all that is in them was given back. */
export class Blocks {
  private static readonly SIZE = 4 << 20;
  private static readonly SPARE = 2;
  private readonly spare: Block[] = [];
  private current: Block | undefined;

  /** Holds what `fill` answers: a part of the memory it is given, from its start, or bytes that lie elsewhere, which are copied. */
  hold(most: number, fill: (room: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): Held {
    const block = this.withRoom(most);
    const room = new Uint8Array(block.buffer, block.used, most);
    const made = fill(room);
    if (made.buffer !== block.buffer) room.set(made);
    block.used += Math.ceil(made.length / 8) * 8;
    block.holders++;
    return { bytes: room.subarray(0, made.length), block };
  }

  giveBack({ block }: Held): void {
    block.holders--;
    if (block.holders > 0) return;
    block.used = 0;
    if (block !== this.current && block.buffer.byteLength === Blocks.SIZE && this.spare.length < Blocks.SPARE) this.spare.push(block);
  }

  private withRoom(bytes: number): Block {
    if (this.current !== undefined && this.current.used + bytes <= this.current.buffer.byteLength) return this.current;
    const fits = bytes <= Blocks.SIZE;
    const block = (fits ? this.spare.pop() : undefined) ?? { buffer: new ArrayBuffer(fits ? Blocks.SIZE : bytes), used: 0, holders: 0 };
    if (fits) this.current = block;
    return block;
  }
}

/** A buffer that holds these bytes and nothing else: the one given, or a copy of a part of one. */
export function bufferOf(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes instanceof ArrayBuffer ? bytes : bytes.slice().buffer;
}
