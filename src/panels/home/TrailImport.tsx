import { For, type JSX, Show } from "solid-js";
import type { TrailInspection } from "../../../workers/api.ts";
import { Button } from "../../ui/Button.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Callout } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { stampText } from "../../ui/time.ts";
import { TRAIL_IMPORT as T } from "./strings.ts";

const SHOWN = 4;

/** What a CloudTrail log file holds, and its way into the event history. */
export function TrailImport(props: {
  readonly found: TrailInspection;
  readonly pending: boolean;
  readonly onImport: () => void;
  readonly onLines: () => void;
}): JSX.Element {
  const named = (all: TrailInspection["regions"]): string => {
    const shown = all.slice(0, SHOWN).map(({ name, records }) => `${name} (${countText(records)})`);
    return [...shown, ...(all.length > SHOWN ? [T.more(all.length - SHOWN)] : [])].join(", ") || "–";
  };
  const moment = (at: number | undefined): string => (at === undefined ? "–" : stampText(at));
  return (
    <>
      <p class="t2">{T.what}</p>
      <KeyValue
        items={[
          { label: T.records, value: countText(props.found.records) },
          { label: T.skipped, value: countText(props.found.skipped) },
          { label: T.first, value: moment(props.found.first), mono: true },
          { label: T.last, value: moment(props.found.last), mono: true },
          { label: T.regions, value: named(props.found.regions) },
          { label: T.accounts, value: named(props.found.accounts) },
        ]}
      />
      <For each={props.found.warnings}>{(warning) => <Callout tone="warn">{warning}</Callout>}</For>
      <div class="row g3">
        <Show when={props.found.records > 0}>
          <Button look="primary" pending={props.pending} onClick={() => props.onImport()}>
            {T.intoHistory}
          </Button>
        </Show>
        <Button look="ghost" onClick={() => props.onLines()}>
          {T.asLines}
        </Button>
      </div>
    </>
  );
}
