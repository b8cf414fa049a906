import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { TextField } from "../../ui/TextField.tsx";
import type { RuleRecord, SampledRequest } from "./answers.ts";
import { Decision, RuleLines } from "./RuleLines.tsx";
import { asked } from "./rule-draft.ts";
import { ruleLines } from "./sampled-request.ts";
import { SAMPLING as T } from "./sampling-strings.ts";
import { TRACES } from "./strings.ts";
import { useWhySampled } from "./trace-reads.ts";

const FIELDS = [
  ["method", T.fields.HTTPMethod, "POST"],
  ["path", T.fields.URLPath, "/checkout"],
  ["host", T.fields.Host, "shop.example"],
  ["serviceName", T.fields.ServiceName, "shop-api"],
  ["serviceType", T.fields.ServiceType, "AWS::ApiGateway::Stage"],
] as const;

const DRAWN = 0.5;

/** Which rule a request would fall under, and why; nothing is sent. */
export function TryRequest(props: { readonly rules: readonly RuleRecord[] }): JSX.Element {
  const [request, setRequest] = createSignal<SampledRequest>({});
  const [drawn, setDrawn] = createSignal<number | undefined>(DRAWN);
  const why = useWhySampled(
    createMemo(() => asked(request())),
    () => drawn() ?? DRAWN,
  );
  const isDrawn = (): boolean => why.data()?.decision !== "borrow" && why.data()?.decision !== "take";
  return (
    <Panel
      title={T.tryTitle}
      sub={T.trySub}
      class="traces-try"
      end={
        <Button small look="ghost" onClick={() => setRequest({})}>
          {T.reset}
        </Button>
      }
    >
      <div class="pb col">
        <p class="small muted">{T.tryWhy}</p>
        <div class="traces-form">
          <For each={FIELDS}>
            {([name, label, placeholder]) => (
              <TextField
                label={label}
                mono
                value={request()[name] ?? ""}
                placeholder={placeholder}
                onInput={(value) => setRequest((now) => ({ ...now, [name]: value }))}
              />
            )}
          </For>
          <NumberField
            label={T.drawn}
            value={drawn()}
            min={0}
            max={1}
            step={0.05}
            hint={isDrawn() ? T.drawnHint : T.notDrawnHint}
            onChange={setDrawn}
          />
        </div>
      </div>
      <ReadState read={why} rows={3}>
        {(answer) => (
          <div class="rule-t">
            <div class="pb row wrap">
              <b class="med">{answer().rule.startsWith("local/") ? T.takenLocally : T.takenBy(answer().rule)}</b>
              <Badge tone={answer().isSampled ? "ok" : "info"} glyph={answer().isSampled ? "check" : "minus"}>
                {answer().isSampled ? TRACES.sample : TRACES.noSample}
              </Badge>
            </div>
            <RuleLines label={T.tryTitle} lines={ruleLines(props.rules, answer())} />
            <div class="pb col">
              <Decision why={answer()} />
              <Show when={answer().quotas.length > 0}>
                <p class="small muted">{T.quotas(answer().quotas.length)}</p>
              </Show>
            </div>
          </div>
        )}
      </ReadState>
    </Panel>
  );
}
