/** A trace of a small shop to try the page with: a gateway, a function, a billing service, and what they call. */

export interface SampleOptions {
  /** Epoch ms. */
  readonly now: number;
  /** 24 hexadecimal digits; other ids are made of it. */
  readonly bits: string;
  readonly outcome: "fault" | "ok" | "throttled" | "slow";
}

export const OUTCOMES: readonly SampleOptions["outcome"][] = ["fault", "ok", "throttled", "slow"];

/** Trace id and documents, as PutTraceSegments takes them. The request ended just before `now`. */
export function sampleTrace({ now, bits, outcome }: SampleOptions): { readonly id: string; readonly documents: readonly string[] } {
  const end = now / 1000 - 0.2;
  const times = { fault: 2.91, ok: 0.412, throttled: 1.31, slow: 3.48 }[outcome];
  const start = end - times;
  const id = `1-${Math.floor(start).toString(16).padStart(8, "0")}-${bits}`;
  let nth = 0;
  const next = (): string => `${bits.slice(0, 14)}${(++nth).toString(16).padStart(2, "0")}`;
  const at = (seconds: number): number => Math.round((start + seconds) * 1e6) / 1e6;
  const span = (from: number, to: number) => ({ start_time: at(from), end_time: at(to) });
  const [gateway, lambda, code, pay] = [next(), next(), next(), next()];
  const order = `o-${73_000 + (Number.parseInt(bits.slice(0, 4), 16) % 1000)}`;
  const isFault = outcome === "fault";
  const status = isFault ? 502 : 200;
  const failed = isFault ? { fault: true } : {};
  const charge = outcome === "slow" ? 2.9 : 0.16;
  const puts = putItems(outcome, charge, times);
  const checkout = {
    trace_id: id,
    id: lambda,
    parent_id: gateway,
    name: "checkout",
    origin: "AWS::Lambda::Function",
    ...span(0.008, times - 0.004),
    ...failed,
    user: "mira",
    resource_arn: "arn:aws:lambda:us-east-1:123456789012:function:checkout",
    aws: {
      request_id: `${bits.slice(0, 8)}-${bits.slice(8, 12)}-4000-8000-${bits.slice(12)}`,
      cloudwatch_logs: [{ log_group: "/aws/lambda/checkout" }],
    },
    annotations: { orderId: order, version: 42, coldStart: false },
    metadata: { shop: { cart: { items: 3, cents: 9900 }, features: ["express"] } },
    subsegments: [
      { id: code, name: "validate", ...span(0.012, 0.021) },
      {
        id: pay,
        name: "payments",
        namespace: "remote",
        ...span(0.024, 0.024 + charge),
        http: { request: { method: "POST", url: "https://payments.example/charges", traced: true }, response: { status: 200 } },
      },
      ...puts.map(({ from, to, status: answer, retries, throttle, error }, line) => ({
        id: next(),
        name: "DynamoDB",
        namespace: "aws",
        ...span(from, to),
        ...(throttle ? { throttle: true, error: true } : error ? { error: true } : {}),
        http: { response: { status: answer } },
        aws: { operation: "PutItem", table_name: "orders", region: "us-east-1", request_id: `${bits.slice(0, 20)}L${line + 1}`, retries },
        ...(isFault && line === puts.length - 1 ? { cause: throttled(next()) } : {}),
      })),
      { id: next(), name: "log and answer", ...span(times - 0.016, times - 0.006) },
    ],
    ...(isFault ? { cause: { working_directory: "/var/task", exceptions: [gaveUp(next())] } } : {}),
  };
  const documents = [
    {
      trace_id: id,
      id: gateway,
      name: "shop-api",
      origin: "AWS::ApiGateway::Stage",
      ...span(0, times),
      ...failed,
      http: {
        request: { method: "POST", url: "https://shop.example/checkout", user_agent: "Mozilla/5.0", client_ip: "203.0.113.7" },
        response: { status, content_length: 512 },
      },
      aws: { xray: { sampling_rule_name: "Default", sdk: "X-Ray for Node.js" } },
    },
    checkout,
    {
      trace_id: id,
      id: next(),
      parent_id: pay,
      name: "payments",
      origin: "AWS::ECS::Container",
      ...span(0.03, 0.018 + charge),
      http: { request: { method: "POST", url: "https://payments.example/charges" }, response: { status: 200 } },
      subsegments: [{ id: next(), name: "risk score", ...span(0.034, 0.012 + charge) }],
    },
  ];
  return { id, documents: documents.map((document) => JSON.stringify(document)) };
}

interface PutItem {
  readonly from: number;
  readonly to: number;
  readonly status: number;
  readonly retries: number;
  readonly throttle: boolean;
  readonly error: boolean;
}

function putItems(outcome: SampleOptions["outcome"], charge: number, times: number): readonly PutItem[] {
  const from = 0.03 + charge;
  const fine = { status: 200, retries: 0, throttle: false, error: false };
  if (outcome === "ok" || outcome === "slow") return [{ ...fine, from, to: from + 0.014 }];
  const late = { status: 400, throttle: true, error: true };
  const first = { ...fine, from, to: from + 0.014 };
  if (outcome === "throttled") {
    return [first, { ...late, from: from + 0.02, to: times - 0.06, retries: 3 }, { ...fine, from: times - 0.055, to: times - 0.02 }];
  }
  return [
    first,
    { ...late, from: from + 0.018, to: from + 0.912, retries: 3 },
    { ...late, from: from + 0.916, to: times - 0.02, retries: 4 },
  ];
}

const throttled = (id: string) => ({
  exceptions: [
    {
      id,
      type: "ProvisionedThroughputExceededException",
      message: "The level of configured provisioned throughput for the table was exceeded.",
      remote: true,
    },
  ],
});

const gaveUp = (id: string) => ({
  id,
  type: "OrderNotSaved",
  message: "Line 3 of the order could not be saved after 4 retries.",
  stack: [
    { path: "checkout.mjs", line: 88, label: "saveLine" },
    { path: "checkout.mjs", line: 41, label: "handler" },
  ],
});
