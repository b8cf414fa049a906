/** Puts a sample trace through the API, as a person's command. */

import type { UiRequest } from "../../../workers/api.ts";
import { createCommand } from "../../client/command.ts";
import { useClock } from "../../client/context.ts";
import { showToast } from "../../ui/toasts.ts";
import { OUTCOMES, sampleTrace } from "./sample-trace.ts";
import { TRACES as T } from "./strings.ts";
import { xrayRequest } from "./trace-reads.ts";

/** The next sample shows another outcome. */
let turn = 0;

const bits = (): string => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export interface PutSample {
  readonly put: () => Promise<void>;
  readonly pending: () => boolean;
}

/** @param done with the id of the trace */
export function createPutSample(done: (id: string) => void): PutSample {
  const clock = useClock();
  const command = createCommand();
  const put = async (): Promise<void> => {
    const outcome = OUTCOMES[turn++ % OUTCOMES.length] ?? "ok";
    const { id, documents } = sampleTrace({ now: clock(), bits: bits(), outcome });
    const reply = await command.run(xrayRequest("PutTraceSegments", { TraceSegmentDocuments: documents }));
    if (reply === undefined) return;
    const refused = reply.output["UnprocessedTraceSegments"] as readonly { readonly Message?: string }[] | undefined;
    const first = refused?.[0];
    if (first !== undefined) showToast({ severity: "error", text: T.refused(first.Message ?? "") });
    else showToast({ severity: "ok", text: T.sampleDone(id) });
    done(id);
  };
  return { put, pending: command.pending };
}

/** The request as it would be sent at a moment, to show it. */
export const sampleRequest = (now: number): UiRequest =>
  xrayRequest("PutTraceSegments", {
    TraceSegmentDocuments: sampleTrace({ now, bits: "4c8e1f0a92b7d35e60f1a2c4", outcome: "ok" }).documents.slice(0, 1),
  });
