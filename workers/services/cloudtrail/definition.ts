/** AWS CloudTrail: the event history. Trails, Lake and Insights are not built yet. */
import type { Operations } from "../../model/generated/cloudtrail.ts";
import { operation, type ServiceDefinition } from "../contract.ts";
import { record } from "./history.ts";
import { historyTable, whyNotRecorded } from "./looks.ts";
import { lookupEvents } from "./lookup-events.ts";

export const cloudtrail: ServiceDefinition = {
  name: "cloudtrail",
  principal: "cloudtrail.amazonaws.com",
  eventSource: "cloudtrail.amazonaws.com",
  operations: {
    LookupEvents: operation<Operations["LookupEvents"]>({
      effect: "none",
      action: "cloudtrail:LookupEvents",
      trail: "management-read",
      handle: lookupEvents,
    }),
  },
  looks: { history: historyTable, whyNotRecorded },
  record,
};
