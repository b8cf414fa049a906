import { type JSX, Show } from "solid-js";
import { isCursorPinned, meantTime, unpin } from "../charts/cursor.ts";
import { Chip } from "../ui/Badge.tsx";
import { secondText } from "../ui/time.ts";
import { APP } from "./strings.ts";

/** While a moment is pinned: that it is, on every page, and how to let go of it. */
export function PinChip(): JSX.Element {
  return (
    <Show when={isCursorPinned() ? meantTime() : undefined}>
      {(at) => (
        <Chip glyph="pin" title={APP.unpinWhy} onClick={unpin}>
          {APP.unpin(secondText(at()))}
        </Chip>
      )}
    </Show>
  );
}
