/** Reads that several parts of these pages share. */
import { type Accessor, createMemo } from "solid-js";
import type { LookQuestion } from "../../../workers/account/contract.ts";
import type { UiRequest } from "../../../workers/api.ts";
import { useClient } from "../../client/context.ts";
import { createLook, createQuestion, createRead, type Read, type ReadOptions } from "../../client/resource.ts";
import type { Bus, BusFlow, DeliveriesView, PatternTrial, Rule, Target, Verdicts } from "./answers.ts";
import type { PassedView } from "./passed.ts";

export const eventsRequest = (operation: string, input: Readonly<Record<string, unknown>>): UiRequest => ({
  service: "events",
  operation,
  input,
  via: "form",
});

export function useRegion(): Accessor<string> {
  const { pulse } = useClient();
  return createMemo(() => pulse()?.region ?? "us-east-1");
}

type Asked = Readonly<Record<string, unknown>>;

/** A look of EventBridge in the chosen Region; undefined asks nothing. */
export function useEventLook<T>(view: string, question: () => Asked | undefined, options: ReadOptions = { follow: "version" }): Read<T> {
  const region = useRegion();
  return createLook<T>((): LookQuestion | undefined => {
    const asked = question();
    return asked === undefined ? undefined : { service: "events", view, region: region(), question: asked };
  }, options);
}

export const useFlow = (question: () => Asked | undefined): Read<BusFlow> => useEventLook<BusFlow>("busFlow", question);
export const useDeliveries = (question: () => Asked | undefined): Read<DeliveriesView> =>
  useEventLook<DeliveriesView>("deliveries", question);
export const useVerdicts = (sequence: () => string | undefined): Read<Verdicts | undefined> =>
  useEventLook<Verdicts | undefined>("eventVerdicts", () => {
    const asked = sequence();
    return asked === undefined ? undefined : { sequence: asked };
  });
export const useTrial = (question: () => Asked | undefined): Read<PatternTrial> => useEventLook<PatternTrial>("tryPattern", question);
/** The newest events of a bus. */
export const useNewest = (bus: () => string, limit: number): Read<PassedView> =>
  useEventLook<PassedView>("passed", () => ({ bus: bus(), limit }));

export function useBuses(): { readonly read: ReturnType<typeof createRead>; readonly list: Accessor<readonly Bus[]> } {
  const read = createRead(() => ({ service: "events", operation: "ListEventBuses", input: { Limit: 100 } }), { follow: "version" });
  return { read, list: createMemo(() => (read.data()?.output["EventBuses"] as readonly Bus[] | undefined) ?? []) };
}

/** Both of them undefined until they are known. */
export function useRule(
  bus: string,
  name: string,
): {
  readonly read: ReturnType<typeof createRead>;
  readonly rule: Accessor<Rule | undefined>;
  readonly targets: Accessor<readonly Target[] | undefined>;
} {
  const read = createRead(() => ({ service: "events", operation: "DescribeRule", input: { Name: name, EventBusName: bus } }), {
    follow: "version",
  });
  const targets = createRead(() => ({ service: "events", operation: "ListTargetsByRule", input: { Rule: name, EventBusName: bus } }), {
    follow: "version",
  });
  return {
    read,
    rule: createMemo(() => read.data()?.output as Rule | undefined, undefined, sameJson),
    targets: createMemo(() => targets.data()?.output["Targets"] as readonly Target[] | undefined, undefined, sameJson),
  };
}

const sameJson = { equals: (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b) };

/** The `aws` lines of requests. */
export function useLines(requests: () => readonly UiRequest[]): Read<readonly string[]> {
  const { api } = useClient();
  return createQuestion(
    () => ({ service: "events", requests: requests() }),
    (asked) => Promise.all(asked.requests.map((request) => api.lineOf(request))),
    { follow: "question" },
  );
}
