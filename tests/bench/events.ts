/** Log events as they are written: lines of an access log of 140 bytes, of which nothing is padding. */

export interface EventRow {
  readonly timestamp: number;
  readonly message: string;
}

export const EVENT_BYTES = 140;
export const START = 1_700_000_000_000;
/** Events that are made before the clock runs over what is done with them. */
export const BATCH = 100_000;

const ROUTES = ["/orders/#", "/orders/#/items/#", "/cart", "/products?page=#", "/products/#", "/users/#/basket", "/search?q=#", "/login"];
const METHODS = ["GET", "GET", "GET", "POST", "PUT"];
const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/$ Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/$ Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:$) Gecko/20100101 Firefox/$ (a kiosk of the shop in the old town, second floor)",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/$ Safari/604.1",
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/$ Mobile Safari/537.36",
  "curl/$ (x86_64-pc-linux-gnu) libcurl/$ OpenSSL/3.0.11 zlib/1.2.13 brotli/1.0.9 zstd/1.5.4 nghttp2/1.52.0 librtmp/2.3",
  "aws-sdk-js/3.$ ua/2.0 os/linux#5.10 lang/js md/nodejs#20.11 api/dynamodb#3.$ exec-env/AWS_Lambda_nodejs20.x m/E,b",
  "shop-android/7.$ (Android 13; SM-S911B; de_DE; build 20240611.2) okhttp/4.12.0 model/galaxy density/3.0 store/play",
];

/** A number of 32 bits in which each bit of `x` has its say. */
function mixed(x: number): number {
  let y = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  y = Math.imul(y ^ (y >>> 15), 0x846ca68b);
  return (y ^ (y >>> 16)) >>> 0;
}
const hex = (word: number): string => word.toString(16).padStart(8, "0");
const filled = (pattern: string, mark: string, value: string): string => pattern.split(mark).join(value);

function eventLine(i: number): string {
  const [a, b, c, d] = [mixed(i * 4 + 1), mixed(i * 4 + 2), mixed(i * 4 + 3), mixed(i * 4 + 4)];
  const client = `10.0.${(d >>> 4) % 16}.${(d >>> 8) & 255}`;
  const route = filled(ROUTES[a % ROUTES.length]!, "#", `${b % 100_000}`);
  const status = a % 50 === 0 ? 500 : a % 17 === 0 ? 404 : 200;
  const agent = filled(AGENTS[(c >>> 16) % AGENTS.length]!, "$", `${100 + (c % 27)}.0.${(c >>> 8) % 7}`);
  const method = METHODS[(a >>> 8) % METHODS.length];
  return `${client} ${method} ${route} ${status} ${c % 40_000} ${d % 997}ms ${hex(mixed(a))}${hex(mixed(b))} "${agent}"`.slice(
    0,
    EVENT_BYTES,
  );
}

/** Event number i: client, request, status, bytes, duration, request id, user agent; timestamps 1 to 5 ms apart. */
export function benchEvent(i: number): EventRow {
  return { timestamp: START + i * 3 + (mixed(i) % 3), message: eventLine(i) };
}

/** Events [first, to), their messages flat in memory as a parser or `JSON.parse` leaves them, not ropes that the first reader has to join. */
export function benchEvents(first: number, to: number): readonly EventRow[] {
  const [encoder, decoder, bytes] = [new TextEncoder(), new TextDecoder(), new Uint8Array(EVENT_BYTES)];
  return Array.from({ length: to - first }, (_, row) => {
    const { timestamp, message } = benchEvent(first + row);
    if (encoder.encodeInto(message, bytes).written !== EVENT_BYTES)
      throw new Error(`bench: an event of ${message.length} bytes: ${message}`);
    return { timestamp, message: decoder.decode(bytes) };
  });
}
