import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { createLook } from "../../client/resource.ts";
import { JsonInput } from "../../editors/json/JsonInput.tsx";
import { Button } from "../../ui/Button.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { RequestLines } from "../events/RequestLines.tsx";
import type { HistoryView } from "../trail/history.ts";
import { SelectorsForm } from "./SelectorsForm.tsx";
import { SELECTORS } from "./selector-strings.ts";
import { kindOf, PRESETS, readSelectors, type SelectorKind, selectorsOf, textOf } from "./selector-text.ts";
import { TRAILS as T } from "./strings.ts";
import { request, type TrailRow, useRegion } from "./trail-reads.ts";
import { WouldLog } from "./WouldLog.tsx";

const LAST = 30;

/** What a trail takes, as fields and as text, one state; checked and tried on the last calls while it is written. */
export function SelectorsTab(props: { readonly trail: TrailRow }): JSX.Element {
  const region = useRegion();
  const command = createCommand({ quiet: true, done: T.saved });
  const [draft, setDraft] = createSignal<{ readonly kind: SelectorKind; readonly text: string }>();
  const now = createMemo(() => {
    const selectors = selectorsOf(props.trail);
    return { kind: kindOf(selectors), text: textOf(selectors) };
  });
  const shown = (): { readonly kind: SelectorKind; readonly text: string } => draft() ?? now();
  const change = (part: Partial<{ kind: SelectorKind; text: string }>): void => {
    command.clear();
    setDraft({ ...shown(), ...part });
  };
  const read = createMemo(() => readSelectors(shown().text, shown().kind));
  const error = () => {
    const found = read();
    return "error" in found ? found.error : undefined;
  };
  const selectors = () => {
    const found = read();
    return "selectors" in found ? found.selectors : undefined;
  };
  // While what is written is none, the last calls are tried on what was right before.
  const tried = createMemo<ReturnType<typeof selectors>>((before) => selectors() ?? before);
  const put = createMemo(() => {
    const good = selectors();
    if (good === undefined) return undefined;
    const list = "basic" in good ? { EventSelectors: good.basic } : { AdvancedEventSelectors: good.advanced };
    return request("cloudtrail", "PutEventSelectors", { TrailName: props.trail.Name, ...list });
  });
  const history = createLook<HistoryView>(() => ({ service: "cloudtrail", view: "history", region: region(), question: { limit: LAST } }), {
    follow: "version",
  });
  const save = async (): Promise<void> => {
    const asked = put();
    if (asked !== undefined && (await command.run(asked)) !== undefined) setDraft(undefined);
  };
  return (
    <>
      <div class="pb col">
        <div class="row wrap">
          <Segmented
            label={T.kind}
            value={shown().kind}
            options={T.kinds}
            onChange={(kind) =>
              change({ kind, text: JSON.stringify(PRESETS.find((one) => one.kind === kind)?.selectors ?? [], undefined, 2) })
            }
          />
          <Menu
            label={T.presets}
            button={T.presets}
            items={PRESETS.map((one) => ({
              id: one.id,
              label: T.presetNames[one.id] ?? one.id,
              run: () => change({ kind: one.kind, text: JSON.stringify(one.selectors, undefined, 2) }),
            }))}
          />
        </div>
        <div class="selectors-both">
          <section aria-label={SELECTORS.form}>
            <SelectorsForm kind={shown().kind} text={shown().text} error={error()} onText={(text) => change({ text })} />
          </section>
          <JsonInput
            label={T.text[shown().kind]}
            value={shown().text}
            onInput={(text) => change({ text })}
            error={error()}
            class="trails-editor"
          />
        </div>
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={put()}>{(asked) => <RequestLines requests={[asked()]} />}</Show>
        <div class="row">
          <Button
            look="primary"
            pending={command.pending()}
            disabled={put() === undefined || draft() === undefined}
            {...(draft() !== undefined && error() !== undefined ? { reason: error()?.message ?? "" } : {})}
            onClick={() => void save()}
          >
            {T.save}
          </Button>
          <Button disabled={draft() === undefined} onClick={() => setDraft(undefined)}>
            {T.discard}
          </Button>
        </div>
      </div>
      <div class="pb col rule-t">
        <h2>{T.wouldLog}</h2>
        <p class="small t2">{selectors() === undefined ? T.wouldLogBefore : T.wouldLogSub}</p>
        <Show when={history.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={history.again} />}</Show>
        <Show when={tried()}>{(good) => <WouldLog selectors={good()} rows={history.data()?.rows ?? []} />}</Show>
        <p class="small t2">{T.dataNote}</p>
      </div>
    </>
  );
}
