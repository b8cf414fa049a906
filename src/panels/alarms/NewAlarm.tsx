import { useNavigate } from "@solidjs/router";
import { createSignal, type JSX, Show } from "solid-js";
import { alarmPath } from "../../app/paths.ts";
import { useTimeRange } from "../../app/time-range.ts";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { AlarmChart } from "./AlarmChart.tsx";
import { AlarmDefinition, focusRefused } from "./AlarmDefinition.tsx";
import { putRequest } from "./AlarmLines.tsx";
import { useWhatIf } from "./alarm-reads.ts";
import type { AlarmInput } from "./answers.ts";
import { conditionText } from "./condition.ts";
import { compact, watchedOf } from "./draft.ts";
import { inputOfQuery } from "./new-alarm-link.ts";
import { createProblems } from "./problems.ts";
import { ALARMS_TEXT as T } from "./strings.ts";
import { WhatIfCard } from "./WhatIfCard.tsx";

/** A form that shows, before anything is saved, what the alarm would have done. */
export function NewAlarm(props: { readonly query: URLSearchParams }): JSX.Element {
  const navigate = useNavigate();
  const range = useTimeRange();
  const [draft, setDraft] = createSignal<AlarmInput>(inputOfQuery(props.query));
  const [tab, setTab] = createSignal("form");
  const create = createCommand({ done: () => T.createdToast(draft().AlarmName ?? ""), quiet: true });
  const isReady = (): boolean => watchedOf(draft()) !== undefined && draft().Threshold !== undefined;
  const whatIf = useWhatIf(
    () => (isReady() ? draft() : undefined),
    range,
    () => undefined,
  );
  const request = (): AlarmInput => ({ AlarmName: draft().AlarmName ?? "", ...compact(draft()) });
  const problems = createProblems(request);
  const change = (part: AlarmInput): void => {
    create.clear();
    setDraft((now) => ({ ...now, ...part }));
  };
  const put = async (): Promise<void> => {
    if ((await problems.check()) && (await create.run(putRequest(request()))) !== undefined) navigate(alarmPath(draft().AlarmName ?? ""));
    else focusRefused();
  };
  return (
    <Page
      title={T.create}
      facts={
        <Show when={isReady()}>
          <span class="t2 trunc">{conditionText(draft())}</span>
        </Show>
      }
      class="alarm-body"
      mainLabel={T.form}
      asideLabel={T.whatIf}
      aside={<WhatIfCard range={range()} input={draft()} changed={whatIf} isChanged={isReady()} sub={T.newSub} onTry={change} />}
    >
      <AlarmChart input={draft()} range={range()} whatIf={isReady() ? whatIf.data() : undefined} />
      <AlarmDefinition
        input={draft()}
        changed={[]}
        failure={create.error() ?? problems.failure() ?? whatIf.error()}
        problems={problems.list()}
        tab={tab()}
        onTab={setTab}
        onChange={change}
        onReplace={setDraft}
        buttons={
          <>
            <Button look="primary" pending={create.pending()} onClick={() => void put()}>
              {T.create}
            </Button>
            <Button onClick={() => navigate("/alarms")}>{T.cancel}</Button>
            <span class="small muted">{T.createWhy}</span>
          </>
        }
      />
    </Page>
  );
}
