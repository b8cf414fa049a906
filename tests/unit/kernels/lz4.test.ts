import { lz4Suite } from "./lz4.ts";

lz4Suite("reference", 200);
lz4Suite("simd", 400);
lz4Suite("scalar", 200);
