/** A small EventBridge for these pages: rules, buses and deliveries from tables; patterns, schedules and targets by the engine's own language. */

import { EventsPanel } from "../../../../src/panels/events/EventsPanel.tsx";
import { explainEvent } from "../../../../workers/language/event-pattern/explain.ts";
import { flattenEvent } from "../../../../workers/language/event-pattern/flatten.ts";
import { matchesEvent } from "../../../../workers/language/event-pattern/match.ts";
import { parseEventPattern } from "../../../../workers/language/event-pattern/parse.ts";
import { EventPatternError } from "../../../../workers/language/event-pattern/pattern-error.ts";
import { renderInput } from "../../../../workers/language/target-input/template.ts";
import { NOON, type Reads } from "../../app/fake-client.ts";
import { type Looks, openPanel, type PanelPage } from "../panel-page.tsx";

export const QUEUE = "arn:aws:sqs:us-east-1:123456789012:fulfil";
export const LOST = "arn:aws:sqs:us-east-1:123456789012:lost-events";
const busArn = (name: string): string => `arn:aws:events:us-east-1:123456789012:event-bus/${name}`;
const MINUTE = 60_000;

export const BIG_ORDERS = '{"source":["shop.orders"],"detail-type":["OrderPlaced"],"detail":{"cents":[{"numeric":[">",5000]}]}}';
const event = (sequence: string, type: string, detail: object, bus = "default") => ({
  sequence,
  bus,
  at: NOON - Number(sequence) * MINUTE,
  envelope: {
    version: "0",
    id: `e-${sequence}`,
    "detail-type": type,
    source: "shop.orders",
    account: "123456789012",
    time: "2026-03-12T09:17:00Z",
    region: "us-east-1",
    resources: [],
    detail,
  },
});
export const EVENTS = [
  event("1", "OrderRefunded", { cents: 10 }),
  event("2", "OrderPlaced", { cents: 9900 }),
  event("3", "OrderPlaced", { cents: 120 }),
  event("4", "Ping", { n: 1 }, "partners"),
];

const RULES: readonly Readonly<Record<string, unknown>>[] = [
  { Name: "big-orders", EventBusName: "default", State: "ENABLED", EventPattern: BIG_ORDERS, Description: "Orders over 50" },
  { Name: "heartbeat", EventBusName: "default", State: "ENABLED", ScheduleExpression: "rate(5 minutes)" },
].map((rule) => ({ ...rule, Arn: `arn:aws:events:us-east-1:123456789012:rule/${rule.Name}` }));
export const TARGETS = [
  { Id: "gone", Arn: "arn:aws:sqs:us-east-1:123456789012:gone", DeadLetterConfig: { Arn: LOST } },
  { Id: "queue", Arn: QUEUE },
];

const attempt = (at: number, code?: string) => ({
  at,
  ...(code === undefined ? {} : { error: { code, message: "It is not there.", isRetried: true } }),
});
export const DELIVERIES = [
  {
    sequence: "11",
    bus: "default",
    rule: "big-orders",
    targetId: "gone",
    targetArn: TARGETS[0]?.Arn,
    eventId: "e-2",
    at: NOON - 2 * MINUTE,
    passed: "2",
    envelope: EVENTS[1]?.envelope,
    payload: JSON.stringify(EVENTS[1]?.envelope),
    status: "dead letter",
    attempts: [attempt(NOON - 2 * MINUTE, "THROTTLING"), attempt(NOON - 2 * MINUTE + 1500, "THROTTLING")],
    why: "MaximumRetryAttempts is reached.",
    deadLetter: { queueArn: LOST },
  },
  {
    sequence: "10",
    bus: "default",
    rule: "big-orders",
    targetId: "queue",
    targetArn: QUEUE,
    eventId: "e-2",
    at: NOON - 2 * MINUTE,
    passed: "2",
    envelope: EVENTS[1]?.envelope,
    payload: "order over 50",
    status: "delivered",
    attempts: [attempt(NOON - 2 * MINUTE)],
  },
];

type Question = Readonly<Record<string, unknown>>;

