/**
 * Dropped files, in pieces of 4 MiB. Invariant: the row in `attachments` is written last, so a row means all pieces are
 * there; pieces without a row were left by a crash and go at opening.
 */
import { checksum32 } from "../checksum.ts";
import type { Attachment } from "../contract.ts";
import { wrongLength } from "../memory-storage.ts";
import type { Connection } from "./connection.ts";

const PIECE = 4 * 1024 * 1024;
const piecesOf = (sha256: string): IDBKeyRange => IDBKeyRange.bound([sha256, 0], [sha256, Number.MAX_SAFE_INTEGER]);

export class AttachmentShelf {
  private readonly files = new Map<string, Attachment>();

  constructor(
    private readonly connection: Connection,
    private readonly makeRoom: (bytes: number, name: string) => void,
  ) {}

  async open(): Promise<void> {
    const found = await this.connection.read((db) => Promise.all([db.getAll("attachments"), db.getAllKeys("attachmentPieces")]));
    if ("unreadable" in found) {
      this.connection.repairs.push(`The list of attached files cannot be read (${found.unreadable}).`);
      return;
    }
    const [rows, pieces] = found.value;
    for (const row of rows) this.files.set(row.sha256, row);
    const orphans = pieces.filter(([sha256]) => !this.files.has(sha256));
    if (orphans.length === 0) return;
    await this.connection.write(["attachmentPieces"], "relaxed", (tx) =>
      orphans.map((key) => tx.objectStore("attachmentPieces").delete(key)),
    );
    this.connection.repairs.push("A file that was not stored to its end was dropped.");
  }

  get bytes(): number {
    let sum = 0;
    for (const file of this.files.values()) sum += file.bytes;
    return sum;
  }

  list(): readonly Attachment[] {
    return [...this.files.values()];
  }

  async put(info: Attachment, bytes: Uint8Array): Promise<void> {
    if (info.bytes !== bytes.length) throw wrongLength(info, bytes);
    if (this.files.has(info.sha256)) return;
    this.makeRoom(bytes.length, info.name);
    const row: Attachment = { sha256: info.sha256, name: info.name, bytes: info.bytes };
    try {
      for (let at = 0, number = 0; at < bytes.length; at += PIECE, number++) {
        const piece = bytes.slice(at, at + PIECE);
        const value = { checksum: checksum32(piece), bytes: piece.buffer };
        await this.connection.write(["attachmentPieces"], "strict", (tx) => [
          tx.objectStore("attachmentPieces").put(value, [row.sha256, number]),
        ]);
      }
      await this.connection.write(["attachments"], "strict", (tx) => [tx.objectStore("attachments").put(row)]);
    } catch (error) {
      // Give back the room of the half; where even that fails, the next opening does it.
      await this.connection
        .write(["attachmentPieces"], "relaxed", (tx) => [tx.objectStore("attachmentPieces").delete(piecesOf(row.sha256))])
        .catch(() =>
          this.connection.repairs.push(`The file ${row.name} was not stored to its end; what is there of it goes at the next opening.`),
        );
      throw error;
    }
    this.files.set(row.sha256, row);
  }

  /** The file, or undefined where it is not there; one that is torn is dropped, said, and not there. */
  async get(sha256: string): Promise<{ info: Attachment; bytes: Uint8Array } | undefined> {
    const info = this.files.get(sha256);
    if (info === undefined) return undefined;
    const bytes = new Uint8Array(info.bytes);
    for (let at = 0, number = 0; at < info.bytes; at += PIECE, number++) {
      const found = await this.connection.read((db) => db.get("attachmentPieces", [sha256, number]));
      const piece = "value" in found ? found.value : undefined;
      const expected = Math.min(PIECE, info.bytes - at);
      const content = piece?.bytes instanceof ArrayBuffer ? new Uint8Array(piece.bytes) : undefined;
      if (content === undefined || content.length !== expected || checksum32(content) !== piece?.checksum) {
        this.connection.repairs.push(`The file ${info.name} was not stored whole and was dropped; give it again to see its data.`);
        await this.drop(sha256);
        return undefined;
      }
      bytes.set(content, at);
    }
    return { info, bytes };
  }

  async drop(sha256: string): Promise<void> {
    await this.connection.write(["attachments", "attachmentPieces"], "strict", (tx) => [
      tx.objectStore("attachments").delete(sha256),
      tx.objectStore("attachmentPieces").delete(piecesOf(sha256)),
    ]);
    this.files.delete(sha256);
  }
}
