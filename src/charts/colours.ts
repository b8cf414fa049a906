/** Tokens as colours a canvas understands. Custom properties hold `light-dark(...)` text, so the browser resolves them on an element. */
import { type Accessor, createSignal, onCleanup } from "solid-js";

/** Resolves `--name` for an element, as `rgb(...)`. */
export function tokenColour(host: HTMLElement, name: string): string {
  const probe = document.createElement("i");
  probe.style.setProperty("color", `var(${name})`);
  probe.style.setProperty("display", "none");
  host.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** Grows whenever theme or density changed: what was drawn on a canvas must be drawn again. */
export function useLookVersion(): Accessor<number> {
  const [version, setVersion] = createSignal(0);
  const changed = (): void => {
    setVersion((count) => count + 1);
  };
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-density"] });
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", changed);
  onCleanup(() => {
    observer.disconnect();
    dark.removeEventListener("change", changed);
  });
  return version;
}
