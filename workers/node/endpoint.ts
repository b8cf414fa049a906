/**
 * The endpoint for real AWS clients: the engine under Node behind HTTP on the loopback interface, in memory, without
 * journal. Run by `npm run endpoint -- --port 4566 [--at ISO-TIME]`.
 *
 * The clock follows the wall clock: before each request the agenda runs up to it. With `--at` it stands until
 * `POST /_nephoscope/clock {"advanceSeconds": n}` moves it; without, such a move runs ahead of the wall clock for good.
 * Requests are handled one after another, in the order in which their bodies were complete.
 */
import { realpathSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Account } from "../account/account.ts";
import type { Scenario } from "../account/contract.ts";
import { principalOfKey } from "../account/identity.ts";
import { InputError } from "../model/errors.ts";
import { loadModels, type Models } from "../model/models.ts";
import { parseIsoTime } from "../model/validate-time.ts";
import { DEFAULT_PERSON } from "../services/iam/people.ts";
import { BODY_LIMITS } from "../wire/body.ts";
import { type HttpReply, type HttpRequest, textReply, utf8 } from "../wire/http.ts";
import { createWire } from "../wire/wire.ts";

const LOOPBACK = "127.0.0.1";
const DEFAULT_PORT = 4566;
const CONTROL = "/_nephoscope/";

export interface EndpointOptions {
  /** 0 = any free port. */
  readonly port: number;
  /** Fixed start of the clock, epoch ms; absent = the wall clock. */
  readonly at?: number;
  /** Wall clock, epoch ms; for tests. */
  readonly wallClock?: () => number;
  /** Told of failures that are our own. Default: standard error. */
  readonly onBug?: (error: unknown) => void;
  /** Opens the account behind the endpoint; default: the engine of the house, in memory and without journal. */
  readonly open?: (scenario: Scenario, models: Models) => Promise<EndpointAccount>;
}

/** As much of an account as the endpoint needs. */
export type EndpointAccount = Pick<Account, "id" | "call" | "now" | "advanceTo" | "stateHash" | "engine" | "dispose">;

async function openEngine(scenario: Scenario, models: Models): Promise<EndpointAccount> {
  const { createEngine } = await import("../engine.ts");
  return createEngine({ scenario, models, journal: false });
}

export interface Endpoint {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the endpoint and answers once it listens. */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const models = await loadModels();
  const wallClock = options.wallClock ?? Date.now;
  const onBug = options.onBug ?? ((error: unknown) => console.error(error));
  let ahead = 0;
  const open = (): Promise<EndpointAccount> =>
    (options.open ?? openEngine)({ format: 1, title: "Endpoint", seed: "endpoint", start: options.at ?? wallClock() }, models);
  let account = await open();
  const identityOf = (key: string | undefined): string => principalOfKey(account.id, key, DEFAULT_PERSON);
  const wire = createWire({ call: (request) => account.call(request) }, models, { sourceIp: LOOPBACK, onBug, identityOf });

  async function catchUp(): Promise<void> {
    const moment = wallClock() + ahead;
    if (options.at === undefined && moment > account.now) await account.advanceTo(moment);
  }

  async function answer(request: HttpRequest): Promise<HttpReply> {
    if (!request.path.startsWith(CONTROL)) {
      await catchUp();
      return wire(request);
    }
    switch (`${request.method} ${request.path.slice(CONTROL.length)}`) {
      case "POST reset": {
        await account.dispose();
        ahead = 0;
        account = await open();
        return jsonReply(200, {});
      }
      case "POST clock": {
        const milliseconds = advanceOf(request.body);
        await catchUp();
        await account.advanceTo(account.now + milliseconds);
        ahead += milliseconds;
        return jsonReply(200, { clock: new Date(account.now).toISOString() });
      }
      case "GET state": {
        await catchUp();
        return jsonReply(200, { clock: new Date(account.now).toISOString(), stateHash: account.stateHash().hash, engine: account.engine });
      }
      default:
        return jsonReply(404, {
          message: `There is no ${request.method} ${request.path}; there are POST reset, POST clock and GET state.`,
        });
    }
  }

