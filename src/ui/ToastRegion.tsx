import { For, type JSX, Show } from "solid-js";
import { announcement } from "./announce.ts";
import { Button } from "./Button.tsx";
import { Glyph, type GlyphName } from "./Glyph.tsx";
import { UI } from "./strings.ts";
import { dismissToast, type Toast, toasts } from "./toasts.ts";

const GLYPHS: Readonly<Record<Toast["severity"], GlyphName>> = { ok: "okc", info: "info", warn: "warnt", error: "warnt" };

/** Toasts in the corner, and the one polite live region of the page. Nothing here takes the focus. */
export function ToastRegion(): JSX.Element {
  return (
    <>
      <div class="vh" role="status" aria-live="polite">
        {announcement()}
      </div>
      <section class="toasts" aria-label={UI.notifications} aria-live="polite">
        <For each={toasts()}>
          {(toast) => (
            <div class="toast" data-severity={toast.severity} role={toast.severity === "error" ? "alert" : undefined}>
              <Glyph name={GLYPHS[toast.severity]} />
              <div class="grow">
                <Show when={toast.title}>{(title) => <b class="med">{title()}. </b>}</Show>
                {toast.text}
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
              </div>
              <Button look="ghost" small glyph="cross" label={UI.dismiss} onClick={() => dismissToast(toast.id)} />
            </div>
          )}
        </For>
      </section>
    </>
  );
}
