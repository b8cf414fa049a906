import type { Accessor } from "solid-js";
import { useClient } from "./context.ts";
import { createLook, type Read } from "./resource.ts";

/** Something that happened (or will) at a moment of the account: `look({service: "account", view: "markers", question: {from, to}})`. */
export interface ClockMarker {
  /** Epoch ms. */
  readonly at: number;
  readonly kind: "deploy" | "fault" | "alarm" | "traffic" | "command";
  /** A few words: `checkout v42`, `orders-throttled OK to ALARM`, the aws line. */
  readonly text: string;
}

/** The markers between two moments, kept fresh by the pulse. */
export function useMarkers(range: Accessor<{ readonly from: number; readonly to: number }>): Read<readonly ClockMarker[]> {
  const { pulse } = useClient();
  return createLook<readonly ClockMarker[]>(
    () => {
      const region = pulse()?.region;
      const { from, to } = range();
      return region === undefined ? undefined : { service: "account", view: "markers", region, question: { from, to } };
    },
    { follow: "version", services: ["cloudwatch"] },
  );
}
