/** Request bodies: `content-encoding: gzip` is undone, up to a limit that a decompression bomb does not pass. */
import { ServiceError } from "../model/errors.ts";
import type { HttpRequest } from "./http.ts";

export interface BodyLimits {
  /** Largest body as it is sent, bytes. */
  readonly compressed: number;
  /** Largest body after inflating, bytes. */
  readonly inflated: number;
}

export const BODY_LIMITS: BodyLimits = { compressed: 5 * 1024 * 1024, inflated: 64 * 1024 * 1024 };

/** The body as the protocol means it. Throws RequestEntityTooLarge (413) beyond a limit, and for an encoding that is unknown or broken. */
export async function plainBody(request: HttpRequest, limits: BodyLimits = BODY_LIMITS): Promise<Uint8Array> {
  const encodings = (request.headers["content-encoding"] ?? "")
    .toLowerCase()
    .split(",")
    .map((encoding) => encoding.trim())
    // `amz-1.0` names AWS's JSON encoding, not a compression; older Java clients send it.
    .filter((encoding) => encoding !== "" && encoding !== "identity" && encoding !== "amz-1.0");
  let { body } = sized(request, limits);
  for (const encoding of encodings.reverse()) {
    if (encoding !== "gzip")
      throw new ServiceError("UnsupportedMediaType", `Content-Encoding ${encoding} is not supported.`, { status: 415 });
    body = await inflated(body, limits.inflated);
  }
  return body;
}

/** The request, if its body is not too large as it is sent. */
export function sized(request: HttpRequest, limits: BodyLimits): HttpRequest {
  if (request.body.length > limits.compressed) throw tooLarge(limits.compressed, "sent");
  return request;
}

async function inflated(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = source.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new ServiceError(
        "SerializationException",
        `The gzip body cannot be inflated: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge(limit, "inflated");
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function tooLarge(limit: number, how: string): ServiceError {
  return new ServiceError("RequestEntityTooLarge", `The request body is larger than ${limit} bytes as ${how}.`, {
    status: 413,
    shape: "RequestEntityTooLargeException",
  });
}
