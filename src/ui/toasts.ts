import { createSignal } from "solid-js";

export interface Toast {
  readonly id: number;
  readonly severity: "ok" | "info" | "warn" | "error";
  readonly title?: string;
  readonly text: string;
  /** One way on. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
let next = 1;

export { toasts };

/** Milliseconds an unread toast stays; errors stay until they are dismissed, another person acts, or the past is changed. */
const STAYS_MS = 6000;
const AT_MOST = 3;

/** Shows a note in the corner; answers how to take it away again. The same note again takes the place of the first. */
export function showToast(toast: Omit<Toast, "id">): () => void {
  const id = next++;
  const dismiss = (): void => {
    setToasts((all) => all.filter((one) => one.id !== id));
  };
  const isSame = (one: Toast): boolean => one.severity === toast.severity && one.title === toast.title && one.text === toast.text;
  setToasts((all) => [...all.filter((one) => !isSame(one)).slice(1 - AT_MOST), { ...toast, id }]);
  if (toast.severity !== "error") setTimeout(dismiss, STAYS_MS);
  return dismiss;
}

/** Takes away the errors of a past or of a person that is no longer there. */
export function dismissErrors(): void {
  setToasts((all) => all.filter((one) => one.severity !== "error"));
}

export function dismissToast(id: number): void {
  setToasts((all) => all.filter((one) => one.id !== id));
}
