/** AWS X-Ray: traces, the service graph, sampling, groups. */
import type { Operations } from "../../model/generated/xray.ts";
import { operation, type ServiceDefinition } from "../contract.ts";
import { putTraceSegments } from "./put-trace-segments.ts";

export const xray: ServiceDefinition = {
  name: "xray",
  principal: "xray.amazonaws.com",
  eventSource: "xray.amazonaws.com",
  operations: {
    PutTraceSegments: operation<Operations["PutTraceSegments"]>({
      effect: "state",
      action: "xray:PutTraceSegments",
      trail: "data",
      handle: putTraceSegments,
    }),
  },
};
