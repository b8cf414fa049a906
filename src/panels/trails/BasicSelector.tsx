import { For, Index, type JSX } from "solid-js";
import { EXCLUDABLE, READ_WRITE } from "../../../workers/language/trail-selectors/check.ts";
import { ALL_VALUES } from "../../../workers/language/trail-selectors/tree.ts";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/Select.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { type DataRow, dataRows, type Json, put, replaced, withData, without } from "./selector-draft.ts";
import { SELECTORS as T } from "./selector-strings.ts";
import { ValuesField } from "./ValuesField.tsx";

export interface SelectorProps {
  readonly selector: Json;
  /** What the check refuses, when it names this field or value. */
  readonly errorAbout: (words: readonly string[]) => string | undefined;
  readonly onChange: (next: Json) => void;
}

/** With what the text has, though the check knows it not. */
const withNow = (known: readonly string[], now: string): readonly { readonly value: string; readonly label: string }[] =>
  [...known, ...(known.includes(now) ? [] : [now])].map((value) => ({ value, label: T.readWrite[value] ?? value }));

/** EventSelector: management events, read or write, whose are left out, and data events by type and ARN. */
export function BasicSelector(props: SelectorProps): JSX.Element {
  const isManagement = (): boolean => props.selector["IncludeManagementEvents"] !== false;
  const readWrite = (): string => String(props.selector["ReadWriteType"] ?? "All");
  const excluded = (): readonly string[] => (props.selector["ExcludeManagementEventSources"] ?? []) as readonly string[];
  const rows = (): readonly DataRow[] => dataRows(props.selector);
  const exclude = (source: string, isOut: boolean): void => {
    const next = isOut ? [...excluded(), source] : excluded().filter((one) => one !== source);
    props.onChange(put(props.selector, "ExcludeManagementEventSources", next.length === 0 ? undefined : next));
  };
  const change = (at: number, part: Partial<DataRow>): void =>
    props.onChange(withData(props.selector, replaced(rows(), at, { ...(rows()[at] as DataRow), ...part })));
  return (
    <>
      <div class="selector-line">
        <Select
          label={T.readOrWrite}
          value={readWrite()}
          options={withNow([...READ_WRITE], readWrite())}
          onChange={(value) => props.onChange(put(props.selector, "ReadWriteType", value))}
        />
        <div class="selector-switches">
          <Switch
            label={T.management}
            on={isManagement()}
            onChange={(on) => props.onChange(put(props.selector, "IncludeManagementEvents", on))}
          />
          <For each={[...EXCLUDABLE]}>
            {(source) => (
              <Switch
                label={T.leaveOut(source)}
                on={excluded().includes(source)}
                disabled={!isManagement() && !excluded().includes(source)}
                onChange={(on) => exclude(source, on)}
              />
            )}
          </For>
        </div>
      </div>
      <Index each={rows()} fallback={<p class="small t2">{T.noData}</p>}>
        {(row, at) => (
          <fieldset class="selector-row">
            <legend class="vh">{T.dataOf(at + 1)}</legend>
            <Select
              label={T.resourceType}
              value={row().type}
              options={withNow(Object.keys(ALL_VALUES), row().type)}
              onChange={(type) => change(at, { type, values: [ALL_VALUES[type] ?? ""] })}
            />
            <ValuesField
              label={T.arns}
              values={row().values}
              hint={T.arnsHint(ALL_VALUES[row().type] ?? "")}
              error={props.errorAbout([row().type, ...row().values])}
              onChange={(values) => change(at, { values })}
            />
            <Button
              small
              look="ghost"
              glyph="cross"
              label={T.removeData(at + 1)}
              onClick={() => props.onChange(withData(props.selector, without(rows(), at)))}
            />
          </fieldset>
        )}
      </Index>
      <div class="row">
        <Button
          small
          glyph="plus"
          onClick={() => {
            const type = Object.keys(ALL_VALUES).find((one) => !rows().some((row) => row.type === one)) ?? "AWS::S3::Object";
            props.onChange(withData(props.selector, [...rows(), { type, values: [ALL_VALUES[type] ?? ""] }]));
          }}
        >
          {T.addData}
        </Button>
      </div>
    </>
  );
}
