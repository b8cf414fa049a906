import { describe, expect, it } from "vitest";
import { lateKernels } from "../../../workers/kernels/load.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";

describe("kernels that come late", () => {
  it("answer by the reference at once, by WebAssembly once it is loaded, and the same either way", async () => {
    const late = lateKernels();
    const points = {
      timestamps: Float64Array.from({ length: 5000 }, (_, i) => i),
      values: Float64Array.from({ length: 5000 }, (_, i) => i % 97),
    };
    const grid = { start: 0, period: 600, cells: 9 };
    const bytes = new TextEncoder().encode("an ERROR\nfine\n".repeat(400));
    const offsets = Uint32Array.from({ length: 801 }, (_, i) => Math.floor(i / 2) * 14 + (i % 2) * 9);
    const program = { all: [new TextEncoder().encode("ERROR")], any: [], none: [] };
    const answers = () => [
      late.kernels.aggregate(points, grid),
      late.kernels.percentiles(points, grid, [50, 99]),
      late.kernels.matchTerms(program, { bytes, offsets }),
      late.kernels.compress(bytes, bytes.length),
      late.kernels.decompress(late.kernels.compress(bytes, bytes.length) ?? bytes, bytes.length),
    ];
    expect(late.kernels.flavour).toBe("reference");
    const early = answers();
    expect(early[0]).toEqual(referenceKernels.aggregate(points, grid));
    await Promise.all([late.load(), late.load()]);
    expect(late.kernels.flavour).not.toBe("reference");
    expect(answers()).toEqual(early);
  });
});
