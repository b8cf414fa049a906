import { type JSX, Show } from "solid-js";
import { PinnedMinute } from "../../app/PinnedMinute.tsx";
import { arnName } from "../../app/paths.ts";
import { isCursorPinned } from "../../charts/cursor.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { minuteText } from "../../ui/time.ts";
import { ATTRIBUTES, TRAIL as T } from "./strings.ts";

/** One attribute of LookupEvents, a text, and what the address narrows to. */
export function TrailFilters(props: {
  readonly attribute: string;
  readonly value: string;
  readonly text: string;
  readonly resource: string | undefined;
  readonly minute: { readonly from: number } | undefined;
  readonly onAttribute: (name: string) => void;
  readonly onValue: (value: string) => void;
  readonly onText: (text: string) => void;
  readonly onWiden: () => void;
}): JSX.Element {
  return (
    <div class="pb trail-filters">
      <Select
        label={T.attribute}
        value={props.attribute}
        options={ATTRIBUTES.map(({ value, label }) => ({ value: value as string, label }))}
        onChange={props.onAttribute}
      />
      <Show when={props.attribute === "ReadOnly"} fallback={<TextField label={T.value} mono value={props.value} onInput={props.onValue} />}>
        <Select
          label={T.value}
          value={props.value}
          options={[
            { value: "false", label: "false" },
            { value: "true", label: "true" },
            { value: "", label: T.readOnlyAll },
          ]}
          onChange={props.onValue}
        />
      </Show>
      <TextField label={T.text} type="search" glyph="search" value={props.text} onInput={props.onText} class="trail-text" />
      <Show when={props.resource !== undefined || props.minute !== undefined || isCursorPinned()}>
        <div class="row wrap trail-narrow">
          <PinnedMinute />
          <Show when={props.resource}>
            {(resource) => (
              <Chip on title={T.clear} onClick={() => props.onWiden()}>
                {T.onlyTouching(arnName(resource()))}
                <Glyph name="cross" size="s" />
              </Chip>
            )}
          </Show>
          <Show when={props.minute}>
            {(minute) => (
              <Chip on title={T.clear} onClick={() => props.onWiden()}>
                {T.only(minuteText(minute().from))}
                <Glyph name="cross" size="s" />
              </Chip>
            )}
          </Show>
        </div>
      </Show>
    </div>
  );
}
