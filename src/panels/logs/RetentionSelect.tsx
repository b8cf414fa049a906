import { For, type JSX } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { logsRequest } from "./answers.ts";
import { RETENTIONS, LOGS_TEXT as T } from "./strings.ts";

export const retentionText = (days: number | undefined): string => (days === undefined ? T.never : T.days(days));

/** How long events are kept; a choice is PutRetentionPolicy, "never" DeleteRetentionPolicy. */
export function RetentionSelect(props: {
  readonly group: string;
  readonly days: number | undefined;
  readonly chip?: boolean;
}): JSX.Element {
  const command = createCommand({ done: () => T.retentionSet(props.group) });
  let select!: HTMLSelectElement;
  const change = async (value: string): Promise<void> => {
    const logGroupName = props.group;
    const done = await command.run(
      value === ""
        ? logsRequest("DeleteRetentionPolicy", { logGroupName })
        : logsRequest("PutRetentionPolicy", { logGroupName, retentionInDays: Number(value) }),
    );
    // Refused: the list shows what is true again.
    if (done === undefined) select.value = String(props.days ?? "");
  };
  return (
    <span class={`input select retention ${props.chip ? "retention-chip" : ""}`}>
      <select
        ref={select}
        class="grow"
        aria-label={`${T.retention}, ${props.group}`}
        disabled={command.pending()}
        value={String(props.days ?? "")}
        onChange={(event) => void change(event.currentTarget.value)}
      >
        <option value="" selected={props.days === undefined}>
          {props.chip ? T.neverChip : T.never}
        </option>
        <For each={RETENTIONS}>
          {(days) => (
            <option value={String(days)} selected={props.days === days}>
              {props.chip ? T.retentionChip(T.days(days)) : T.days(days)}
            </option>
          )}
        </For>
      </select>
      <Glyph name="down" size="s" />
    </span>
  );
}
