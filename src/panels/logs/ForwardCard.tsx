import { useNavigate } from "@solidjs/router";
import { createSignal, type JSX, onMount, Show } from "solid-js";
import { logGroupPath, NEW_ALARM_PATH } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { Button } from "../../ui/Button.tsx";
import { Callout, ErrorNote } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Progress } from "../../ui/Progress.tsx";
import { Select } from "../../ui/Select.tsx";
import type { Attached } from "./answers.ts";
import type { FilterDraft } from "./filter-draft.ts";
import { useAttached } from "./reads.ts";
import { SQUEEZES, LOGS_TEXT as T } from "./strings.ts";

export interface ForwardCardProps {
  readonly group: string;
  /** As it was saved. */
  readonly filter: FilterDraft;
  readonly onAnother: () => void;
}

/** After a filter is saved: what it will see, how to give it lines, and what to do with its metric. */
export function ForwardCard(props: ForwardCardProps): JSX.Element {
  const navigate = useNavigate();
  const attached = useAttached(() => props.group);
  const files = (): readonly Attached[] => attached.files() ?? [];
  let heading!: HTMLDivElement;
  onMount(() => heading.focus());
  const metric = (): URLSearchParams => new URLSearchParams({ namespace: props.filter.metricNamespace, metric: props.filter.metricName });
  const toAlarm = (): void => {
    const query = metric();
    query.set("stat", "Sum");
    query.set("period", "60");
    navigate(`${NEW_ALARM_PATH}?${query}`);
  };
  return (
    <Panel title={T.filterSaved(props.filter.filterName)}>
      <div class="pb col" ref={heading} tabIndex={-1}>
        <Callout>
          <b class="med">{T.forward}</b> {T.forwardWhy(props.filter.filterName)} <Show when={files().length === 0}>{T.forwardNoFile}</Show>
        </Callout>
        <Show when={files().length > 0}>
          <ReplayForm group={props.group} files={files()} />
        </Show>
        <div class="row wrap">
          <Button glyph="metrics" onClick={() => navigate(`/metrics?${metric()}`)}>
            {T.seeMetric}
          </Button>
          <Button glyph="alarm" onClick={toAlarm}>
            {T.createAlarm}
          </Button>
          <Button onClick={() => navigate(logGroupPath(props.group))}>{T.backToGroup}</Button>
          <Button look="ghost" onClick={() => props.onAnother()}>
            {T.another}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function ReplayForm(props: { readonly group: string; readonly files: readonly Attached[] }): JSX.Element {
  const { api, pulse } = useClient();
  const { replays } = useAttached(() => props.group);
  const [which, setWhich] = createSignal<string>();
  const [squeeze, setSqueeze] = createSignal(0);
  const [started, setStarted] = createSignal<string>();
  const command = createCommand({ quiet: true });
  const play = createCommand();
  const file = (): Attached | undefined => props.files.find((one) => one.sha256 === which()) ?? props.files[0];
  const running = () => replays().filter((one) => one.shipped < one.rows);
  const replay = async (): Promise<void> => {
    const chosen = file();
    if (chosen === undefined) return;
    const minutes = squeeze();
    const done = await command.attempt(() =>
      minutes === 0 ? api.replayAttachment(chosen.sha256) : api.replayAttachment(chosen.sha256, minutes),
    );
    if (done !== undefined) setStarted(chosen.name);
  };
  return (
    <div class="col logs-replay">
      <div class="row wrap logs-replay-row">
        <Show when={props.files.length > 1}>
          <Select
            label={T.replayWhich}
            value={file()?.sha256 ?? ""}
            options={props.files.map((one) => ({ value: one.sha256, label: one.name }))}
            onChange={setWhich}
          />
        </Show>
        <Select
          label={T.pace}
          value={squeeze()}
          options={[
            { value: 0, label: T.paceAsWas },
            ...SQUEEZES.map((minutes) => ({ value: minutes as number, label: T.paceSqueezed(minutes) })),
          ]}
          onChange={setSqueeze}
        />
        <Button look="primary" glyph="replay" pending={command.pending()} onClick={() => void replay()}>
          {T.replay}
        </Button>
      </div>
      <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
      <Show when={started()}>
        {(name) => (
          <div class="row wrap" role="status">
            <span>{T.replayStarted(name())}</span>
            <Show when={!pulse()?.playing}>
              <Button small glyph="play" onClick={() => void play.attempt(() => api.play(60))}>
                {T.playFast}
              </Button>
            </Show>
          </div>
        )}
      </Show>
      <Show when={running()[0]}>
        {(one) => <Progress what={T.replayRuns(one().name)} done={one().shipped} total={one().rows} unit={T.lines.toLowerCase()} />}
      </Show>
    </div>
  );
}
