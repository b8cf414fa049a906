/** Documents over a bottom layer that is there from the start. What is deleted from the bottom leaves a mark in the documents. */
import type { Documents } from "../contract.ts";

export interface Gone {
  readonly gone: true;
}

export interface Overlay<D extends object> {
  get(id: string): D | undefined;
  put(id: string, doc: D): void;
  delete(id: string): void;
  /** Ascending by id. */
  values(): readonly D[];
}

const isGone = (doc: object | undefined): doc is Gone => doc !== undefined && "gone" in doc;

export function overlay<D extends object>(docs: Documents<D | Gone>, bottom: ReadonlyMap<string, D>): Overlay<D> {
  const get = (id: string): D | undefined => {
    const doc = docs.get(id);
    return isGone(doc) ? undefined : (doc ?? bottom.get(id));
  };
  return {
    get,
    put: (id, doc) => docs.put(id, doc),
    delete: (id) => {
      if (bottom.has(id)) docs.put(id, { gone: true });
      else docs.delete(id);
    },
    values: () => {
      const ids = [...new Set([...bottom.keys(), ...docs.ids()])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      return ids.flatMap((id) => get(id) ?? []);
    },
  };
}
