/** Data of the benchmarks, out of a seeded generator: the same bytes in Node, in Chromium and in the file that rg reads. */
import type { LineBlock, Points } from "../../workers/kernels/contract.ts";

/** One point every ten seconds, half a second early or late; so periods of one, ten and a hundred minutes hold 6, 60 and 600. */
export const SPACING = 10_000;

/** Uniform numbers in [0, 1), mulberry32. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** n sorted points with latencies of a log-normal kind (median 50, sigma 0.8). */
export function benchPoints(n: number): Points {
  const random = uniform(20_260_101);
  const timestamps = new Float64Array(n);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    timestamps[i] = i * SPACING + 500 + Math.floor(random() * 1000);
    let normal = -6;
    for (let k = 0; k < 12; k++) normal += random();
    values[i] = 50 * Math.exp(0.8 * normal);
  }
  return { timestamps, values };
}

const PATHS = ["/cart", "/cart/items", "/checkout", "/orders", "/orders/history", "/search", "/login", "/static/app.js", "/health"];
const SERVICES = ["web-frontend", "order-service", "payment-gateway", "inventory", "session-store"];
const WORDS = "request completed handler returned upstream served cache lookup finished row batch stored page rendered".split(" ");
/** What goes wrong, and in how many of a million lines. */
const TROUBLES: readonly (readonly [string, number])[] = [
  ["connection reset by peer", 400],
  ["Task timed out after 30.00 seconds", 900],
  ["OutOfMemoryError: Java heap space", 120],
  ["certificate has expired", 60],
  ["deadlock detected", 90],
  ["too many open files", 70],
  ["ThrottlingException", 1500],
  ["NullPointerException", 800],
];

/** Terms for the benches: the first is searched alone, the first three and all eight together. */
export const TROUBLE_TERMS: readonly string[] = [
  "connection reset by peer",
  "Task timed out",
  "OutOfMemoryError",
  "certificate has expired",
  "deadlock detected",
  "too many open files",
  "ThrottlingException",
  "NullPointerException",
];

/** About `size` bytes of log lines of some 140 bytes, each with its newline. */
export function benchLog(size: number): LineBlock {
  const random = uniform(20_260_202);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const bytes = new Uint8Array(size + 1024);
  const offsets: number[] = [0];
  const encoder = new TextEncoder();
  let at = 0;
  let time = 1_767_225_600_000;
  while (at < size) {
    time += Math.floor(random() * 40);
    const stamp = new Date(time).toISOString();
    const id = Math.floor(random() * 4_294_967_296)
      .toString(16)
      .padStart(8, "0");
    const status = random() < 0.97 ? 200 : 500;
    let line = `${stamp} ${status === 200 ? "INFO" : random() < 0.5 ? "ERROR" : "WARN"} [${pick(SERVICES)}] requestId=${id} GET ${pick(PATHS)} ${status} ${Math.floor(random() * 900)}ms ${pick(WORDS)} ${pick(WORDS)} ${pick(WORDS)}`;
    let chance = random() * 1e6;
    for (const [text, share] of TROUBLES) {
      if (chance < share) {
        line += ` ${text}`;
        break;
      }
      chance -= share;
    }
    at += encoder.encodeInto(`${line}\n`, bytes.subarray(at)).written;
    offsets.push(at);
  }
  return { bytes: bytes.subarray(0, at), offsets: Uint32Array.from(offsets) };
}
