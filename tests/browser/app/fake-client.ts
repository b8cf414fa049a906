/** A WorkerApi without a worker: answers from tables, remembers what it was asked. */
import { createSignal, type Setter } from "solid-js";
import type { Client } from "../../../src/client/context.ts";
import type { AccountInfo, CommandWords, Pulse, UiReply, UiRequest, WorkerApi } from "../../../workers/api.ts";

export const NOON = Date.UTC(2026, 2, 12, 9, 19, 24);

export const PULSE: Pulse = {
  account: "a1",
  clock: NOON,
  start: NOON - 50 * 60_000,
  playing: true,
  speed: 1,
  versions: {},
  inUse: ["logs", "cloudwatch", "sns", "sqs", "cloudtrail"],
  identity: "developer",
  region: "us-east-1",
  lastCommand: {
    line: "aws cloudwatch describe-alarm-history --alarm-name orders-throttled --history-item-type StateUpdate",
    failed: false,
    via: "form",
  },
  past: { setAside: 0, canUndo: true, canRedo: false },
  alarmsInAlarm: 1,
  notices: [],
};

export const INFO: AccountInfo = {
  id: "a1",
  title: "My account",
  scenario: { format: 1, title: "My account", seed: "1", start: PULSE.start },
  engine: 1,
  clock: NOON,
  rewindFrom: PULSE.start,
  storage: {
    kind: "indexeddb",
    journalRecords: 14,
    checkpoints: 5,
    chunks: 42,
    chunkBytes: 33_400_000,
    attachmentBytes: 12_000_000,
    budgetBytes: 300_000_000,
    repairs: [],
  },
  missingFiles: [],
  setAside: 2,
};

/** The command that undo and redo are about. */
export const ALARM_LINE: CommandWords = {
  at: NOON - 120_000,
  text: "aws cloudwatch put-metric-alarm --alarm-name high-errors",
  isLine: true,
  via: "form",
};

export type Reads = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>>;

export interface Fake {
  readonly client: Client;
  readonly setPulse: Setter<Pulse | undefined>;
  /** Every call, in order: method and what it was given. */
  readonly asked: (readonly [method: string, ...args: unknown[]])[];
}

const READS: Reads = {
  "logs DescribeLogGroups": () => ({
    logGroups: ["/aws/lambda/checkout", "/aws/lambda/catalog", "/shop/api"].map((logGroupName) => ({ logGroupName })),
  }),
  "sqs ListQueues": () => ({ QueueUrls: ["https://sqs.us-east-1.amazonaws.com/123456789012/fulfil"] }),
  "cloudwatch DescribeAlarms": () => ({
    MetricAlarms: [
      { AlarmName: "orders-throttled", StateValue: "ALARM" },
      { AlarmName: "checkout-latency", StateValue: "OK" },
    ],
  }),
  "cloudwatch ListMetrics": () => ({ Metrics: [{ Namespace: "Shop/Orders", MetricName: "ThrottledWrites", Dimensions: [] }] }),
};

const MINUTE = 60_000;
const MARKERS = [
  { at: NOON - 35 * MINUTE, kind: "command", text: "aws cloudwatch put-metric-alarm --alarm-name orders-throttled" },
  { at: NOON - 15 * MINUTE, kind: "traffic", text: "traffic +20 %" },
  { at: NOON - 7.2 * MINUTE, kind: "deploy", text: "checkout v42" },
  { at: NOON - 2.4 * MINUTE, kind: "alarm", text: "orders-throttled OK to ALARM" },
];

/** `answers` replaces methods; `reads` adds answers of operations, by `service Operation`. */
export function fakeClient(reads: Reads = {}, answers: Partial<WorkerApi> = {}): Fake {
  const [pulse, setPulse] = createSignal<Pulse | undefined>(PULSE);
  const asked: (readonly [string, ...unknown[]])[] = [];
  const table = { ...READS, ...reads };
  const reply = (request: UiRequest): UiReply => {
    const answer = table[`${request.service} ${request.operation}`];
    if (answer === undefined) throw { kind: "service", code: "NotImplemented", message: `${request.operation} is not built.` };
    return { output: answer(request.input), requestId: "r", clock: NOON, line: `aws ${request.service} ${request.operation}` };
  };
  const defaults: Partial<WorkerApi> = {
    read: async (request) => reply(request),
    call: async (request) => reply(request),
    look: async (question) => (question.view === "markers" ? MARKERS : question.view === "inbox" ? { mails: [] } : []),
    info: async () => INFO,
    journal: async () => [],
    boot: async () => INFO,
    accounts: async () => [
      { id: "a1", title: "My account", clock: NOON, lastUsed: NOON },
      { id: "a2", title: "access.log", clock: NOON - 86_400_000, lastUsed: NOON - 3_600_000 },
    ],
    storage: async () => INFO.storage,
    fidelity: async () => [
      { service: "cloudwatch", operation: "PutMetricAlarm", built: true, trail: "management-write" },
      { service: "cloudwatch", operation: "PutMetricData", built: true, trail: "data" },
      { service: "cloudwatch", operation: "PutDashboard", built: false },
      { service: "logs", operation: "FilterLogEvents", built: true, trail: "data" },
    ],
    rewind: async (moment) => ({ ...INFO, clock: moment }),
    undo: async () => ({ ...INFO, command: ALARM_LINE }),
    redo: async () => ({ ...INFO, command: ALARM_LINE }),
    past: async () => ({ undo: ALARM_LINE, aside: [], since: [] }),
    wouldSetAside: async () => ({ commands: [], forgotten: 0 }),
    advanceToNews: async () => ({
      clock: NOON + MINUTE,
      news: [{ at: NOON + MINUTE, kind: "alarm", text: "alarm high-errors went to ALARM" }],
      ended: "news",
    }),
    bringBack: async () => INFO,
    stateHash: async () => ({ hash: "0123456789abcdef0123456789abcdef" }),
    scenarioFile: async () => "{}",
    aws: async (line) => ({ stdout: `ran ${line}`, stderr: "", exitCode: 0 }),
    complete: async () => ({ from: 0, to: 0, options: [] }),
  };
  const api = new Proxy({} as WorkerApi, {
    get:
      (_target, name: string) =>
      async (...args: unknown[]): Promise<unknown> => {
        asked.push([name, ...args]);
        const method = (answers as Record<string, unknown>)[name] ?? (defaults as Record<string, unknown>)[name];
        return typeof method === "function" ? method(...args) : undefined;
      },
  });
  return { client: { api, pulse }, setPulse, asked };
}
