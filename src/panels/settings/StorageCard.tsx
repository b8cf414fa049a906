/* biome-ignore-all lint/a11y/useSemanticElements: the look draws its own meter */
import { For, type JSX, Show } from "solid-js";
import { useClient } from "../../client/context.ts";
import { createLook, createQuestion } from "../../client/resource.ts";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Callout, ReadState } from "../../ui/notes.tsx";
import { bytesText, countText, plural } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { SETTINGS } from "./strings.ts";

export function StorageCard(): JSX.Element {
  const { api, pulse } = useClient();
  const logs = createLook<{ readonly groups: readonly { readonly events: number; readonly storedBytes: number }[] }>(() => ({
    service: "logs",
    view: "storage",
    region: pulse()?.region ?? "us-east-1",
  }));
  const sum = (part: "events" | "storedBytes"): number => (logs.data()?.groups ?? []).reduce((all, group) => all + group[part], 0);
  const report = createQuestion(
    () => ({ service: "storage" }),
    () => api.storage(),
  );
  return (
    <Panel title={SETTINGS.storage}>
      <div class="pb col">
        <ReadState read={report}>
          {(data) => {
            const share = (): number =>
              data().budgetBytes === 0 ? 0 : Math.min(1, (data().chunkBytes + data().attachmentBytes) / data().budgetBytes);
            return (
              <>
                <Show when={data().kind === "memory"}>
                  <Callout tone="warn">{data().reason ?? SETTINGS.memory}</Callout>
                </Show>
                <KeyValue
                  items={[
                    { label: SETTINGS.where, value: data().kind === "memory" ? SETTINGS.memory : SETTINGS.indexeddb },
                    { label: SETTINGS.logEvents, value: SETTINGS.logEventsText(countText(sum("events")), bytesText(sum("storedBytes"))) },
                    { label: SETTINGS.used, value: SETTINGS.usedText(bytesText(data().chunkBytes), plural(data().chunks, "chunk")) },
                    { label: SETTINGS.attachments, value: bytesText(data().attachmentBytes) },
                    { label: SETTINGS.journal, value: countText(data().journalRecords) },
                    { label: SETTINGS.checkpoints, value: countText(data().checkpoints) },
                  ]}
                />
                <p class="small muted">{SETTINGS.tails}</p>
                <div
                  class="meter"
                  role="meter"
                  aria-label={SETTINGS.storage}
                  aria-valuenow={Math.round(share() * 100)}
                  aria-valuemin={0}
                  aria-valuemax={100}
                >
                  <i style={{ width: `${(share() * 100).toFixed(1)}%` }} />
                </div>
                <p class="small muted">{SETTINGS.budget(`${(share() * 100).toFixed(1)} %`, bytesText(data().budgetBytes))}</p>
                <Show when={data().repairs.length > 0}>
                  <Callout tone="warn">
                    <b class="med">{SETTINGS.repairs}</b>
                    <ul>
                      <For each={data().repairs}>{(repair) => <li>{repair}</li>}</For>
                    </ul>
                  </Callout>
                </Show>
              </>
            );
          }}
        </ReadState>
      </div>
    </Panel>
  );
}
