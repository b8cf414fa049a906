/** Segment documents of a shop, out of a seeded generator: each root with two calls inside, one of them to a table. */
import { uniform } from "./data.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** A text in one piece, as it comes off the wire; JSON.stringify leaves it in parts that whoever reads it first puts together. */
const inOnePiece = (text: string): string => decoder.decode(encoder.encode(text));

const PATHS = ["/cart", "/cart/items", "/checkout", "/orders", "/search", "/login", "/health"];
const SERVICES = ["web", "orders", "payments", "stock"];
const TIERS = ["free", "pro", "enterprise"];

/** What a trace holds, as a person would keep it in an object. */
export interface PlainTrace {
  readonly id: string;
  readonly service: string;
  readonly fault: boolean;
  readonly error: boolean;
  readonly responsetime: number;
  readonly status: number;
  readonly url: string;
  readonly user: string;
  readonly annotations: Readonly<Record<string, string | number | boolean>>;
  readonly calls: readonly { readonly name: string; readonly fault: boolean; readonly responsetime: number }[];
}

export interface Shop {
  next(): PlainTrace;
  /** The one document of a trace. */
  document(trace: PlainTrace): string;
  /** Seconds since 1970 of the last trace. */
  readonly time: number;
}

/** @param perSecond traces in a second of their own time */
export function shop(start: number, perSecond: number): Shop {
  const random = uniform(20_261_125);
  let [count, time] = [0, start];
  const hex = (n: number): string =>
    Math.floor(random() * 4_294_967_296)
      .toString(16)
      .padStart(8, "0")
      .slice(0, n);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const micro = (value: number): number => Math.round(value * 1e6) / 1e6;
  return {
    get time() {
      return time;
    },
    next() {
      time = start + count++ / perSecond;
      const fault = random() < 0.02;
      const error = !fault && random() < 0.03;
      const took = 0.01 + random() * random() * 2;
      return {
        id: `1-${Math.floor(time).toString(16)}-${hex(8)}${hex(8)}${hex(8)}`,
        service: pick(SERVICES),
        fault,
        error,
        responsetime: micro(took),
        status: fault ? 500 : error ? 404 : 200,
        url: `https://shop.example.com${pick(PATHS)}`,
        user: `user-${Math.floor(random() * 500)}`,
        annotations: { tier: pick(TIERS), items: Math.floor(random() * 20) },
        calls: [
          { name: "users", fault: false, responsetime: micro(took * 0.2) },
          { name: "payments.example.com", fault: fault && random() < 0.5, responsetime: micro(took * 0.5) },
        ],
      };
    },
    document(trace) {
      const [table, remote] = trace.calls as [PlainTrace["calls"][number], PlainTrace["calls"][number]];
      const began = micro(time);
      const document = {
        trace_id: trace.id,
        id: hex(8) + hex(8),
        name: trace.service,
        start_time: began,
        end_time: micro(began + trace.responsetime),
        origin: "AWS::ECS::Container",
        http: { request: { method: "GET", url: trace.url, client_ip: "198.51.100.30" }, response: { status: trace.status } },
        user: trace.user,
        ...(trace.fault ? { fault: true } : {}),
        ...(trace.error ? { error: true } : {}),
        annotations: trace.annotations,
        subsegments: [
          {
            id: hex(8) + hex(8),
            name: "DynamoDB",
            namespace: "aws",
            start_time: began,
            end_time: micro(began + table.responsetime),
            aws: { operation: "GetItem", table_name: table.name },
          },
          {
            id: hex(8) + hex(8),
            name: remote.name,
            namespace: "remote",
            start_time: micro(began + table.responsetime),
            end_time: micro(began + table.responsetime + remote.responsetime),
            ...(remote.fault ? { fault: true } : {}),
          },
        ],
      };
      return inOnePiece(JSON.stringify(document));
    },
  };
}
