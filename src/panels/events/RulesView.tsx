import { useNavigate, useSearchParams } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { RULES_PATH, rulePath } from "../../app/paths.ts";
import { useTimeRange } from "../../app/time-range.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText, plural } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import { minuteText } from "../../ui/time.ts";
import { BusPicture } from "./BusPicture.tsx";
import { EventsNav } from "./EventsNav.tsx";
import { useBuses, useFlow } from "./event-reads.ts";
import { PutEventDialog } from "./PutEventDialog.tsx";
import { RuleTable } from "./RuleTable.tsx";
import { RULES as T } from "./rule-strings.ts";

/** One bus: what went through it in the time range, and its rules. */
export function RulesView(): JSX.Element {
  const navigate = useNavigate();
  const range = useTimeRange();
  const [query, setQuery] = useSearchParams<{ bus?: string }>();
  const [isPutting, setPutting] = createSignal(false);
  const buses = useBuses();
  const bus = (): string => query.bus ?? "default";
  const flow = useFlow(() => ({ bus: bus(), from: range().from, to: range().to }));
  const known = createMemo(() => buses.list().find((one) => one.Name === bus()));
  const isMissing = (): boolean => buses.read.data() !== undefined && known() === undefined;
  const toNew = (): void => navigate(`${RULES_PATH}/new?bus=${encodeURIComponent(bus())}`);
  return (
    <Page
      title={bus()}
      scroll
      bar={<EventsNav here="rules" />}
      facts={
        <>
          <Select
            label={T.bus}
            class="events-bus"
            value={bus()}
            options={[...buses.list().map((one) => one.Name), ...(isMissing() ? [bus()] : [])].map((name) => ({
              value: name,
              label: name,
            }))}
            onChange={(name) => setQuery({ bus: name })}
          />
          <Show when={known()?.Arn}>
            {(arn) => (
              <span class="row events-arn">
                <span class="mono muted trunc" title={arn()}>
                  {arn()}
                </span>
                <CopyButton text={arn()} label={T.arn} inline />
              </span>
            )}
          </Show>
        </>
      }
      actions={
        <>
          <Button onClick={() => setPutting(true)}>{T.putEvent}</Button>
          <Button look="primary" glyph="plus" disabled={isMissing()} onClick={toNew}>
            {T.create}
          </Button>
        </>
      }
    >
      <Show
        when={!isMissing()}
        fallback={
          <Panel>
            <Empty glyph="bus" title={T.noBus(bus())} action={{ label: T.toBuses, run: () => navigate("/events/buses") }}>
              {T.noBusWhy}
            </Empty>
          </Panel>
        }
      >
        <ReadState read={flow} rows={6}>
          {(data) => (
            <>
              <Show when={data().events > 0 || data().rules.length > 0}>
                <Panel
                  title={T.picture}
                  sub={T.inRange(
                    T.pictureSub(
                      plural(data().events, "event"),
                      countText(data().sent),
                      plural(data().deliveries, "delivery", "deliveries"),
                    ),
                    minuteText(range().from),
                    minuteText(range().to),
                  )}
                >
                  <BusPicture flow={data()} />
                </Panel>
              </Show>
              <Panel
                title={T.rules}
                sub={
                  data().rules.length === 0
                    ? countText(0)
                    : T.countsOf(countText(data().rules.length), minuteText(range().from), minuteText(range().to))
                }
              >
                <RuleTable rules={data().rules} bus={bus()} onOpen={(rule) => navigate(rulePath(bus(), rule.name))} onCreate={toNew} />
              </Panel>
            </>
          )}
        </ReadState>
      </Show>
      <PutEventDialog open={isPutting()} bus={bus()} onClose={() => setPutting(false)} />
    </Page>
  );
}
