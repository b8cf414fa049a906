import { createEffect, createMemo, For, type JSX, onCleanup, Show } from "solid-js";
import { announcement } from "./announce.ts";
import { Button } from "./Button.tsx";
import { Glyph, type GlyphName } from "./Glyph.tsx";
import { useUnder } from "./media.ts";
import { UI } from "./strings.ts";
import { dismissToast, type Toast, toasts } from "./toasts.ts";
import { PHONE } from "./widths.ts";

const GLYPHS: Readonly<Record<Toast["severity"], GlyphName>> = { ok: "okc", info: "info", warn: "warnt", error: "warnt" };

/** Characters that surely fit without scrolling. */
const LONG = 100;

/**
 * The newest toast, and the one polite live region of the page; those before it come back when it goes. It stands over the
 * line of the last request and the page's lower margin, so it covers no work; over the head of the terminal while that is
 * open. On a phone it stands over the clock, and the page's body is as much longer (`--toast-room`). Nothing here takes the focus.
 */
export function ToastRegion(): JSX.Element {
  const isPhone = useUnder(PHONE);
  const shown = createMemo(() => toasts().slice(-1));
  let region!: HTMLElement;
  const root = document.documentElement;
  const measure = (): void =>
    root.style.setProperty("--toast-room", shown().length === 0 || !isPhone() ? "0px" : `${region.offsetHeight + 12}px`);
  createEffect(() => {
    shown();
    measure();
  });
  onCleanup(() => root.style.removeProperty("--toast-room"));
  return (
    <>
      <div class="vh" role="status" aria-live="polite">
        {announcement()}
      </div>
      <section ref={region} class="toasts" aria-label={UI.notifications} aria-live="polite">
        <For each={shown()}>
          {(toast) => (
            <div class="toast" data-severity={toast.severity} role={toast.severity === "error" ? "alert" : undefined}>
              <Glyph name={GLYPHS[toast.severity]} />
              {/* A long text scrolls in its place, so it must be reachable by keyboard. */}
              <div class="grow toast-text" tabIndex={toast.text.length > LONG ? 0 : undefined}>
                <Show when={toast.title}>{(title) => <b class="med">{title()}. </b>}</Show>
                {toast.text}
              </div>
              <Show when={toast.action}>
                {(action) => (
                  <button
                    type="button"
                    class="link med toast-action"
                    onClick={() => {
                      action().run();
                      dismissToast(toast.id);
                    }}
                  >
                    {action().label}
                  </button>
                )}
              </Show>
              <Button look="ghost" small glyph="cross" label={UI.dismiss} onClick={() => dismissToast(toast.id)} />
            </div>
          )}
        </For>
      </section>
    </>
  );
}
