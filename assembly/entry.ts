/** What the module exports: numbers in, numbers out. The worker owns the memory from `heapBase` on. */
export { aggregate } from "./aggregate";
export { inspect } from "./cells";
export { compress, decompress } from "./lz4";
export { matchTerms } from "./match";
export { percentiles } from "./percentile";

/** The first byte that is not the module's own. */
export function heapBase(): usize {
  return __heap_base;
}
