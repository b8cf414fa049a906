import { useNavigate } from "@solidjs/router";
import { type JSX, onMount, Show } from "solid-js";
import { logGroupPath, NEW_ALARM_PATH } from "../../app/paths.ts";
import { Button } from "../../ui/Button.tsx";
import { Callout } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import type { FilterDraft } from "./filter-draft.ts";
import { ReplayForm } from "./ReplayPart.tsx";
import { useAttached } from "./reads.ts";
import { LOGS_TEXT as T } from "./strings.ts";

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
  const hasFile = (): boolean => (attached.files()?.length ?? 0) > 0;
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
          <b class="med">{T.forward}</b> {T.forwardWhy(props.filter.filterName)} <Show when={!hasFile()}>{T.forwardNoFile}</Show>
        </Callout>
        <ReplayForm group={props.group} />
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
