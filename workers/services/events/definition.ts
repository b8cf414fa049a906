/** Amazon EventBridge: buses, rules, targets, schedules, and what passed. */
import type { RequestContext } from "../../language/policy/glob.ts";
import type { Operations } from "../../model/generated/events.ts";
import { type Operation, operation, type Scope, type ServiceDefinition } from "../contract.ts";
import { handedTo } from "../passes.ts";
import { forward } from "./arrive.ts";
import { policyOfBus, putPermission, removePermission } from "./bus-policies.ts";
import type { PassedOn } from "./bus-target.ts";
import { createEventBus, deleteEventBus, describeEventBus, listEventBuses } from "./buses.ts";
import { retry } from "./deliver.ts";
import { deliveries } from "./deliveries.ts";
import { busArn, busNameOf, ruleArn } from "./documents.ts";
import { busFlow, busTotals } from "./look-flow.ts";
import { eventVerdicts, nextMoments, tryPattern, trySchedule } from "./look-rules.ts";
import { passed } from "./passed.ts";
import { putEvents, takePassedOn } from "./put-events.ts";
import { deleteRule, describeRule, disableRule, enableRule, listRuleNamesByTarget, listRules, putRule } from "./rules.ts";
import { fire } from "./schedules.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";
import { listTargetsByRule, putTargets, removeTargets } from "./targets.ts";
import { testEventPattern } from "./test-event-pattern.ts";
import { tryTarget } from "./try-target.ts";

const busOf = (name: string | undefined, scope: Scope): string => (name?.startsWith("arn:") ? name : busArn(scope, busNameOf(name)));
const ruleOf = (name: string, bus: string | undefined, scope: Scope): string => ruleArn(scope, busNameOf(bus), name);

type Table = { readonly [K in keyof Operations]?: Omit<Operation<Operations[K]["input"], Operations[K]["output"]>, "action"> };

const onRule = (input: { readonly Name: string; readonly EventBusName?: string }, scope: Scope) => [
  ruleOf(input.Name, input.EventBusName, scope),
];
const onTargets = (input: { readonly Rule: string; readonly EventBusName?: string }, scope: Scope) => [
  ruleOf(input.Rule, input.EventBusName, scope),
];
const onBus = (input: { readonly Name?: string }, scope: Scope) => [busOf(input.Name, scope)];
const onNamedBus = (input: { readonly EventBusName?: string }, scope: Scope) => [busOf(input.EventBusName, scope)];
const onTagged = ({ ResourceARN }: { readonly ResourceARN: string }) => [ResourceARN];
const reading = { effect: "none", trail: "management-read" } as const;
const writing = { effect: "state", trail: "management-write" } as const;

type PutEventsForms = Operations["PutEvents"]["input"] | PassedOn;

/** Condition keys of what is put; several where the entries differ. */
function entryKeys(entries: Operations["PutEvents"]["input"]["Entries"]): RequestContext {
  const of = (values: readonly (string | undefined)[]) => {
    const said = [...new Set(values.flatMap((value) => value ?? []))];
    return said.length > 1 ? said : said[0];
  };
  return {
    "events:source": of(entries.map(({ Source }) => Source)),
    "events:detail-type": of(entries.map(({ DetailType }) => DetailType)),
  };
}

const table: Table = {
  CreateEventBus: { ...writing, resources: onBus, handle: createEventBus },
  DeleteEventBus: { ...writing, resources: onBus, handle: deleteEventBus },
  DescribeEventBus: { ...reading, resources: onBus, handle: describeEventBus },
  ListEventBuses: { ...reading, handle: listEventBuses },
  PutPermission: { ...writing, resources: onNamedBus, handle: putPermission },
  RemovePermission: { ...writing, resources: onNamedBus, handle: removePermission },
  PutRule: { ...writing, resources: onRule, passes: ({ RoleArn }) => handedTo("events.amazonaws.com", RoleArn), handle: putRule },
  DeleteRule: { ...writing, resources: onRule, handle: deleteRule },
  DescribeRule: { ...reading, resources: onRule, handle: describeRule },
  EnableRule: { ...writing, resources: onRule, handle: enableRule },
  DisableRule: { ...writing, resources: onRule, handle: disableRule },
  ListRules: { ...reading, handle: listRules },
  ListRuleNamesByTarget: { ...reading, handle: listRuleNamesByTarget },
  PutTargets: {
    ...writing,
    resources: onTargets,
    passes: ({ Targets }) => handedTo("events.amazonaws.com", ...Targets.map(({ RoleArn }) => RoleArn)),
    handle: putTargets,
  },
  RemoveTargets: { ...writing, resources: onTargets, handle: removeTargets },
  ListTargetsByRule: { ...reading, resources: onTargets, handle: listTargetsByRule },
  TagResource: { ...writing, resources: onTagged, handle: tagResource },
  UntagResource: { ...writing, resources: onTagged, handle: untagResource },
  ListTagsForResource: { ...reading, resources: onTagged, handle: listTagsForResource },
  PutEvents: {
    effect: "state",
    trail: "never",
    resources: (input: PutEventsForms, scope) =>
      "bus" in input ? [input.bus] : [...new Set(input.Entries.map((entry) => busOf(entry.EventBusName, scope)))],
    keys: (input: PutEventsForms) => ("bus" in input ? {} : entryKeys(input.Entries)),
    handle: putEvents,
    columns: (ctx, columns) => takePassedOn(ctx, columns as PassedOn),
  },
  TestEventPattern: { ...reading, handle: testEventPattern },
};

export const events: ServiceDefinition = {
  name: "events",
  principal: "events.amazonaws.com",
  eventSource: "events.amazonaws.com",
  operations: Object.fromEntries(
    Object.entries(table).map(([name, entry]) => [name, operation({ ...(entry as Omit<Operation, "action">), action: `events:${name}` })]),
  ),
  // What AWS's services put on the default bus themselves needs no policy; rules with a bus as target ask it (`bus-target.ts`).
  isOpenToServices: true,
  resourcePolicy: policyOfBus,
  agenda: {
    schedule: (ctx, item) => fire(ctx, item, forward),
    retry: (ctx, item) => retry(ctx, item.payload, forward),
  },
  // AWS shows nobody what passed a bus or was delivered: whoever may see its buses and rules sees it here.
  readsAs: {
    passed: { action: "events:DescribeEventBus" },
    busFlow: { action: "events:DescribeEventBus" },
    busTotals: { action: "events:ListEventBuses" },
    deliveries: { action: "events:ListRules" },
    eventVerdicts: { action: "events:ListRules" },
    tryPattern: { action: "events:TestEventPattern" },
    tryTarget: { action: "events:ListRules" },
  },
  looks: { passed, deliveries, eventVerdicts, tryPattern, trySchedule, nextMoments, tryTarget, busFlow, busTotals },
};
