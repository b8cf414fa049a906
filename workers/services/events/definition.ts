/** Amazon EventBridge: the default bus and what passed it. */
import type { Operations } from "../../model/generated/events.ts";
import { operation, type Scope, type ServiceDefinition } from "../contract.ts";
import { describeEventBus, listEventBuses } from "./buses.ts";
import { passed } from "./passed.ts";
import { putEvents } from "./put-events.ts";
import { testEventPattern } from "./test-event-pattern.ts";

const busOf = (name: string | undefined, scope: Scope): string =>
  name?.startsWith("arn:") ? name : `arn:aws:events:${scope.region}:${scope.account}:event-bus/${name ?? "default"}`;

export const events: ServiceDefinition = {
  name: "events",
  principal: "events.amazonaws.com",
  eventSource: "events.amazonaws.com",
  operations: {
    ListEventBuses: operation<Operations["ListEventBuses"]>({
      effect: "none",
      action: "events:ListEventBuses",
      trail: "management-read",
      handle: listEventBuses,
    }),
    DescribeEventBus: operation<Operations["DescribeEventBus"]>({
      effect: "none",
      action: "events:DescribeEventBus",
      resources: (input, scope) => [busOf(input.Name, scope)],
      trail: "management-read",
      handle: describeEventBus,
    }),
    PutEvents: operation<Operations["PutEvents"]>({
      effect: "state",
      action: "events:PutEvents",
      resources: (input, scope) => [...new Set((input.Entries ?? []).map((entry) => busOf(entry.EventBusName, scope)))],
      trail: "never",
      handle: putEvents,
    }),
    TestEventPattern: operation<Operations["TestEventPattern"]>({
      effect: "none",
      action: "events:TestEventPattern",
      trail: "management-read",
      handle: testEventPattern,
    }),
  },
  looks: { passed },
};
