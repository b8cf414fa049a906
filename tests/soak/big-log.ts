/** A log file of any size: one event every 50 ms, an ERROR every hundredth, each event with its number. */
export const LOG_START = Date.UTC(2026, 0, 1);
const FILLER = "GET /basket 200 12ms customer=4711 region=eu-central-1 agent=Mozilla/5.0";

export function bigLog(events: number): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  for (let from = 0; from < events; from += 10_000) {
    let text = "";
    for (let i = from; i < Math.min(events, from + 10_000); i++)
      text += `${new Date(LOG_START + i * 50).toISOString()} ${i % 100 === 99 ? "ERROR" : "INFO"} request-${i} ${FILLER}\n`;
    parts.push(encoder.encode(text));
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** About so many megabytes. */
export const eventsOf = (megabytes: number): number => Math.floor((megabytes * 1_000_000) / 120);
