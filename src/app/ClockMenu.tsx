import { createMemo, type JSX } from "solid-js";
import { useClient } from "../client/context.ts";
import { Glyph } from "../ui/Glyph.tsx";
import { Menu, type MenuItem } from "../ui/Menu.tsx";
import { minuteText } from "../ui/time.ts";
import { type ClockActions, speedItems } from "./clock-actions.ts";
import type { PastActions } from "./past-actions.ts";
import { APP, PAST } from "./strings.ts";

/** What the clock bar has no room for on a phone: rewind, step back, undo, redo, next event, the speed. */
export function ClockMenu(props: {
  readonly actions: ClockActions;
  readonly past: PastActions;
  readonly rewindTarget: number | undefined;
  readonly onRewind: (moment: number) => void;
}): JSX.Element {
  const { pulse } = useClient();
  // Pulses come all the time; items that stay the same keep the focus.
  const speed = createMemo(() => pulse()?.speed ?? 1);
  const canUndo = createMemo(() => pulse()?.past.canUndo ?? false);
  const canRedo = createMemo(() => pulse()?.past.canRedo ?? false);
  const target = createMemo(() => props.rewindTarget);
  const isBusy = createMemo(() => props.actions.pending());
  const items = createMemo((): readonly MenuItem[] => {
    const at = target();
    return [
      ...(at === undefined
        ? []
        : [{ id: "rewind", label: APP.rewindTo(minuteText(at)), glyph: "replay" as const, run: () => props.onRewind(at) }]),
      { id: "back", label: APP.stepBack, glyph: "back", run: () => props.actions.step(-1) },
      {
        id: "undo",
        label: PAST.undo,
        glyph: "undo",
        disabled: !canUndo(),
        ...(canUndo() ? {} : { note: PAST.nothingToUndo }),
        run: props.past.undo,
      },
      ...(canRedo() ? [{ id: "redo", label: PAST.redo, glyph: "redo" as const, run: props.past.redo }] : []),
      { id: "next", label: APP.nextEvent, note: APP.nextEventWhy, glyph: "flag", disabled: isBusy(), run: props.actions.nextEvent },
      ...speedItems(speed(), props.actions.setSpeed).map((item) => ({ ...item, label: `${APP.speed} ${item.label}` })),
    ];
  });
  return (
    <Menu look="btn ghost icon" align="end" label={APP.clockMore} title={APP.clockMore} button={<Glyph name="dots" />} items={items()} />
  );
}
