import { useNavigate } from "@solidjs/router";
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from "solid-js";
import type { FileInspection, FileMapping, PlainFailure, TrailInspection } from "../../../workers/api.ts";
import { setAccountInfo } from "../../app/account-info.ts";
import { logGroupPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { Button } from "../../ui/Button.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { Callout, ErrorNote, Skeleton } from "../../ui/notes.tsx";
import { bytesText, countText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { Progress } from "../../ui/Progress.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { durationText, milliText, stampText } from "../../ui/time.ts";
import { showToast } from "../../ui/toasts.ts";
import { HOME_TEXT as T, TRAIL_IMPORT } from "./strings.ts";
import { TrailImport } from "./TrailImport.tsx";

const SQUEEZES = [5, 10, 30, 60] as const;
const MINUTE = 60_000;

/** What a dropped file holds, how its lines become events, and the two ways in. */
export function ImportCard(props: { readonly file: File; readonly onDone: () => void }): JSX.Element {
  const { api, pulse } = useClient();
  const navigate = useNavigate();
  const reading = createCommand({ quiet: true });
  const attaching = createCommand({ quiet: true });
  const [inspection, setInspection] = createSignal<FileInspection>();
  const [mapping, setMapping] = createSignal<Partial<FileMapping>>({});
  const [mode, setMode] = createSignal<"history" | "replay">("history");
  const [squeeze, setSqueeze] = createSignal(0);
  /** A CloudTrail log file is taken as one, unless its lines are wanted. */
  const [asLines, setAsLines] = createSignal(false);

  const inspect = async (): Promise<void> => {
    const file = props.file;
    const outcome = await reading.attempt(() => api.inspectFile(file, file.name, mapping()));
    if (file !== props.file) return; // another file was dropped meanwhile
    setInspection(outcome?.answer);
  };
  createEffect(
    on(
      () => props.file,
      () => {
        setMapping({});
        setInspection(undefined);
        setAsLines(false);
        void inspect();
      },
    ),
  );
  const change = (part: Partial<FileMapping>, again: boolean): void => {
    setMapping((now) => ({ ...now, ...part }));
    if (again) void inspect();
  };
  /** What was chosen, over what was found out. */
  const chosen = createMemo((): FileMapping => {
    const found = inspection();
    return { ...(found?.suggested ?? { logGroupName: "", logStreamName: "", timeFormat: "none", multiline: "off" }), ...mapping() };
  });
  const span = (): number => (inspection()?.last ?? 0) - (inspection()?.first ?? 0);
  /** Squeezing makes a file shorter, never longer. */
  const squeezes = (): readonly number[] => SQUEEZES.filter((minutes) => minutes * MINUTE < span());
  const pace = (): number => (squeezes().includes(squeeze()) ? squeeze() : 0);

  const attach = async (): Promise<void> => {
    const found = inspection();
    if (found === undefined) return;
    const request = {
      file: props.file,
      name: props.file.name,
      mapping: chosen(),
      mode: mode(),
      ...(mode() === "replay" && pace() > 0 ? { squeezeMinutes: pace() } : {}),
    };
    const outcome = await attaching.attempt(() => api.attach(request));
    if (outcome === undefined) return;
    setAccountInfo(outcome.answer);
    showToast({ severity: "ok", text: mode() === "history" ? T.historyDone(countText(found.events)) : T.replayStarted });
    props.onDone();
    navigate(logGroupPath(chosen().logGroupName));
  };

  const attachTrail = async (records: number): Promise<void> => {
    const request = { file: props.file, name: props.file.name, mapping: chosen(), mode: "history", trail: true } as const;
    const outcome = await attaching.attempt(() => api.attach(request));
    if (outcome === undefined) return;
    setAccountInfo(outcome.answer);
    showToast({ severity: "ok", text: TRAIL_IMPORT.done(countText(records)) });
    props.onDone();
    navigate("/trail");
  };
  const trail = (): TrailInspection | undefined => (asLines() ? undefined : inspection()?.trail);

  return (
    <Panel
      title={T.importTitle(props.file.name)}
      catchesFocus
      end={
        <Button small look="ghost" onClick={() => void api.cancel().then(props.onDone)}>
          {T.cancel}
        </Button>
      }
    >
      <div class="pb import">
        <Show when={pulse()?.progress}>
          {(p) => <Progress what={p().what} done={p().done} total={p().total} onCancel={() => void api.cancel()} />}
        </Show>
        <Show when={reading.error()}>{(failure) => <Refusal failure={failure()} onAnother={props.onDone} />}</Show>
        <Show when={trail()}>
          {(found) => (
            <>
              <TrailImport
                found={found()}
                pending={attaching.pending()}
                onImport={() => void attachTrail(found().records)}
                onLines={() => setAsLines(true)}
              />
              <Show when={attaching.error()}>{(failure) => <Refusal failure={failure()} onAnother={props.onDone} />}</Show>
            </>
          )}
        </Show>
        <Show
          when={trail() === undefined ? inspection() : undefined}
          fallback={<Show when={reading.pending()}>{<Skeleton rows={4} />}</Show>}
        >
          {(found) => (
            <>
              <KeyValue
                items={[
                  { label: T.facts.lines, value: countText(found().lines) },
                  { label: T.facts.events, value: countText(found().events) },
                  { label: T.facts.size, value: bytesText(found().bytes) },
                  { label: T.facts.encoding, value: found().encoding },
                  { label: T.facts.first, value: found().first === undefined ? "–" : stampText(found().first as number), mono: true },
                  { label: T.facts.last, value: found().last === undefined ? "–" : stampText(found().last as number), mono: true },
                ]}
              />
              <For each={found().warnings}>{(warning) => <Callout tone="warn">{warning}</Callout>}</For>
              <div class="fgrid">
                <TextField label={T.group} mono value={chosen().logGroupName} onInput={(logGroupName) => change({ logGroupName }, false)} />
                <TextField
                  label={T.stream}
                  mono
                  value={chosen().logStreamName}
                  onInput={(logStreamName) => change({ logStreamName }, false)}
                />
                <Select
                  label={T.format}
                  value={chosen().timeFormat}
                  options={[
                    ...found().timeFormats.map((f) => ({ value: f.id, label: `${f.label} (${Math.round(f.share * 100)} % of lines)` })),
                    { value: "none", label: T.noFormat },
                  ]}
                  onChange={(timeFormat) => change({ timeFormat }, true)}
                />
                <Show
                  when={chosen().timeFormat !== "none"}
                  fallback={
                    <NumberField
                      label={T.spacing}
                      value={chosen().spacingSeconds ?? 1}
                      min={0.001}
                      onChange={(spacingSeconds) => spacingSeconds !== undefined && change({ spacingSeconds }, true)}
                    />
                  }
                >
                  <Select
                    label={T.multiline}
                    value={chosen().multiline}
                    options={[
                      { value: "timestamp", label: T.joinStamp },
                      { value: "indent", label: T.joinIndent },
                      { value: "off", label: T.joinOff },
                    ]}
                    onChange={(multiline) => change({ multiline }, true)}
                  />
                </Show>
              </div>
              <div class="import-how">
                <Segmented
                  label={T.mode}
                  value={mode()}
                  options={[
                    { value: "history", label: T.history },
                    { value: "replay", label: T.replay },
                  ]}
                  onChange={setMode}
                />
                <p class="t2">{mode() === "history" ? T.historyWhy : T.replayWhy}</p>
                <Show when={mode() === "replay"}>
                  <Select
                    label={T.pace}
                    value={pace()}
                    options={[
                      { value: 0, label: T.asWas(durationText(span())) },
                      ...squeezes().map((minutes) => ({ value: minutes, label: T.squeezed(minutes) })),
                    ]}
                    onChange={setSqueeze}
                  />
                </Show>
              </div>
              <Show when={attaching.error()}>{(failure) => <Refusal failure={failure()} onAnother={props.onDone} />}</Show>
              <div class="row g3">
                <Button look="primary" pending={attaching.pending()} onClick={() => void attach()}>
                  {mode() === "history" ? T.import : T.replayNow}
                </Button>
                <span class="muted small">{countText(found().events)} events</span>
              </div>
              <h3>{T.preview}</h3>
              <div class="tblwrap">
                <table class="tbl">
                  <thead>
                    <tr>
                      <th scope="col">{T.previewTime}</th>
                      <th scope="col">{T.previewMessage}</th>
                    </tr>
                  </thead>
                  <tbody>
                    <For each={found().sample.slice(0, 8)}>
                      {(event) => (
                        <tr>
                          <td class="mono nowrap">{milliText(event.timestamp)}</td>
                          <td class="mono import-line" title={event.message}>
                            {event.message}
                          </td>
                        </tr>
                      )}
                    </For>
                  </tbody>
                </table>
              </div>
            </>
          )}
        </Show>
      </div>
    </Panel>
  );
}

/** Why a file is not taken, as a sentence, and the way to another one. A defect of ours is shown as such. */
function Refusal(props: { readonly failure: PlainFailure; readonly onAnother: () => void }): JSX.Element {
  return (
    <Show when={props.failure.kind === "input"} fallback={<ErrorNote failure={props.failure} />}>
      <div role="alert">
        <Callout tone="alarm">
          {props.failure.message}{" "}
          <button type="button" class="link med" onClick={() => props.onAnother()}>
            {T.another}
          </button>
        </Callout>
      </div>
    </Show>
  );
}
