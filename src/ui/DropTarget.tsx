import { createSignal, createUniqueId, type JSX, onCleanup, onMount } from "solid-js";
import { Glyph } from "./Glyph.tsx";
import { UI } from "./strings.ts";

/** A place to drop a file, with a button that does the same. */
export function DropTarget(props: {
  readonly label: string;
  readonly children?: JSX.Element;
  readonly onFile: (file: File) => void;
  readonly accept?: string;
  readonly class?: string;
}): JSX.Element {
  const id = createUniqueId();
  const [isOver, setOver] = createSignal(false);
  let input!: HTMLInputElement;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping; the button inside is the way by keyboard
    <div
      class={`drop ${isOver() ? "is-over" : ""} ${props.class ?? ""}`}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        props.onFile(file);
      }}
    >
      {props.children}
      <label class="btn drop-pick" for={id}>
        <Glyph name="archive" size="s" />
        {UI.chooseFile}
        <input
          ref={input}
          id={id}
          class="vh"
          type="file"
          aria-label={`${UI.chooseFile}: ${props.label}`}
          accept={props.accept}
          onChange={() => {
            const file = input.files?.[0];
            if (file !== undefined) props.onFile(file);
            input.value = "";
          }}
        />
      </label>
    </div>
  );
}

/** Files dropped anywhere on the page. Answers whether one is being dragged over it. */
export function usePageDrop(onFile: (file: File) => void): () => boolean {
  const [isOver, setOver] = createSignal(false);
  let depth = 0;
  const enter = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    depth++;
    setOver(true);
  };
  const leave = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) setOver(false);
  };
  const over = (event: DragEvent): void => {
    if (hasFiles(event)) event.preventDefault();
  };
  const end = (): void => {
    depth = 0;
    setOver(false);
  };
  const drop = (event: DragEvent): void => {
    end();
    if (event.defaultPrevented) return;
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    onFile(file);
  };
  onMount(() => {
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    window.addEventListener("drop", end, true);
  });
  onCleanup(() => {
    window.removeEventListener("dragenter", enter);
    window.removeEventListener("dragleave", leave);
    window.removeEventListener("dragover", over);
    window.removeEventListener("drop", drop);
    window.removeEventListener("drop", end, true);
  });
  return isOver;
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
