import { createSignal, createUniqueId, For, type JSX, Show } from "solid-js";
import { Glyph, type GlyphName } from "./Glyph.tsx";
import { placePopover } from "./popover.ts";
import { moveWithin } from "./roving.ts";

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  /** A sentence below the label. */
  readonly note?: string | undefined;
  readonly glyph?: GlyphName;
  /** One of a group: drawn with a tick. */
  readonly checked?: boolean;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
}

export interface MenuProps {
  /** What the button shows. */
  readonly button: JSX.Element;
  /** Its name, where what it shows does not say it. */
  readonly label: string;
  /** Shown to who points at the button, where it is a drawing alone. */
  readonly title?: string | undefined;
  readonly items: readonly MenuItem[];
  readonly look?: "btn" | "topbtn" | "btn sm ghost" | "btn sm" | "btn ghost icon" | "phone-tab";
  readonly align?: "start" | "end";
  /** Someone points at the button or comes to it: what the menu needs is fetched, and the menu opens when it is there. */
  readonly onNear?: () => Promise<void>;
}

/** A button with a menu. Down opens, arrows move, Esc closes and gives the focus back. */
export function Menu(props: MenuProps): JSX.Element {
  const id = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  let button!: HTMLButtonElement;
  let list!: HTMLDivElement;
  const open = (): void => {
    const ready = props.onNear?.();
    if (ready === undefined) show();
    else void ready.then(() => button.isConnected && show());
  };
  const show = (): void => {
    setOpen(true);
    list.showPopover();
    placePopover(list, button, props.align);
    const items = list.querySelectorAll<HTMLElement>(".menu-item");
    ([...items].find((item) => item.getAttribute("aria-checked") === "true") ?? items[0])?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.look ?? "btn"}
        aria-haspopup="menu"
        aria-expanded={isOpen()}
        aria-controls={`${id}-menu`}
        aria-label={props.label}
        title={props.title}
        onPointerEnter={() => void props.onNear?.()}
        onFocus={() => void props.onNear?.()}
        onClick={() => (isOpen() ? list.hidePopover() : open())}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" && !isOpen()) {
            event.preventDefault();
            open();
          }
        }}
      >
        {props.button}
      </button>
      <div
        ref={list}
        id={`${id}-menu`}
        class="menu"
        role="menu"
        tabIndex={-1}
        popover="auto"
        aria-label={props.label}
        onToggle={(event) => setOpen(event.newState === "open")}
        onKeyDown={(event) => {
          if (event.key === "Escape" || event.key === "Tab") {
            event.stopPropagation();
            list.hidePopover();
            if (event.key === "Escape") button.focus();
          } else if (event.key.length === 1 && /\w/.test(event.key) && !event.ctrlKey && !event.metaKey) {
            event.stopPropagation();
            const items = [...list.querySelectorAll<HTMLElement>(".menu-item")];
            items.find((item) => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
          } else moveWithin(event, ".menu-item");
        }}
      >
        <Show when={isOpen()}>
          <For each={props.items}>
            {(item) => (
              // biome-ignore lint/a11y/useAriaPropsSupportedByRole: checked is set for menuitemradio only
              <button
                type="button"
                class={`menu-item ${item.danger ? "danger" : ""}`}
                role={item.checked === undefined ? "menuitem" : "menuitemradio"}
                aria-checked={item.checked}
                disabled={item.disabled}
                tabIndex={-1}
                onClick={() => {
                  list.hidePopover();
                  button.focus();
                  item.run();
                }}
              >
                <Show when={item.checked !== undefined}>
                  <span class="menu-tick">
                    <Show when={item.checked}>
                      <Glyph name="check" size="s" />
                    </Show>
                  </span>
                </Show>
                <Show when={item.glyph}>{(name) => <Glyph name={name()} />}</Show>
                <span class={item.note === undefined ? undefined : "menu-words"}>
                  {item.label}
                  <Show when={item.note}>{(note) => <span class="menu-note">{note()}</span>}</Show>
                </span>
                <Show when={item.detail}>{(detail) => <span class="d">{detail()}</span>}</Show>
              </button>
            )}
          </For>
        </Show>
      </div>
    </>
  );
}
