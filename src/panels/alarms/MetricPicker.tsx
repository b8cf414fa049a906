import { createEffect, createSignal, type JSX, on, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { dimensionsOf, dimensionsText, type MetricName, useCatalog } from "../metrics/catalog.ts";
import { MetricBrowser } from "../metrics/MetricBrowser.tsx";
import "../metrics/metrics.css";
import type { AlarmInput } from "./answers.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

export interface MetricPickerProps {
  readonly input: AlarmInput;
  readonly was?: string | undefined;
  readonly error?: string | undefined;
  readonly onPick: (metric: MetricName) => void;
}

/** Shop/Orders › ThrottledWrites, as a button that opens the list of metrics. */
export function MetricPicker(props: MetricPickerProps): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const text = (): string | undefined => metricText(props.input);
  return (
    <>
      <Field
        label={T.metric}
        {...(props.was === undefined ? {} : { was: props.was })}
        {...(props.error === undefined ? {} : { error: props.error })}
      >
        {(ids) => (
          <button
            type="button"
            id={ids.id}
            class={`${ids.frame} metric-pick`}
            aria-haspopup="dialog"
            aria-describedby={ids.describedBy}
            title={text()}
            onClick={() => setOpen(true)}
          >
            <span class={`grow trunc ${text() === undefined ? "muted" : ""}`}>{text() ?? T.pickHint}</span>
            <Glyph name="metrics" size="s" />
          </button>
        )}
      </Field>
      <Dialog open={isOpen()} onClose={() => setOpen(false)} title={T.pick} wide>
        <PickerBody
          input={props.input}
          onPick={(metric) => {
            props.onPick(metric);
            setOpen(false);
          }}
        />
      </Dialog>
    </>
  );
}

export function metricText(input: AlarmInput): string | undefined {
  if (input.Namespace === undefined && input.MetricName === undefined) return undefined;
  const dimensions = dimensionsText(input.Dimensions ?? []);
  return `${input.Namespace ?? "?"} › ${input.MetricName ?? "?"}${dimensions === "" ? "" : ` · ${dimensions}`}`;
}

function PickerBody(props: { readonly input: AlarmInput; readonly onPick: (metric: MetricName) => void }): JSX.Element {
  const catalog = useCatalog();
  const [namespace, setNamespace] = createSignal("");
  const [name, setName] = createSignal("");
  const [dimensions, setDimensions] = createSignal("");
  createEffect(
    on(
      () => props.input,
      (input) => {
        setNamespace(input.Namespace ?? "");
        setName(input.MetricName ?? "");
        setDimensions(dimensionsText(input.Dimensions ?? []));
      },
    ),
  );
  const options = (values: readonly string[]) => [...new Set(values)].map((value) => ({ value }));
  return (
    <div class="col picker">
      <div class="picker-list">
        <ReadState read={catalog} rows={4}>
          {() => (
            <MetricBrowser
              metrics={catalog.metrics()}
              onPick={({ namespace: of, metricName, dimensions: by }) => props.onPick({ namespace: of, metricName, dimensions: by })}
              empty={
                <Empty glyph="metrics" title={T.noMetrics}>
                  {T.noMetricsWhy}
                </Empty>
              }
            />
          )}
        </ReadState>
      </div>
      <fieldset class="picker-typed">
        <legend class="small muted">{T.typed}</legend>
        <Combobox
          label={T.namespace}
          value={namespace()}
          options={options(catalog.metrics().map((one) => one.namespace))}
          onChange={setNamespace}
        />
        <Combobox
          label={T.metricName}
          value={name()}
          options={options(
            catalog
              .metrics()
              .filter((one) => one.namespace === namespace())
              .map((one) => one.metricName),
          )}
          onChange={setName}
        />
        <TextField label={T.dimensions} value={dimensions()} onInput={setDimensions} mono />
        <Show when={namespace() !== "" && name() !== ""} fallback={<Button disabled>{T.take}</Button>}>
          <Button onClick={() => props.onPick({ namespace: namespace(), metricName: name(), dimensions: dimensionsOf(dimensions()) })}>
            {T.take}
          </Button>
        </Show>
      </fieldset>
    </div>
  );
}
