import { describe, expect, it } from "vitest";
import { read, sourceFiles } from "./source-files.ts";

/** Entries and the store's input and output may read the wall clock; nothing else below src/ may. */
const EXEMPT = [
  /^workers\/main(-[\w-]+)?\.ts$/,
  /^workers\/node\//,
  /^workers\/store\/(indexeddb|open|lock|memory)/,
  /^workers\/browser\//,
];
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ["Date.now", /\bDate\.now\b/],
  ["new Date() without an argument", /new Date\(\s*\)/],
  ["Date.parse", /\bDate\.parse\b/],
  ["performance.now", /\bperformance\.now\b/],
  ["Math.random", /\bMath\.random\b/],
  [
    "a Math function that differs between engines",
    /\bMath\.(?!abs\b|ceil\b|floor\b|trunc\b|round\b|sign\b|min\b|max\b|sqrt\b|fround\b|imul\b|clz32\b)\w+/,
  ],
  ["the operator **", /[\w)\]]\s*\*\*\s*[\w(]/],
  ["localeCompare", /\blocaleCompare\b/],
  ["Intl", /\bIntl\./],
  ["toLocale*", /\.toLocale\w+/],
  ["crypto", /\bcrypto\./],
  ["CompressionStream", /\bnew CompressionStream\b/],
];

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`\\])\/\/.*$/gm, "$1");

describe("determinism below src/", () => {
  it.each(FORBIDDEN)("nothing uses %s", (_name, pattern) => {
    const found = sourceFiles("workers")
      .filter((file) => !EXEMPT.some((exempt) => exempt.test(file)))
      .filter((file) => pattern.test(withoutComments(read(file))));
    expect(found).toEqual([]);
  });
});
