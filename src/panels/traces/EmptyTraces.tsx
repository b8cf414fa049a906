import { createMemo, type JSX } from "solid-js";
import { useClock } from "../../client/context.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { sampleRequest } from "./put-sample.ts";
import { RequestLines } from "./RequestLines.tsx";
import { TRACES as T } from "./strings.ts";

const MINUTE = 60_000;

/** Before the first trace: what makes traces come, and one way to have some. */
export function EmptyTraces(props: { readonly onPut: () => void; readonly pending: boolean }): JSX.Element {
  const clock = useClock();
  const minute = createMemo(() => Math.floor(clock() / MINUTE) * MINUTE);
  return (
    <Panel label={T.emptyTitle} class="traces-empty">
      <div class="empty">
        <span class="sv-xray">
          <Glyph name="map" size="l" />
        </span>
        <b class="med">{T.emptyTitle}</b>
        <span class="muted empty-why">{T.emptyWhy}</span>
        <Button look="primary" glyph="plus" pending={props.pending} onClick={() => props.onPut()}>
          {T.putSample}
        </Button>
      </div>
      <div class="pb col rule-t">
        <p class="small muted">{T.emptyLambda}</p>
        <AwsLine line="aws lambda update-function-configuration --function-name checkout --tracing-config Mode=Active" wrap />
        <RequestLines label={T.emptyPut} requests={[sampleRequest(minute())]} />
      </div>
    </Panel>
  );
}