function passed({ bus, limit = 50 }: Question) {
  const events = EVENTS.filter((one) => bus === undefined || one.bus === bus).slice(0, Number(limit));
  return { events, total: events.length, kept: 4, dropped: 0, sources: [], types: [], counts: { all: [], matching: [] } };
}

function tryPattern({ pattern, event: text, bus = "default" }: Question) {
  try {
    const parsed = parseEventPattern(String(pattern));
    const ofBus = EVENTS.filter((one) => one.bus === bus);
    const matches = ofBus.filter((one) => matchesEvent(parsed, flattenEvent(JSON.stringify(one.envelope)))).map((one) => one.sequence);
    const common = { tried: ofBus.length, matches };
    if (String(text ?? "") === "") return common;
    try {
      JSON.parse(String(text));
    } catch (thrown) {
      return { ...common, eventError: (thrown as Error).message };
    }
    return { ...common, because: explainEvent(parsed, flattenEvent(String(text))) };
  } catch (thrown) {
    if (!(thrown instanceof EventPatternError)) throw thrown;
    const { message, from, to, hint } = thrown;
    return { error: { message, from, to, hint }, tried: 0, matches: [] };
  }
}

type Tried = {
  readonly Arn: string;
  readonly InputTransformer?: { readonly InputPathsMap?: Record<string, string>; readonly InputTemplate: string };
};

function tryTarget({ target, event: text }: Question) {
  const { Arn, InputTransformer: made } = target as Tried;
  if (!Arn.startsWith("arn:")) return { error: `Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.` };
  if (typeof text !== "string" || text === "") return {};
  if (made === undefined) return { body: text };
  const around = { ruleArn: "arn", ruleName: "rule", ingestionTime: "now" };
  return renderInput({ template: made.InputTemplate, paths: made.InputPathsMap ?? {} }, JSON.parse(text), around);
}

function flow({ bus }: Question) {
  const isDefault = bus === "default";
  const counted = { delivered: 0, failed: 0, underWay: 0 };
  return {
    bus,
    events: isDefault ? 3 : 1,
    sent: isDefault ? 1 : 0,
    deliveries: isDefault ? 2 : 0,
    sources: [
      {
        source: isDefault ? "shop.orders" : "crm",
        type: isDefault ? "OrderPlaced" : "Ping",
        count: isDefault ? 2 : 1,
        sent: isDefault ? 1 : 0,
      },
    ],
    rules: isDefault
      ? [
          {
            name: "big-orders",
            state: "ENABLED",
            pattern: BIG_ORDERS,
            sent: 1,
            targets: [
              { id: "gone", arn: TARGETS[0]?.Arn, ...counted, failed: 1 },
              { id: "queue", arn: QUEUE, ...counted, delivered: 1 },
            ],
          },
          { name: "heartbeat", state: "DISABLED", schedule: "rate(5 minutes)", next: NOON + MINUTE, sent: 0, targets: [] },
        ]
      : [],
  };
}

const LOOKS: Looks = {
  "events/passed": passed,
  "events/tryPattern": tryPattern,
  "events/tryTarget": tryTarget,
  "events/busFlow": flow,
  "events/busTotals": () => [
    { name: "default", rules: 2, events: 3 },
    { name: "partners", rules: 0, events: 1 },
  ],
  "events/trySchedule": ({ expression, count }) =>
    /^rate\(\d+ minutes?\)$/.test(String(expression))
      ? { moments: Array.from({ length: Number(count) }, (_, at) => NOON + (at + 1) * 5 * MINUTE) }
      : { error: "Parameter ScheduleExpression is not valid.", hint: "A rate has a number and a unit." },
  "events/deliveries": ({ sequence, rule, status, eventId }) => {
    const fits = DELIVERIES.filter(
      (one) =>
        (sequence === undefined || one.sequence === sequence) &&
        (rule === undefined || one.rule === rule) &&
        (status === undefined || one.status === status) &&
        (eventId === undefined || one.eventId === eventId),
    );
    return { deliveries: fits, total: fits.length };
  },
  "events/eventVerdicts": ({ sequence }) => {
    const found = EVENTS.find((one) => one.sequence === sequence);
    if (found === undefined) return undefined;
    const { sequence: _, ...rest } = found;
    const because = explainEvent(parseEventPattern(BIG_ORDERS), flattenEvent(JSON.stringify(found.envelope)));
    const rules = [
      { rule: "big-orders", state: "ENABLED", isMatch: because.verdict, because },
      { rule: "heartbeat", state: "ENABLED", isMatch: false, heldBack: "It has a schedule and no pattern: events do not set it off." },
    ];
    return { event: rest, rules: found.bus === "default" ? rules : [], deliveries: DELIVERIES.filter((one) => one.passed === sequence) };
  },
  "account/cause": () => undefined,
};

