import { createEffect, createResource, type JSX, onCleanup, onMount, Show, Suspense } from "solid-js";
import { useClient } from "../client/context.ts";
import { Button } from "../ui/Button.tsx";
import { Glyph } from "../ui/Glyph.tsx";
import { Empty, Skeleton } from "../ui/notes.tsx";
import { loadTerminal } from "./found-modules.ts";
import { preferences } from "./preferences.ts";
import { setTerminalOpen } from "./shell-state.ts";
import { APP } from "./strings.ts";

/** The drawer over the clock: drag or arrow its edge, Ctrl+` or Esc on the edge closes it. */
export function TerminalDrawer(): JSX.Element {
  const { api, pulse } = useClient();
  const { drawer, setDrawer } = preferences();
  const [module] = createResource(loadTerminal);
  let host!: HTMLElement;
  const before = document.activeElement;
  // On the root: toasts stand by it, too.
  const root = document.documentElement.style;
  createEffect(() => root.setProperty("--drawer", `${(drawer() * 100).toFixed(1)}vh`));
  onCleanup(() => root.removeProperty("--drawer"));
  onMount(() => host.focus());
  onCleanup(() => {
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  return (
    <section class="drawer" ref={host} tabIndex={-1} aria-label={APP.terminal}>
      {/* biome-ignore lint/a11y/useSemanticElements: a handle that moves is a focusable separator, hr is not */}
      <div
        class="drawer-edge"
        role="separator"
        tabIndex={0}
        aria-orientation="horizontal"
        aria-label={APP.resizeTerminal}
        aria-valuenow={Math.round(drawer() * 100)}
        aria-valuemin={15}
        aria-valuemax={80}
        onKeyDown={(event) => {
          if (event.key === "ArrowUp") setDrawer(drawer() + 0.04);
          else if (event.key === "ArrowDown") setDrawer(drawer() - 0.04);
          else if (event.key === "Escape") setTerminalOpen(false);
          else return;
          event.preventDefault();
        }}
        onDblClick={() => setDrawer(0.42)}
        onPointerDown={(event) => {
          event.preventDefault();
          const edge = event.currentTarget;
          edge.setPointerCapture(event.pointerId);
          const bottom = host.getBoundingClientRect().bottom;
          const move = (at: PointerEvent): void => setDrawer((bottom - at.clientY) / window.innerHeight);
          edge.addEventListener("pointermove", move);
          edge.addEventListener("lostpointercapture", () => edge.removeEventListener("pointermove", move), { once: true });
        }}
      />
      <div class="ph drawer-head">
        <Glyph name="terminal" />
        <h2>{APP.terminal}</h2>
        <span class="sub">{APP.terminalNote(pulse()?.identity ?? "", pulse()?.region ?? "")}</span>
        <span class="end">
          <Button look="ghost" small glyph="down" label={APP.closeTerminal} onClick={() => setTerminalOpen(false)} />
        </span>
      </div>
      <div class="drawer-body">
        <Suspense fallback={<Skeleton rows={4} />}>
          <Show when={module() !== undefined}>
            <Show when={module()} keyed fallback={<Empty glyph="terminal" title={APP.terminalMissing} />}>
              {(Terminal) => <Terminal run={(line) => api.aws(line)} complete={(line, cursor) => api.complete(line, cursor)} />}
            </Show>
          </Show>
        </Suspense>
      </div>
    </section>
  );
}
