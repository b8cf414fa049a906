/**
 * What will happen, and when. Items at equal time run by (rank of their kind, order of creation).
 *
 * A binary heap of entries plus a map from identity to the live entry: replacing or removing an item leaves a dead
 * entry in the heap, dropped when it comes up. Scheduling and taking cost O(log n).
 */
export interface AgendaItem {
  readonly at: number;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly kind: string;
  readonly key: string;
  readonly payload: object;
  /** Order of creation, for ties. */
  readonly sequence: number;
}

export interface AgendaSnapshot {
  readonly sequence: number;
  readonly items: readonly AgendaItem[];
}

export interface Agenda {
  schedule(item: Omit<AgendaItem, "sequence">): void;
  unschedule(item: Pick<AgendaItem, "account" | "region" | "service" | "kind" | "key">): void;
  /** The next item due at or before `moment`, taken off the agenda. */
  takeDue(moment: number): AgendaItem | undefined;
  nextAt(): number | undefined;
  items(): readonly AgendaItem[];
  snapshot(): AgendaSnapshot;
  restore(snapshot: AgendaSnapshot): void;
}

const identityOf = (item: Pick<AgendaItem, "account" | "region" | "service" | "kind" | "key">): string =>
  `${item.account}\n${item.region}\n${item.service}\n${item.kind}\n${item.key}`;

/** @param rankOf rank of `service/kind`; lower runs first at equal time. */
export function createAgenda(rankOf: (service: string, kind: string) => number): Agenda {
  let heap: AgendaItem[] = [];
  let live = new Map<string, AgendaItem>();
  let sequence = 0;

  const before = (a: AgendaItem, b: AgendaItem): boolean => {
    if (a.at !== b.at) return a.at < b.at;
    const [ra, rb] = [rankOf(a.service, a.kind), rankOf(b.service, b.kind)];
    return ra !== rb ? ra < rb : a.sequence < b.sequence;
  };
  const push = (item: AgendaItem): void => {
    heap.push(item);
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!before(heap[at] as AgendaItem, heap[parent] as AgendaItem)) break;
      [heap[at], heap[parent]] = [heap[parent] as AgendaItem, heap[at] as AgendaItem];
      at = parent;
    }
  };
  const pop = (): void => {
    const last = heap.pop() as AgendaItem;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < heap.length && before(heap[left] as AgendaItem, heap[least] as AgendaItem)) least = left;
      if (right < heap.length && before(heap[right] as AgendaItem, heap[least] as AgendaItem)) least = right;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least] as AgendaItem, heap[at] as AgendaItem];
      at = least;
    }
  };
  const dropDead = (): void => {
    while (heap.length > 0 && live.get(identityOf(heap[0] as AgendaItem)) !== heap[0]) pop();
  };
  const ordered = (): AgendaItem[] => [...live.values()].sort((a, b) => (before(a, b) ? -1 : 1));

  return {
    schedule(request) {
      const item: AgendaItem = { ...request, sequence: sequence++ };
      live.set(identityOf(item), item);
      push(item);
    },
    unschedule(item) {
      live.delete(identityOf(item));
    },
    takeDue(moment) {
      dropDead();
      const first = heap[0];
      if (first === undefined || first.at > moment) return undefined;
      pop();
      live.delete(identityOf(first));
      return first;
    },
    nextAt() {
      dropDead();
      return heap[0]?.at;
    },
    items: ordered,
    snapshot: () => ({ sequence, items: ordered() }),
    restore(snapshot) {
      sequence = snapshot.sequence;
      heap = [];
      live = new Map();
      for (const item of snapshot.items) {
        live.set(identityOf(item), item);
        push(item);
      }
    },
  };
}
