import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { createQuestion } from "../../client/resource.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { type CatalogMetric, dimensionsOf, dimensionsText, type MetricName } from "./catalog.ts";
import { lines } from "./graph-lines.ts";
import { METRICS_TEXT as T, UNITS } from "./strings.ts";

/** A small PutMetricData: one value, now. */
export function PublishDialog(props: {
  readonly open: boolean;
  readonly metrics: readonly CatalogMetric[];
  readonly onClose: () => void;
  readonly onPublished: (metric: MetricName & { readonly units: readonly string[] }) => void;
}): JSX.Element {
  return (
    <Show when={props.open}>
      <PublishForm {...props} />
    </Show>
  );
}

function PublishForm(props: Parameters<typeof PublishDialog>[0]): JSX.Element {
  const { api } = useClient();
  const first = lines()[0];
  const [namespace, setNamespace] = createSignal(first?.namespace ?? "");
  const [name, setName] = createSignal(first?.metricName ?? "");
  const [dimensions, setDimensions] = createSignal(dimensionsText(first?.dimensions ?? []));
  const [value, setValue] = createSignal<number | undefined>(1);
  const [unit, setUnit] = createSignal("None");
  const [resolution, setResolution] = createSignal(60);
  const command = createCommand({ done: () => T.published(name()), quiet: true });

  const request = createMemo((): UiRequest => {
    const given = dimensionsOf(dimensions());
    const datum = {
      MetricName: name(),
      ...(given.length === 0 ? {} : { Dimensions: given }),
      ...(value() === undefined ? {} : { Value: value() }),
      ...(unit() === "None" ? {} : { Unit: unit() }),
      ...(resolution() === 60 ? {} : { StorageResolution: resolution() }),
    };
    return { service: "cloudwatch", operation: "PutMetricData", input: { Namespace: namespace(), MetricData: [datum] } };
  });
  const line = createQuestion(
    () => (props.open ? request() : undefined),
    (asked) => api.lineOf(asked),
    { follow: "question" },
  );
  const names = createMemo(() => [
    ...new Set(props.metrics.filter((one) => namespace() === "" || one.namespace === namespace()).map((one) => one.metricName)),
  ]);
  const send = async (): Promise<void> => {
    if ((await command.run({ ...request(), via: "form" })) === undefined) return;
    props.onPublished({ namespace: namespace(), metricName: name(), dimensions: dimensionsOf(dimensions()), units: [unit()] });
    props.onClose();
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={T.publish}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void send()}>
            {T.send}
          </Button>
        </>
      }
    >
      <div class="col publish">
        <p class="small muted">{T.publishWhy}</p>
        <div class="publish-grid">
          <Combobox
            label={T.namespace}
            value={namespace()}
            options={[...new Set(props.metrics.map((one) => one.namespace))].map((one) => ({ value: one }))}
            onChange={setNamespace}
          />
          <Combobox label={T.metric} value={name()} options={names().map((one) => ({ value: one }))} onChange={setName} />
          <TextField label={T.dimensions} hint={T.dimensionsHint} value={dimensions()} onInput={setDimensions} mono class="span-all" />
          <NumberField label={T.value} value={value()} onChange={setValue} steppers />
          <Select label={T.unit} value={unit()} options={UNITS.map((one) => ({ value: one, label: one }))} onChange={setUnit} />
          <Select
            label={T.resolution}
            value={resolution()}
            options={[
              { value: 60, label: T.standard },
              { value: 1, label: T.high },
            ]}
            onChange={setResolution}
          />
        </div>
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={line.data()}>{(text) => <AwsLine line={text()} wrap />}</Show>
      </div>
    </Dialog>
  );
}
