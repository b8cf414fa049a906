/** Where the focus goes when what had it is gone: never to the top of the document, from where Tab begins anew. */

/** In the next frame: gives the focus to `target` if nothing has it. Nothing is taken from a field that was focused meanwhile. */
export function catchFocus(target: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => {
    if (document.activeElement === null || document.activeElement === document.body) target()?.focus({ preventScroll: true });
  });
}

/** The heading of the page that is shown; while there is none yet, the main region. */
export const pageStart = (): HTMLElement | null => document.querySelector<HTMLElement>(".head h1") ?? document.getElementById("main");
