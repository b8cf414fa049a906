/** AWS SDK v3 clients whose requests go to the wire in process instead of a socket. */
import { Readable } from "node:stream";
import type { HttpReply, HttpRequest } from "../../../workers/wire/http.ts";

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Settings for any client: `new CloudWatchClient(plugged(wire))`. */
export function plugged(wire: (request: HttpRequest) => Promise<HttpReply>, region = "us-east-1") {
  return {
    region,
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    maxAttempts: 1,
    requestHandler: {
      async handle(request: SdkRequest) {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
        const query = new URLSearchParams(
          Object.entries(request.query ?? {}).map(([name, value]): [string, string] => [name, String(value ?? "")]),
        ).toString();
        const reply = await wire({ method: request.method, path: request.path, query, headers, body: bytesOf(request.body) });
        return {
          response: { statusCode: reply.status, reason: "", headers: lower(reply.headers), body: Readable.from([Buffer.from(reply.body)]) },
        };
      },
      httpHandlerConfigs: () => ({}),
      updateHttpClientConfig() {},
    },
  };
}

/** Newer clients hand over an adapter object that turns into text. */
function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  return body instanceof Uint8Array ? body : new TextEncoder().encode(String(body));
}

function lower(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
