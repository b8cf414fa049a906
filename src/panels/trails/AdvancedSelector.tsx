import { Index, type JSX, Match, Switch } from "solid-js";
import { FIELDS } from "../../../workers/language/trail-selectors/check.ts";
import { ALL_VALUES, OPERATORS } from "../../../workers/language/trail-selectors/tree.ts";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import type { SelectorProps } from "./BasicSelector.tsx";
import { addField, changeRow, type FieldRow, fieldRows, put, removeRow } from "./selector-draft.ts";
import { SELECTORS as T } from "./selector-strings.ts";
import { ValuesField } from "./ValuesField.tsx";

const CATEGORY = "eventCategory";
const CLOSED: Readonly<Record<string, readonly string[]>> = { [CATEGORY]: Object.keys(FIELDS), readOnly: ["true", "false"] };

const options = (known: readonly string[], now: string): readonly { readonly value: string; readonly label: string }[] =>
  [...known, ...(known.includes(now) ? [] : [now])].map((value) => ({ value, label: value === "" ? T.choose : value }));

/** AdvancedEventSelector: a name, and fields with operator and values, all of which an event must fit. */
export function AdvancedSelector(props: SelectorProps): JSX.Element {
  const rows = (): readonly FieldRow[] => fieldRows(props.selector);
  const category = (): string => rows().find(({ field }) => field === CATEGORY)?.values[0] ?? "";
  const fields = (): readonly string[] => Object.keys(FIELDS[category()] ?? { [CATEGORY]: true });
  const change = (row: FieldRow, next: Parameters<typeof changeRow>[2]): void => props.onChange(changeRow(props.selector, row, next));
  return (
    <>
      <TextField
        label={T.name}
        value={String(props.selector["Name"] ?? "")}
        onInput={(name) => props.onChange(put(props.selector, "Name", name === "" ? undefined : name))}
      />
      <Index each={rows()}>
        {(row, at) => {
          const error = (): string | undefined => props.errorAbout([row().field, ...row().values]);
          const one = (): string => row().values[0] ?? "";
          const shown = (): { readonly error?: string } => (error() === undefined ? {} : { error: error() as string });
          return (
            <fieldset class="selector-row is-field">
              <legend class="vh">{T.fieldOf(at + 1)}</legend>
              <Select
                label={T.field}
                value={row().field}
                options={options(fields(), row().field)}
                onChange={(field) => change(row(), { field, values: [] })}
              />
              <Select
                label={T.operator}
                value={row().operator}
                options={OPERATORS.map((value) => ({ value, label: value }))}
                onChange={(operator) => change(row(), { operator })}
              />
              <Switch
                fallback={
                  <ValuesField
                    label={T.values}
                    values={row().values}
                    hint={T.onePerLine}
                    error={error()}
                    onChange={(values) => change(row(), { values })}
                  />
                }
              >
                <Match when={CLOSED[row().field]}>
                  {(known) => (
                    <Select
                      label={T.value}
                      value={one()}
                      options={options(known(), one())}
                      onChange={(value) => change(row(), { values: [value] })}
                      {...shown()}
                    />
                  )}
                </Match>
                <Match when={row().field === "resources.type"}>
                  <Combobox
                    mono
                    label={T.value}
                    value={one()}
                    options={Object.keys(ALL_VALUES).map((value) => ({ value }))}
                    onChange={(value) => change(row(), { values: value === "" ? [] : [value] })}
                    {...shown()}
                  />
                </Match>
              </Switch>
              <Button
                small
                look="ghost"
                glyph="cross"
                label={T.removeField(row().field)}
                onClick={() => props.onChange(removeRow(props.selector, row()))}
              />
            </fieldset>
          );
        }}
      </Index>
      <div class="row">
        <Button
          small
          glyph="plus"
          onClick={() =>
            props.onChange(addField(props.selector, fields().find((name) => !rows().some(({ field }) => field === name)) ?? "eventName"))
          }
        >
          {T.addField}
        </Button>
      </div>
    </>
  );
}
