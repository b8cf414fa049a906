import { useNavigate, useSearchParams } from "@solidjs/router";
import { createMemo, createSignal, type JSX } from "solid-js";
import { RULES_PATH } from "../../app/paths.ts";
import { JsonInput } from "../../editors/json/JsonInput.tsx";
import { compacted, laidOut } from "../../editors/json/json-layout.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import { applied } from "./because-tree.ts";
import { EventsNav } from "./EventsNav.tsx";
import { eventsRequest, useBuses } from "./event-reads.ts";
import { createTrial } from "./pattern-trial.ts";
import { RequestLines } from "./RequestLines.tsx";
import { RULES as T } from "./rule-strings.ts";
import { PreviewLine, SamplePick, WhyPanel } from "./WhyPanel.tsx";

const LONGEST = 2048;
const short = (text: string): string => compacted(text) ?? text;

/** A pattern beside an event, with why it matches or not; from here into a rule. */
export function SandboxView(): JSX.Element {
  const navigate = useNavigate();
  const [query] = useSearchParams<{ bus?: string; pattern?: string; event?: string }>();
  const [bus, setBus] = createSignal(query.bus ?? "default");
  const [pattern, setPattern] = createSignal(query.pattern === undefined ? T.newPattern : (laidOut(query.pattern) ?? query.pattern));
  const buses = useBuses();
  const trial = createTrial(pattern, bus, query.event);
  const request = createMemo(() =>
    eventsRequest("TestEventPattern", { EventPattern: short(pattern()), Event: short(trial.sample.text()) }),
  );
  const names = (): readonly string[] => [...new Set([...buses.list().map((one) => one.Name), bus()])];
  const use = (): void => navigate(`${RULES_PATH}/new?${new URLSearchParams({ bus: bus(), pattern: pattern() })}`);
  return (
    <Page
      title={T.sandbox}
      scroll
      facts={<span class="muted">{T.sandboxSub}</span>}
      bar={<EventsNav here="sandbox" />}
      actions={
        <Button look="primary" onClick={use}>
          {T.use}
        </Button>
      }
      mainLabel={T.pattern}
      asideLabel={T.why}
      aside={<WhyPanel trial={trial} onFix={(fix) => setPattern(applied(pattern(), fix))} />}
    >
      <div class="events-sandbox">
        <Panel title={T.pattern} class="grow">
          <div class="pb col">
            <JsonInput
              label={T.pattern}
              value={pattern()}
              onInput={setPattern}
              error={trial.error()}
              marks={trial.marks()}
              most={LONGEST}
              class="events-tall"
            />
            <PreviewLine trial={trial} bus={bus()} />
          </div>
        </Panel>
        <Panel title={T.sample} class="grow">
          <div class="pb col">
            <Select label={T.bus} value={bus()} options={names().map((name) => ({ value: name, label: name }))} onChange={setBus} />
            <SamplePick trial={trial} />
            <JsonInput
              label={T.theEvent}
              value={trial.sample.text()}
              onInput={trial.sample.setText}
              {...(trial.eventError() === undefined ? {} : { error: { message: trial.eventError() as string } })}
              class="events-tall"
            />
          </div>
        </Panel>
      </div>
      <Panel title={T.awsLine}>
        <div class="pb col">
          <RequestLines requests={[request()]} />
        </div>
      </Panel>
    </Page>
  );
}
