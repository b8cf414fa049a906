import type { Notice } from "../api.ts";

/** Things the person should know, newest last; at most 20 are kept. */
export interface Notices {
  readonly list: readonly Notice[];
  add(severity: Notice["severity"], text: string): void;
}

export function createNotices(): Notices {
  let list: readonly Notice[] = [];
  let next = 1;
  return {
    get list() {
      return list;
    },
    add(severity, text) {
      if (list.at(-1)?.text === text) return;
      list = [...list, { id: next++, severity, text }].slice(-20);
    },
  };
}
