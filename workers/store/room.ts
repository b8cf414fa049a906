/** Memory that is used again and again: fresh memory costs more than most of what is done in it. */
export class Room {
  private room = new ArrayBuffer(0);

  /** So many bytes of it, from its start; what was in them before is anything. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    if (this.room.byteLength < length) this.room = new ArrayBuffer(length);
    return new Uint8Array(this.room, 0, length);
  }
}

/** A buffer that holds these bytes and nothing else: the one given, or a copy of a part of one. */
export function bufferOf(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes instanceof ArrayBuffer ? bytes : bytes.slice().buffer;
}
