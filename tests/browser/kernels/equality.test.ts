import { equalitySuite } from "../../unit/kernels/equality.ts";

equalitySuite("simd", 150);
equalitySuite("scalar", 80);
