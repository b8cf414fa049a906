/** Loads the kernels: WebAssembly with SIMD where the engine has it, else the scalar build, else the reference. */

import simdUrl from "../../assembly/entry.ts?asc";
import scalarUrl from "../../assembly/entry.ts?asc-scalar";
import { aggregate } from "./aggregate.ts";
import type { Kernels } from "./contract.ts";
import { type KernelExports, KernelHost } from "./host.ts";
import { compress, decompress } from "./lz4.ts";
import { matchTerms } from "./match.ts";
import { percentiles } from "./percentile.ts";
import { referenceKernels } from "./reference.ts";

/** Kernels of the best flavour there is. */
export interface LoadedKernels extends Kernels {
  /** Why it is not SIMD; for the page's "about this browser". */
  readonly reason?: string | undefined;
}

/** WebAssembly kernels with their memory, for what keeps columns there (`kept.ts`). */
export interface WasmKernels extends LoadedKernels {
  readonly flavour: "simd" | "scalar";
  readonly host: KernelHost;
}

/** Up to so many points or bytes the reference is quicker than a copy in and out. */
const SMALL = 64;

/** i8x16.splat and i8x16.popcnt in a function of their own: valid only where SIMD is. */
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/** The kernels, warmed up. Never fails: without WebAssembly it answers the reference and says why. */
export async function loadKernels(): Promise<LoadedKernels> {
  if (typeof WebAssembly === "undefined") return { ...referenceKernels, reason: "this browser has no WebAssembly" };
  const hasSimd = WebAssembly.validate(SIMD_PROBE);
  try {
    const kernels = await loadWasm(hasSimd ? "simd" : "scalar", SMALL);
    warmUp(kernels);
    return hasSimd ? kernels : { ...kernels, reason: "this browser has WebAssembly, but no SIMD in it" };
  } catch (error) {
    return { ...referenceKernels, reason: `the kernels could not be loaded: ${error instanceof Error ? error.message : String(error)}` };
  }
}

export interface LateKernels {
  readonly kernels: Kernels;
  /** Loads the best flavour there is, once; from then on it answers. */
  readonly load: () => Promise<void>;
}

/** Kernels that answer at once: the reference until `load` has come to its end. Results are equal to the bit either way. */
export function lateKernels(): LateKernels {
  let best: Kernels = referenceKernels;
  let loading: Promise<void> | undefined;
  return {
    kernels: {
      get flavour() {
        return best.flavour;
      },
      aggregate: (points, grid) => best.aggregate(points, grid),
      percentiles: (points, grid, ranks) => best.percentiles(points, grid, ranks),
      matchTerms: (program, block) => best.matchTerms(program, block),
      compress: (bytes, limit, lead, room) => best.compress(bytes, limit, lead, room),
      decompress: (block, length, room) => best.decompress(block, length, room),
    },
    load: () => {
      loading ??= loadKernels().then((loaded) => {
        best = loaded;
      });
      return loading;
    },
  };
}

/** One flavour, or an error. Inputs of up to `small` points or bytes go to the reference. */
export async function loadWasm(flavour: "simd" | "scalar", small = 0): Promise<WasmKernels> {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const instance = await instantiate(flavour === "simd" ? simdUrl : scalarUrl, { env: { memory } });
  const host = new KernelHost(instance.exports as unknown as KernelExports, memory, small);
  return {
    flavour,
    host,
    aggregate: (points, grid) => aggregate(host, points, grid),
    percentiles: (points, grid, ranks) => percentiles(host, points, grid, ranks),
    matchTerms: (program, block) => matchTerms(host, program, block),
    compress: (bytes, limit, lead, room) => compress(host, bytes, limit, lead, room),
    decompress: (block, length, room) => decompress(host, block, length, room),
  };
}

async function instantiate(url: string, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.slice(0, 80)}: ${response.status}`);
  if (response.headers.get("content-type") === "application/wasm" && typeof WebAssembly.instantiateStreaming === "function") {
    return (await WebAssembly.instantiateStreaming(response, imports)).instance;
  }
  return (await WebAssembly.instantiate(await response.arrayBuffer(), imports)).instance;
}

/** Runs each kernel often enough for the engine to compile it well, some milliseconds in all. */
function warmUp(kernels: Kernels): void {
  const n = 4096;
  const timestamps = Float64Array.from({ length: n }, (_, i) => i * 10);
  const values = Float64Array.from({ length: n }, (_, i) => (i * 7919) % 1009);
  const line = new TextEncoder().encode("the quick brown fox jumps over the lazy dog\n");
  const bytes = new Uint8Array(line.length * 512);
  for (let i = 0; i < 512; i++) bytes.set(line, i * line.length);
  const offsets = Uint32Array.from({ length: 513 }, (_, i) => i * line.length);
  const [fox, dog, cat] = ["fox", "dog", "cat"].map((word) => new TextEncoder().encode(word)) as [Uint8Array, Uint8Array, Uint8Array];
  for (let round = 0; round < 4; round++) {
    for (const points of [6, 600]) {
      const grid = { start: 0, period: points * 10, cells: Math.ceil(n / points) };
      kernels.aggregate({ timestamps, values }, grid);
      kernels.percentiles({ timestamps, values }, grid, [50, 99]);
    }
    kernels.matchTerms({ all: [fox, dog], any: [], none: [cat] }, { bytes, offsets });
    kernels.matchTerms({ all: [], any: [cat, dog], none: [] }, { bytes, offsets });
    const block = kernels.compress(bytes, bytes.length);
    if (block !== undefined) kernels.decompress(block, bytes.length);
  }
}
