import { createMemo, type JSX, Show } from "solid-js";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import type { TraceView } from "./answers.ts";
import { Decision, RuleLines } from "./RuleLines.tsx";
import { requestOf, ruleLines, saidRule } from "./sampled-request.ts";
import { TRACES as T } from "./strings.ts";
import { useSamplingRules, useWhySampled } from "./trace-reads.ts";

/** Which rule the request of a trace falls under, and why. */
export function SampledPanel(props: { readonly trace: TraceView }): JSX.Element {
  const rules = useSamplingRules();
  const request = createMemo(() => requestOf(props.trace), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const why = useWhySampled(request);
  const said = (): string | undefined => saidRule(props.trace);
  return (
    <Panel title={T.why} class="traces-why grow" sub={T.whySub}>
      <Show when={request() !== undefined} fallback={<Empty glyph="sample" title={T.noRootToAsk} />}>
        <ReadState read={why} rows={3}>
          {(answer) => (
            <>
              <RuleLines label={T.why} lines={ruleLines(rules.list(), answer())} />
              <div class="pb col">
                <Decision why={answer()} />
                <p class="small muted">
                  <Show when={said()} fallback={T.notSaid}>
                    {(rule) => T.said(rule())}
                  </Show>
                </p>
              </div>
            </>
          )}
        </ReadState>
      </Show>
    </Panel>
  );
}
