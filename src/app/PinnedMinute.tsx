import { useSearchParams } from "@solidjs/router";
import { type JSX, Show } from "solid-js";
import { isCursorPinned, meantTime } from "../charts/cursor.ts";
import { Chip } from "../ui/Badge.tsx";
import { minuteText } from "../ui/time.ts";
import { minuteStart } from "./moments.ts";
import { APP } from "./strings.ts";

/** While a moment is pinned: a list is narrowed to its minute by one click. Where it is, its chip widens it again. */
export function PinnedMinute(props: {
  /** Where the address does not say what the list is narrowed to: whether it is, and how. */
  readonly own?: { readonly isNarrow: boolean; readonly narrow: (minute: number) => void };
}): JSX.Element {
  const [query, setQuery] = useSearchParams<{ minute?: string }>();
  const isNarrow = (): boolean => (props.own === undefined ? query.minute !== undefined : props.own.isNarrow);
  const pinned = (): number | undefined => (isCursorPinned() && !isNarrow() ? meantTime() : undefined);
  const narrow = (minute: number): void => {
    if (props.own === undefined) setQuery({ minute: String(minute) });
    else props.own.narrow(minute);
  };
  return (
    <Show when={pinned()}>
      {(at) => (
        <Chip glyph="pin" title={APP.onlyMinuteWhy} onClick={() => narrow(minuteStart(at()))}>
          {APP.onlyMinute(minuteText(at()))}
        </Chip>
      )}
    </Show>
  );
}