const READS: Reads = {
  "events ListEventBuses": () => ({
    EventBuses: [
      { Name: "default", Arn: busArn("default") },
      { Name: "partners", Arn: busArn("partners"), CreationTime: NOON },
    ],
  }),
  "events DescribeRule": ({ Name, EventBusName }) => {
    const rule = RULES.find((one) => one["Name"] === Name && one["EventBusName"] === EventBusName);
    if (rule === undefined) throw { kind: "service", code: "ResourceNotFoundException", message: `Rule ${String(Name)} does not exist.` };
    return rule;
  },
  "events ListTargetsByRule": ({ Rule }) => ({ Targets: Rule === "big-orders" ? TARGETS : [] }),
  "events PutRule": () => ({ RuleArn: "arn" }),
  "events PutTargets": () => ({ FailedEntryCount: 0, FailedEntries: [] }),
  "events RemoveTargets": () => ({ FailedEntryCount: 0, FailedEntries: [] }),
  "events DeleteRule": () => ({}),
  "events EnableRule": () => ({}),
  "events DisableRule": () => ({}),
  "events CreateEventBus": () => ({ EventBusArn: "arn" }),
  "events DeleteEventBus": () => ({}),
  "events RemovePermission": () => ({}),
  "sns ListTopics": () => ({ Topics: [{ TopicArn: "arn:aws:sns:us-east-1:123456789012:on-call" }] }),
};

/** What the pages load when they are first shown: here before the clock of a test runs. */
const LATER = (): Promise<unknown> =>
  Promise.all([
    import("../../../../src/panels/events/RulesView.tsx"),
    import("../../../../src/panels/events/RulePage.tsx"),
    import("../../../../src/panels/events/RuleEditor.tsx"),
    import("../../../../src/panels/events/BusesView.tsx"),
    import("../../../../src/panels/events/DeliveriesView.tsx"),
    import("../../../../src/panels/events/SandboxView.tsx"),
    import("../../../../src/editors/json/json-editor.ts"),
  ]);

export interface EventsOptions {
  readonly width?: number;
  readonly reads?: Reads;
  readonly looks?: Looks;
}

/** A page of EventBridge at an address, `/rules` for instance. */
export async function openEvents(at: string, options: EventsOptions = {}): Promise<PanelPage> {
  await LATER();
  return await openPanel("/events/*rest", EventsPanel, {
    hash: `#/events${at}`,
    ...(options.width === undefined ? {} : { width: options.width }),
    looks: { ...LOOKS, ...options.looks },
    reads: { ...READS, ...options.reads },
  });
}

/** The whole text of a JSON editor, as a person would have typed it over what stood there. */
export function typeJson(host: ParentNode, label: string, text: string): void {
  const content = host.querySelector<HTMLElement>(`.cm-content[aria-label="${label}"]`);
  if (content === null) throw new Error(`no editor ${label}`);
  content.focus();
  const selection = getSelection();
  selection?.selectAllChildren(content);
  document.dispatchEvent(new Event("selectionchange"));
  const data = new DataTransfer();
  data.setData("text/plain", text);
  content.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}

export const jsonOf = (host: ParentNode, label: string): string =>
  [...(host.querySelector(`.cm-content[aria-label="${label}"]`)?.querySelectorAll(".cm-line") ?? [])]
    .map((line) => line.textContent)
    .join("\n");
