import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";

/** True once a condition has held for 200 ms: what takes shorter is not worth telling. */
export function createSlow(condition: Accessor<boolean>): Accessor<boolean> {
  const [isSlow, setSlow] = createSignal(false);
  createEffect(
    on(condition, (holds) => {
      setSlow(false);
      if (!holds) return;
      const timer = setTimeout(() => setSlow(true), 200);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  return isSlow;
}
