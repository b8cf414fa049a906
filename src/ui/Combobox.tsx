import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from "solid-js";
import { Field, type FieldError } from "./Field.tsx";
import { Glyph } from "./Glyph.tsx";
import { placePopover } from "./popover.ts";

export interface ComboboxOption {
  readonly value: string;
  readonly label?: string;
  readonly detail?: string;
}

export interface ComboboxProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly ComboboxOption[];
  /** Typed or chosen. */
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly error?: FieldError | string;
  readonly was?: string;
  readonly mono?: boolean;
  readonly class?: string;
}

const AT_MOST = 200;

/** Free text with suggestions: Down opens, Enter takes, Esc closes. What is typed always counts. */
export function Combobox(props: ComboboxProps): JSX.Element {
  const listId = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  const [at, setAt] = createSignal(-1);
  let list!: HTMLDivElement;
  let input!: HTMLInputElement;
  const matching = createMemo(() => {
    const typed = props.value.trim().toLowerCase();
    const isExact = props.options.some((option) => option.value === props.value);
    const all =
      typed === "" || isExact
        ? props.options
        : props.options.filter((option) => `${option.label ?? ""} ${option.value}`.toLowerCase().includes(typed));
    return all.slice(0, AT_MOST);
  });
  const open = (): void => {
    if (matching().length === 0 || isOpen()) return;
    setOpen(true);
    list.style.setProperty("min-width", `${input.parentElement?.offsetWidth ?? 200}px`);
    list.showPopover();
    placePopover(list, input.parentElement ?? input);
  };
  const close = (): void => {
    if (isOpen()) list.hidePopover();
    setOpen(false);
    setAt(-1);
  };
  const toggle = (): void => {
    if (isOpen()) {
      close();
      return;
    }
    input.focus();
    open();
  };
  const take = (option: ComboboxOption | undefined): void => {
    if (option !== undefined) props.onChange(option.value);
    close();
    input.focus();
  };
  const step = (by: number): void => {
    open();
    const count = matching().length;
    if (count === 0) return;
    setAt((now) => (now + by + count) % count);
    list.querySelectorAll(".opt")[at()]?.scrollIntoView({ block: "nearest" });
  };
  return (
    <Field label={props.label} hint={props.hint} error={props.error} was={props.was} class={props.class}>
      {(ids) => (
        <div class={ids.frame}>
          <input
            ref={input}
            id={ids.id}
            class={`grow ${props.mono ? "mono" : ""}`}
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck={false}
            aria-expanded={isOpen()}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={at() >= 0 ? `${listId}-${at()}` : undefined}
            aria-describedby={ids.describedBy}
            aria-invalid={ids.invalid ? "true" : undefined}
            placeholder={props.placeholder}
            value={props.value}
            onInput={(event) => {
              props.onChange(event.currentTarget.value);
              setAt(-1);
              open();
            }}
            onBlur={(event) => {
              if (!list.contains(event.relatedTarget as Node | null)) close();
            }}
            onKeyDown={(event) => {
              if (event.key === "ArrowDown") step(1);
              else if (event.key === "ArrowUp") step(-1);
              else if (event.key === "Enter" && isOpen() && at() >= 0) take(matching()[at()]);
              else if (event.key === "Escape" && isOpen()) close();
              else return;
              event.preventDefault();
              event.stopPropagation();
            }}
          />
          <button type="button" class="combo-open" tabIndex={-1} aria-hidden="true" onClick={toggle}>
            <Glyph name="down" size="s" />
          </button>
          <div ref={list} id={listId} class="menu combo" popover="manual" role="listbox" aria-label={props.label} tabIndex={-1}>
            <Show when={isOpen()}>
              <For each={matching()}>
                {(option, index) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys
                  <div
                    class="opt"
                    role="option"
                    id={`${listId}-${index()}`}
                    tabIndex={-1}
                    aria-selected={at() === index()}
                    onPointerDown={(event) => event.preventDefault()}
                    onClick={() => take(option)}
                  >
                    <span class={`trunc ${props.mono ? "mono" : ""}`}>{option.label ?? option.value}</span>
                    <Show when={option.detail}>{(detail) => <span class="d">{detail()}</span>}</Show>
                  </div>
                )}
              </For>
            </Show>
          </div>
        </div>
      )}
    </Field>
  );
}
