import { For, type JSX } from "solid-js";
import { Dialog } from "../ui/Dialog.tsx";
import { isHelpOpen, setHelpOpen } from "./shell-state.ts";
import { KEYS } from "./strings.ts";

export function KeyboardHelp(): JSX.Element {
  return (
    <Dialog open={isHelpOpen()} onClose={() => setHelpOpen(false)} title={KEYS.title} wide>
      <div class="keys-grid">
        <For each={KEYS.groups}>
          {(group) => (
            <section>
              <h3>{group.label}</h3>
              <dl class="keys-list">
                <For each={group.keys}>
                  {([key, what]) => (
                    <>
                      <dt>
                        <kbd>{key}</kbd>
                      </dt>
                      <dd>{what}</dd>
                    </>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
      <p class="small muted">{KEYS.off}</p>
    </Dialog>
  );
}
