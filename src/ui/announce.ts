/** Polite announcements, at most one a second; what comes meanwhile is joined to the next one. */
import { createSignal } from "solid-js";

const [announcement, setAnnouncement] = createSignal("");
let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

export { announcement };

export function announce(sentence: string): void {
  if (timer !== undefined) {
    if (!waiting.includes(sentence)) waiting.push(sentence);
    return;
  }
  setAnnouncement(sentence);
  timer = setTimeout(release, 1000);
}

function release(): void {
  timer = undefined;
  if (waiting.length === 0) return;
  const sentence = waiting.join(" ");
  waiting = [];
  announce(sentence);
}
