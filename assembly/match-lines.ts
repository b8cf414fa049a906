/** Needles and lines, for the drivers of `match.ts`; its header draws the layouts. */

/** Do the needle's bytes stand at `p`, before `end`? Reads up to eight bytes beyond `end`. */
// @ts-ignore: decorator
@inline
export function stands(p: usize, end: usize, needle: usize): bool {
  if (((load<u64>(p) ^ load<u64>(needle, 24)) & load<u64>(needle, 32)) != 0) return false;
  const length = <usize>load<u32>(needle, 4);
  return p + length <= end && (length <= 8 || restStands(p, load<u32>(needle), length));
}

function restStands(p: usize, bytes: usize, length: usize): bool {
  for (let i: usize = 8; i + 8 <= length; i += 8) if (load<u64>(p + i) != load<u64>(bytes + i)) return false;
  return load<u64>(p + length - 8) == load<u64>(bytes + length - 8);
}

// @ts-ignore: decorator
@inline
function startOf(offsets: usize, line: i32): u32 {
  return load<u32>(offsets + (<usize>line << 2));
}

/**
 * The line (from `line` on) that holds the byte at `at`, counted from the slice's first; at < the slice's end. Begins where
 * it would be if lines were of one length and gallops from there: galloping from `line` reads four times as many offsets.
 */
export function lineAt(offsets: usize, line: i32, lines: i32, at: u32): i32 {
  const base = startOf(offsets, 0);
  const target = at + base;
  const from = startOf(offsets, line);
  if (target < from) return line;
  const share = <f64>lines / <f64>(startOf(offsets, lines) - base);
  let low = min(lines - 1, line + <i32>(<f64>(target - from) * share));
  let high = low;
  let step = 1;
  if (startOf(offsets, low) <= target) {
    while (high < lines && startOf(offsets, high + 1) <= target) {
      low = high + 1;
      high += step;
      step <<= 1;
    }
    high = min(high, lines - 1);
  } else {
    do {
      high = low - 1;
      low = max(line, low - step);
      step <<= 1;
    } while (startOf(offsets, low) > target);
  }
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (startOf(offsets, middle) <= target) low = middle;
    else high = middle - 1;
  }
  // Of empty lines that begin there too the last one is found, which is the one that holds the byte.
  return low;
}

/**
 * The line that holds a needle of `length` bytes at `at`, of which byte `inside` is one; -1 when it reaches over the line's
 * borders. `line`: a line that is not behind it.
 */
export function lineOf(at: usize, length: usize, inside: usize, line: i32, bytes: usize, offsets: usize, lines: i32): i32 {
  const found = lineAt(offsets, line, lines, <u32>(inside - bytes));
  const base = startOf(offsets, 0);
  if (at < bytes + <usize>(startOf(offsets, found) - base)) return -1;
  return at + length <= bytes + <usize>(startOf(offsets, found + 1) - base) ? found : -1;
}

/** Does [from, to) hold the needle? */
export function holds(from: usize, to: usize, needle: usize): bool {
  const length = <usize>load<u32>(needle, 4);
  if (to - from < length) return false;
  const last = to - length;
  const o1 = <usize>load<u32>(needle, 8);
  const o2 = <usize>load<u32>(needle, 12);
  if (ASC_FEATURE_SIMD) {
    const b1 = i8x16.splat(<i8>load<u8>(needle, 16));
    const b2 = i8x16.splat(<i8>load<u8>(needle, 20));
    for (let p = from; p <= last; p += 32) {
      const e0 = v128.and(i8x16.eq(v128.load(p + o1), b1), i8x16.eq(v128.load(p + o2), b2));
      const e1 = v128.and(i8x16.eq(v128.load(p + o1, 16), b1), i8x16.eq(v128.load(p + o2, 16), b2));
      if (!v128.any_true(v128.or(e0, e1))) continue;
      let hits = <u32>i8x16.bitmask(e0) | (<u32>i8x16.bitmask(e1) << 16);
      do {
        const at = p + <usize>ctz(hits);
        if (at > last) return false;
        if (stands(at, to, needle)) return true;
        hits &= hits - 1;
      } while (hits != 0);
    }
    return false;
  }
  const c1 = load<u8>(needle, 16);
  const c2 = load<u8>(needle, 20);
  for (let p = from; p <= last; p++) {
    if (load<u8>(p + o1) == c1 && load<u8>(p + o2) == c2 && stands(p, to, needle)) return true;
  }
  return false;
}
