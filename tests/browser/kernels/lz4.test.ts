import { lz4Suite } from "../../unit/kernels/lz4.ts";

lz4Suite("reference", 60);
lz4Suite("simd", 150);
lz4Suite("scalar", 80);