  let last: Promise<unknown> = Promise.resolve();
  function inTurn(request: HttpRequest): Promise<HttpReply> {
    const reply = last.then(() => answer(request)).catch((error: unknown) => failed(error, onBug));
    last = reply;
    return reply;
  }
  const server = createServer((incoming, outgoing) => {
    const serve = async (): Promise<void> => {
      const request = await requestOf(incoming);
      if ("status" in request) send(outgoing, request, true);
      else send(outgoing, await inTurn(request), false);
    };
    serve().catch((error: unknown) => {
      // The client went away while its body was read or its answer sent.
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.on("clientError", refuseUnreadable);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await last;
      await account.dispose();
    },
  };
}

/** The request, or the refusal it gets: pages in a browser must not reach an account, nor DNS names that point here. */
async function requestOf(incoming: IncomingMessage): Promise<HttpRequest | HttpReply> {
  const { headers } = incoming;
  if (!isLoopbackHost(headers.host))
    return jsonReply(403, {
      __type: "AccessDeniedException",
      message: "This endpoint answers only to localhost and 127.0.0.1; the Host header names another machine.",
    });
  if (headers.origin !== undefined)
    return jsonReply(403, {
      __type: "AccessDeniedException",
      message: "This endpoint does not answer web pages; the request carries an Origin header.",
    });
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "none")
    return jsonReply(403, {
      __type: "AccessDeniedException",
      message: "This endpoint does not answer web pages; a page in a browser sent this request.",
    });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_LIMITS.compressed)
      return jsonReply(413, {
        __type: "RequestEntityTooLargeException",
        message: `The request body is larger than ${BODY_LIMITS.compressed} bytes.`,
      });
    parts.push(part);
  }
  const [path = "/", query = ""] = splitOnce(incoming.url ?? "/", "?");
  const decoded = decodedPath(path);
  if (decoded === undefined) return jsonReply(400, { __type: "SerializationException", message: "The path of the request is not valid." });
  return {
    method: incoming.method ?? "GET",
    path: decoded,
    query,
    headers: plainHeaders(incoming),
    body: new Uint8Array(Buffer.concat(parts)),
  };
}

function isLoopbackHost(host: string | undefined): boolean {
  const name = (host ?? "").toLowerCase().replace(/:\d+$/, "");
  return name === "localhost" || name.endsWith(".localhost") || name === LOOPBACK || name === "[::1]";
}

function plainHeaders(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

function decodedPath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** Milliseconds out of `{"advanceSeconds": n}`. */
function advanceOf(body: Uint8Array): number {
  const allowed = '{"advanceSeconds": a number of seconds, 0 or more}';
  let parsed: unknown;
  try {
    parsed = JSON.parse(utf8(body));
  } catch (error) {
    throw new InputError(`The body is not JSON: ${error instanceof Error ? error.message : String(error)}`, { path: "body", allowed });
  }
  const seconds = typeof parsed === "object" && parsed !== null ? (parsed as { advanceSeconds?: unknown }).advanceSeconds : undefined;
  if (typeof seconds !== "number" || !(seconds >= 0) || seconds > 1e10) {
    throw new InputError(`advanceSeconds must be a number of seconds, 0 or more; it is ${JSON.stringify(seconds)}.`, {
      path: "advanceSeconds",
      allowed,
    });
  }
  return Math.round(seconds * 1000);
}

function failed(error: unknown, onBug: (error: unknown) => void): HttpReply {
  if (error instanceof InputError) return jsonReply(400, { message: error.message, path: error.path, allowed: error.allowed });
  onBug(error);
  return jsonReply(500, { message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
}

function jsonReply(status: number, body: unknown): HttpReply {
  return textReply(status, { "content-type": "application/json" }, JSON.stringify(body));
}

/** What is no HTTP, or has headers beyond what Node reads, never becomes a request: it is answered on the bare connection. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === "HPE_HEADER_OVERFLOW";
  const status = tooLarge ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const type = tooLarge ? "RequestHeaderSectionTooLargeException" : "SerializationException";
  const message = tooLarge ? "The headers of the request are too large." : `The request is not valid HTTP: ${error.message}`;
  const body = JSON.stringify({ __type: type, message });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** A refused request may have sent only part of its body: its connection is not used again. */
function send(outgoing: ServerResponse, reply: HttpReply, refused: boolean): void {
  outgoing.writeHead(reply.status, {
    // The answer to HEAD has the length of a body that is not sent.
    "content-length": String(reply.body.length),
    ...reply.headers,
    ...(refused ? { connection: "close" } : {}),
  });
  outgoing.end(reply.body);
}

const USAGE = "usage: npm run endpoint -- [--port 4566] [--at 2024-01-01T00:00:00Z]";

/** Reads the command line. */
export function endpointArguments(args: readonly string[]): EndpointOptions {
  const { values } = parseArgs({ args: [...args], options: { port: { type: "string" }, at: { type: "string" } }, strict: true });
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InputError(`--port ${values.port} is no port (0 to 65535)`, { path: "--port" });
  if (values.at === undefined) return { port };
  const at = parseIsoTime(values.at);
  if (at === undefined) throw new InputError(`--at ${values.at} is no ISO 8601 time such as 2024-01-01T00:00:00Z`, { path: "--at" });
  return { port, at };
}

async function main(): Promise<void> {
  let options: EndpointOptions;
  try {
    options = endpointArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exitCode = 64;
    return;
  }
  const endpoint = await startEndpoint(options);
  console.log(`Nephoscope listens at ${endpoint.url} (account 123456789012, Region us-east-1 unless the client names another)`);
  console.log(
    options.at === undefined ? "Its clock follows the wall clock." : `Its clock stands at ${new Date(options.at).toISOString()}.`,
  );
  const stop = (): void => {
    endpoint.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

const entry = process.argv[1];
if (entry !== undefined && realpathSync(entry) === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
