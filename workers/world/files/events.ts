/** Lines to log events: own timestamps or inherited or evenly spaced, lines joined, sorted by time; columns, no objects. */
import type { FileMapping } from "../../api.ts";
import { InputError } from "../../model/errors.ts";
import { breathe, counted, type DecodedLines, decodeLines, type FileHooks, MESSAGE_BYTES } from "./decode.ts";
import { formatOf, resolveDays, resolveYears, stampOf, TIME_FORMATS } from "./timestamps.ts";

/** Event i is bytes[offsets[i] .. offsets[i+1]) at timestamps[i] (epoch ms, ascending). */
export interface EventColumns {
  readonly timestamps: Float64Array;
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

export interface FileEvents extends EventColumns {
  /** Events that stood behind a later one in the file. */
  readonly outOfOrder: number;
  /** Events without a timestamp of their own: they have that of the event before. */
  readonly inherited: number;
  readonly warnings: readonly string[];
}

export type EventMapping = Pick<FileMapping, "timeFormat" | "multiline" | "spacingSeconds">;

const SLICE_LINES = 65_536;

/** From a file's bytes to its events. The same bytes, mapping and reference give the same columns in every engine. */
export async function readEvents(
  file: Uint8Array,
  mapping: EventMapping & { readonly logStreamName?: string },
  hooks: FileHooks,
): Promise<EventColumns> {
  const { timestamps, offsets, bytes } = await toEvents(
    await decodeLines(file, mapping.logStreamName ?? "The file", hooks),
    mapping,
    hooks,
  );
  return { timestamps, offsets, bytes };
}

export async function toEvents(lines: DecodedLines, mapping: EventMapping, hooks: FileHooks): Promise<FileEvents> {
  const warnings: string[] = [];
  const stamps = await stampLines(lines, mapping.timeFormat, hooks);
  const hasStamps = stamps?.some((stamp) => !Number.isNaN(stamp)) ?? false;
  if (stamps !== undefined && !hasStamps) warnings.push("No line has a time in the chosen format: the events are evenly spaced.");
  // Without times there is nothing that tells where an event begins.
  const multiline = mapping.multiline === "timestamp" && !hasStamps ? "off" : mapping.multiline;
  const { first, last, size } = await groupLines(lines, stamps, multiline, hooks);
  const count = first.length;
  const timestamps = new Float64Array(count);
  let inherited = 0;
  if (stamps === undefined || !hasStamps) spread(timestamps, mapping.spacingSeconds, hooks.reference);
  else inherited = ownOrInherited(timestamps, stamps, first);
  const { order, outOfOrder } = ordered(timestamps);
  if (outOfOrder > 0)
    warnings.push(`${counted(outOfOrder, "event")} ${outOfOrder === 1 ? "was" : "were"} out of order; all are sorted by time.`);
  if (inherited > 0)
    warnings.push(
      `${counted(inherited, "event")} without a time of ${inherited === 1 ? "its" : "their"} own took that of the event beside ${inherited === 1 ? "it" : "them"}.`,
    );
  const columns = await copied(lines, first, last, size, timestamps, order, hooks);
  return { ...columns, outOfOrder, inherited, warnings };
}

/** Time of each line (NaN = none); undefined for `none`. */
async function stampLines(lines: DecodedLines, id: string, hooks: FileHooks): Promise<Float64Array | undefined> {
  if (id === "none") return undefined;
  const format = formatOf(id);
  if (format === undefined) {
    const allowed = ["none", ...TIME_FORMATS.map((each) => each.id)].join(", ");
    throw new InputError(`There is no time format ${id}.`, { path: "mapping.timeFormat", found: id, allowed });
  }
  const { bytes, starts, ends } = lines;
  const stamps = new Float64Array(starts.length);
  for (let i = 0; i < stamps.length; i++) {
    stamps[i] = stampOf(format, bytes, starts[i] ?? 0, ends[i] ?? 0);
    if (i % SLICE_LINES === SLICE_LINES - 1) await breathe(hooks, "Reading times", i + 1, stamps.length);
  }
  if (format.yearless) resolveYears(stamps, hooks.reference);
  if (format.dateless) resolveDays(stamps, hooks.reference);
  return stamps;
}

/**
 * First and last line of each event. Empty lines belong to an event only when a line of it follows; an event never
 * grows past the size limit: what would not fit begins the next one.
 */
async function groupLines(lines: DecodedLines, stamps: Float64Array | undefined, multiline: FileMapping["multiline"], hooks: FileHooks) {
  const { bytes, starts, ends } = lines;
  const first: number[] = [];
  const last: number[] = [];
  let size = 0;
  let eventSize = 0;
  for (let i = 0; i < starts.length; i++) {
    if (i % SLICE_LINES === SLICE_LINES - 1) await breathe(hooks, "Joining lines", i + 1, starts.length);
    const start = starts[i] ?? 0;
    const length = (ends[i] ?? 0) - start;
    if (length === 0) continue;
    const begins =
      multiline === "off" ||
      first.length === 0 ||
      (multiline === "timestamp"
        ? !Number.isNaN(stamps?.[i] ?? Number.NaN) || isPlatformLine(bytes, start, length)
        : bytes[start] !== 32 && bytes[start] !== 9);
    const behind = last[last.length - 1] ?? 0;
    const joinedSize = eventSize + (i - behind) + length; // a line feed for every line passed, empty ones too
    if (begins || joinedSize > MESSAGE_BYTES) {
      first.push(i);
      last.push(i);
      size += length;
      eventSize = length;
    } else {
      last[last.length - 1] = i;
      size += joinedSize - eventSize;
      eventSize = joinedSize;
    }
  }
  return { first, last, size };
}

/** Lambda's own lines carry no time and belong to no line of the program. */
const PLATFORM = ["START RequestId: ", "END RequestId: ", "REPORT RequestId: ", "INIT_START "];
function isPlatformLine(bytes: Uint8Array, start: number, length: number): boolean {
  return PLATFORM.some((word) => {
    if (length < word.length) return false;
    for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false;
    return true;
  });
}

/** Evenly spaced, the last event in the last whole second before `reference`. */
function spread(timestamps: Float64Array, spacingSeconds: number | undefined, reference: number): void {
  const spacing = spacingSeconds ?? 1;
  if (!(spacing >= 0.001 && spacing <= 86_400)) {
    throw new InputError("Events may be spaced by 0.001 seconds to one day.", {
      path: "mapping.spacingSeconds",
      found: String(spacingSeconds),
      allowed: "0.001 to 86400",
    });
  }
  const end = Math.floor((reference - 1) / 1000) * 1000;
  for (let i = 0; i < timestamps.length; i++) timestamps[i] = Math.max(0, end - Math.round((timestamps.length - 1 - i) * spacing * 1000));
}

function ownOrInherited(timestamps: Float64Array, stamps: Float64Array, first: readonly number[]): number {
  let before = Number.NaN;
  let inherited = 0;
  for (let i = 0; i < first.length; i++) {
    const own = stamps[first[i] ?? 0] ?? Number.NaN;
    if (Number.isNaN(own)) inherited++;
    else before = own;
    timestamps[i] = before;
  }
  // What stands before the first time takes that one.
  const known = timestamps.findIndex((time) => !Number.isNaN(time));
  if (known < 0) timestamps.fill(stamps.find((stamp) => !Number.isNaN(stamp)) ?? 0);
  else timestamps.fill(timestamps[known] ?? 0, 0, known);
  return inherited;
}

/** Order by (time, place in the file); undefined when the file has it already. */
function ordered(timestamps: Float64Array): { readonly order: Uint32Array | undefined; readonly outOfOrder: number } {
  let outOfOrder = 0;
  let newest = Number.NEGATIVE_INFINITY;
  for (const time of timestamps) {
    if (time < newest) outOfOrder++;
    else newest = time;
  }
  if (outOfOrder === 0) return { order: undefined, outOfOrder };
  const order = Uint32Array.from(timestamps, (_, i) => i);
  order.sort((a, b) => (timestamps[a] ?? 0) - (timestamps[b] ?? 0) || a - b);
  return { order, outOfOrder };
}

async function copied(
  lines: DecodedLines,
  first: readonly number[],
  last: readonly number[],
  size: number,
  times: Float64Array,
  order: Uint32Array | undefined,
  hooks: FileHooks,
): Promise<EventColumns> {
  const { bytes, starts, ends } = lines;
  const out = new Uint8Array(size);
  const offsets = new Uint32Array(first.length + 1);
  const timestamps = order === undefined ? times : new Float64Array(times.length);
  let at = 0;
  for (let i = 0; i < first.length; i++) {
    if (i % SLICE_LINES === SLICE_LINES - 1) await breathe(hooks, "Arranging events", i + 1, first.length);
    const event = order === undefined ? i : (order[i] ?? 0);
    timestamps[i] = times[event] ?? 0;
    offsets[i] = at;
    const [from, to] = [first[event] ?? 0, last[event] ?? 0];
    for (let line = from; line <= to; line++) {
      if (line > from) out[at++] = 10;
      const [start, end] = [starts[line] ?? 0, ends[line] ?? 0];
      out.set(bytes.subarray(start, end), at);
      at += end - start;
    }
  }
  offsets[first.length] = at;
  return { timestamps, offsets, bytes: out };
}
