import { createEffect, createUniqueId, type JSX, Show } from "solid-js";
import { Button } from "./Button.tsx";
import { isGiven } from "./given.ts";
import { UI } from "./strings.ts";

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: JSX.Element;
  readonly actions?: JSX.Element;
  readonly wide?: boolean;
}

/** The browser's modal dialog: it keeps the focus inside, Esc closes, the focus comes back. */
export function Dialog(props: DialogProps): JSX.Element {
  const id = createUniqueId();
  let host!: HTMLDialogElement;
  createEffect(() => {
    if (props.open && !host.open) host.showModal();
    else if (!props.open && host.open) host.close();
  });
  return (
    <dialog
      ref={host}
      class={`dialog ${props.wide ? "wide" : ""}`}
      aria-labelledby={`${id}-title`}
      onClose={() => {
        // The event comes late: by then the dialog may be open again.
        if (!host.open) props.onClose();
      }}
      onClick={(event) => {
        if (event.target === host) props.onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <Show when={props.open}>
        <div class="dialog-box">
          <div class="ph">
            <h2 id={`${id}-title`}>{props.title}</h2>
            <span class="end">
              <Button look="ghost" small glyph="cross" label={UI.close} onClick={() => props.onClose()} />
            </span>
          </div>
          <div class="pb dialog-body">{props.children}</div>
          <Show when={isGiven(props, "actions")}>
            <div class="pb row dialog-actions">{props.actions}</div>
          </Show>
        </div>
      </Show>
    </dialog>
  );
}
