/** What the page shows of a dropped file before anything is stored. */
import type { FileInspection, FileMapping } from "../../api.ts";
import { sha256 } from "../../model/sha256.ts";
import { breathe, type DecodedLines, type DecodedText, decodeText, type FileHooks, linesOf } from "./decode.ts";
import { type EventMapping, type FileEvents, toEvents } from "./events.ts";
import { detectFormats, formatOf } from "./timestamps.ts";
import { inspectTrail } from "./trail-inspect.ts";
import { isTrailFile } from "./trail-records.ts";

const SAMPLE_EVENTS = 20;
const SAMPLE_CHARACTERS = 2_000;

/** A file read: its lines, its events, and what there is to say about both. */
export interface FileRead {
  readonly inspection: FileInspection;
  readonly mapping: FileMapping;
  readonly lines: DecodedLines;
  readonly events: FileEvents;
}

export async function inspectFile(
  bytes: Uint8Array,
  name: string,
  mapping: Partial<FileMapping> | undefined,
  hooks: FileHooks,
): Promise<FileInspection> {
  const text = await decodeText(bytes, name, hooks);
  const { inspection } = await readText(bytes, text, name, mapping, hooks);
  return isTrailFile(text.bytes) ? { ...inspection, trail: await inspectTrail(text.bytes, hooks) } : inspection;
}

/** Reads a file; what the mapping leaves open is found out. */
export async function readFile(
  bytes: Uint8Array,
  name: string,
  mapping: Partial<FileMapping> | undefined,
  hooks: FileHooks,
): Promise<FileRead> {
  return await readText(bytes, await decodeText(bytes, name, hooks), name, mapping, hooks);
}

async function readText(
  bytes: Uint8Array,
  text: DecodedText,
  name: string,
  mapping: Partial<FileMapping> | undefined,
  hooks: FileHooks,
): Promise<FileRead> {
  const lines = await linesOf(text, name, hooks);
  const detected = detectFormats(lines);
  const suggested = suggestedMapping(name, detected.best);
  const chosen: FileMapping = { ...suggested, ...mapping };
  const events = await toEvents(lines, chosen, hooks);
  await breathe(hooks, "Computing the checksum", 0, 1);
  const format = formatOf(chosen.timeFormat);
  const warnings = [...lines.warnings, ...events.warnings, ...formatWarnings(chosen, detected.formats, format?.label)];
  if (format?.zoneless) warnings.push("Its times carry no zone; they are read as UTC.");
  if (format?.yearless) warnings.push("Its times carry no year; the newest year that is not in the future is taken.");
  if (format?.dateless) warnings.push("Its times carry no date; the newest day that is not in the future is taken.");
  const { timestamps } = events;
  const [first, last] = [timestamps[0], timestamps[timestamps.length - 1]];
  const inspection: FileInspection = {
    name,
    bytes: bytes.length,
    sha256: sha256(bytes),
    encoding: lines.encoding,
    lines: lines.starts.length,
    events: timestamps.length,
    ...(format === undefined ? {} : { timeFormat: format.id }),
    timeFormats: detected.formats,
    ...(first === undefined || last === undefined ? {} : { first, last }),
    outOfOrder: events.outOfOrder,
    sample: sampleOf(events),
    warnings,
    suggested,
  };
  return { inspection, mapping: chosen, lines, events };
}

function formatWarnings(
  chosen: EventMapping,
  formats: readonly { readonly id: string; readonly share: number }[],
  label: string | undefined,
): string[] {
  if (chosen.timeFormat === "none")
    return formats.length === 0 ? ["No dates were recognised: the events are evenly spaced and end at the account's time."] : [];
  const share = formats.find((each) => each.id === chosen.timeFormat)?.share ?? 0;
  if (share >= 0.5 || share === 0 || chosen.multiline !== "off") return [];
  return [`Only ${Math.round(share * 100)} of 100 lines have a time (${label ?? chosen.timeFormat}).`];
}

function sampleOf(events: FileEvents): FileInspection["sample"] {
  const decoder = new TextDecoder();
  const count = Math.min(SAMPLE_EVENTS, events.timestamps.length);
  return Array.from({ length: count }, (_, i) => {
    const [start, end] = [events.offsets[i] ?? 0, events.offsets[i + 1] ?? 0];
    const message = decoder.decode(events.bytes.subarray(start, Math.min(end, start + SAMPLE_CHARACTERS)));
    return { timestamp: events.timestamps[i] ?? 0, message: end - start > SAMPLE_CHARACTERS ? `${message}…` : message };
  });
}

/** Where a file goes when nobody says otherwise: a group under /imported named after the file, lines joined by timestamp. */
export function suggestedMapping(name: string, timeFormat: string | undefined): FileMapping {
  const file = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  const base = file
    .replace(/\.gz$/i, "")
    .replace(/([-._](\d{1,4}|\d{4}-?\d\d-?\d\d([-T_]?\d\d){0,3}))+$/, "")
    .replace(/\.(log|txt|json|jsonl|ndjson|csv|out|err)$/i, "")
    .replace(/([-._](\d{1,4}|\d{4}-?\d\d-?\d\d([-T_]?\d\d){0,3}))+$/, "")
    .replace(/[^A-Za-z0-9._/#-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  return {
    logGroupName: `/imported/${(base === "" ? "log" : base).slice(0, 400)}`,
    logStreamName: file.replace(/[:*]/g, "-").slice(0, 512) || "file",
    timeFormat: timeFormat ?? "none",
    multiline: timeFormat === undefined ? "off" : "timestamp",
  };
}
