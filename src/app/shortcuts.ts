/** Keys of the whole page. Those of a single letter can be switched off (WCAG 2.1.4) and never fire while typing. */
import { useNavigate } from "@solidjs/router";
import { onCleanup, onMount } from "solid-js";
import { useClockActions } from "./clock-actions.ts";
import { PAGES } from "./pages.ts";
import { usePastActions } from "./past-actions.ts";
import { preferences } from "./preferences.ts";
import { isTerminalOpen, openPalette, setHelpOpen, setTerminalOpen } from "./shell-state.ts";

/** Whether a key typed there is text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

const GO_WITHIN_MS = 1200;

export function useShortcuts(): void {
  const navigate = useNavigate();
  const clock = useClockActions();
  const past = usePastActions();
  let goUntil = 0;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.ctrlKey && event.key === "`") {
      event.preventDefault();
      setTerminalOpen(!isTerminalOpen());
      return;
    }
    const isElsewhere = isTyping(event.target) || document.querySelector("dialog[open]") !== null;
    const key = event.key.toLowerCase();
    if (isCommand && !event.altKey && !isElsewhere && (key === "z" || (key === "y" && !event.shiftKey))) {
      event.preventDefault();
      if (event.repeat) return;
      if (key === "z" && !event.shiftKey) past.undo();
      else past.redo();
      return;
    }
    if (isCommand || event.altKey || isElsewhere || !preferences().singleKeys()) return;
    const page = performance.now() < goUntil ? PAGES.find((one) => one.key === event.key) : undefined;
    goUntil = 0;
    if (page !== undefined) navigate(page.path);
    else if (event.key === "g") goUntil = performance.now() + GO_WITHIN_MS;
    else if (event.key === "?") setHelpOpen(true);
    else if (event.key === "/") openPalette();
    else if (event.key === "k") clock.toggle();
    else if (event.key === ".") clock.step(1);
    else if (event.key === ",") clock.step(-1);
    else if (event.key === "e") clock.nextEvent();
    else return;
    event.preventDefault();
  };
  onMount(() => window.addEventListener("keydown", onKeyDown));
  onCleanup(() => window.removeEventListener("keydown", onKeyDown));
}
