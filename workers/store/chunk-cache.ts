/** Chunks held in memory, least recently used leave first. Invariant: `bytes` is the sum of the lengths held, at most `limit`. */
export class ChunkCache {
  private readonly held = new Map<string, ArrayBuffer>();
  private bytes = 0;

  constructor(private readonly limit: number) {}

  get(id: string): ArrayBuffer | undefined {
    const found = this.held.get(id);
    if (found === undefined) return undefined;
    this.held.delete(id);
    this.held.set(id, found);
    return found;
  }

  set(id: string, chunk: ArrayBuffer): void {
    this.delete(id);
    this.held.set(id, chunk);
    this.bytes += chunk.byteLength;
    for (const oldest of this.held.keys()) {
      if (this.bytes <= this.limit) break;
      this.delete(oldest);
    }
  }

  /** Is there room for so many bytes more without another chunk leaving? */
  fits(bytes: number): boolean {
    return this.bytes + bytes <= this.limit;
  }

  delete(id: string): void {
    const found = this.held.get(id);
    if (found === undefined) return;
    this.held.delete(id);
    this.bytes -= found.byteLength;
  }

  get size(): number {
    return this.bytes;
  }

  clear(): void {
    this.held.clear();
    this.bytes = 0;
  }
}
