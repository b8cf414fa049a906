/** What an object holds, for the eye: CloudTrail's records, JSON, text, or bytes. */
export interface OpenedFile {
  readonly bytes: number;
  readonly wasGzip: boolean;
  /** Undefined where it is no text. */
  readonly text?: string;
  readonly records?: readonly Readonly<Record<string, unknown>>[];
  /** Why it could not be unpacked. */
  readonly trouble?: string;
}

/** Bytes of text that are unpacked at most: more is for a download. */
const MOST = 64 * 1024 * 1024;

export async function openFile(body: Uint8Array): Promise<OpenedFile> {
  const wasGzip = body[0] === 0x1f && body[1] === 0x8b;
  const opened = { bytes: body.length, wasGzip };
  let plain = body;
  if (wasGzip) {
    try {
      plain = await gunzip(body);
    } catch (thrown) {
      return { ...opened, trouble: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }
  const text = textOf(plain);
  if (text === undefined) return opened;
  const records = recordsIn(text);
  return { ...opened, text, ...(records === undefined ? {} : { records }) };
}

async function gunzip(body: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([body.slice()]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > MOST) {
      await reader.cancel();
      throw new Error("The file unpacks to more than 64 MiB. Download it instead.");
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: bytes are shown as such.
    return undefined;
  }
}

function recordsIn(text: string): OpenedFile["records"] {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    const { Records } = JSON.parse(text) as { readonly Records?: unknown };
    return Array.isArray(Records) ? Records.filter((one) => typeof one === "object" && one !== null) : undefined;
  } catch {
    // It begins like JSON and is none: it is shown as text.
    return undefined;
  }
}
