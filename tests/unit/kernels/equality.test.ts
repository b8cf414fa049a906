import { equalitySuite } from "./equality.ts";

equalitySuite("simd", 400);
equalitySuite("scalar", 250);
