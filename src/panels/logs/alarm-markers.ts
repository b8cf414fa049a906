/** Where alarms went into ALARM, over the histogram of lines. */
import { type Accessor, createMemo } from "solid-js";
import { type ClockMarker, useMarkers } from "../../client/markers.ts";
import type { Span } from "./steps.ts";

export function useAlarmMarkers(span: Accessor<Span | undefined>): Accessor<readonly ClockMarker[]> {
  const read = useMarkers(() => span() ?? { from: 0, to: 1 });
  return createMemo(() => (read.data() ?? []).filter((marker) => marker.kind === "alarm"));
}
