import { digestTexts } from "../model/digest.ts";

/** A sum of 128-bit digests, lane by lane modulo 2^32: does not depend on the order of what is added. */
export class LaneSum {
  private readonly lanes = new Uint32Array(4);

  add(words: readonly number[]): void {
    for (let i = 0; i < 4; i++) this.lanes[i] = ((this.lanes[i] as number) + (words[i] as number)) >>> 0;
  }

  addText(...texts: readonly string[]): void {
    this.add(digestTexts(...texts).words());
  }

  hex(): string {
    return [...this.lanes].map((lane) => lane.toString(16).padStart(8, "0")).join("");
  }
}
