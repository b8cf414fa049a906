/** What the list of events shows: a part of the time, a source, a detail type, a text. */
import { type Accessor, createSignal } from "solid-js";
import { minuteOf } from "../../app/moments.ts";
import type { TimeRange } from "../../app/time-range.ts";

export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Scope = "range" | "kept";

export interface Filters {
  /** Empty = any. */
  readonly bus: Accessor<string>;
  readonly source: Accessor<string>;
  readonly type: Accessor<string>;
  readonly text: Accessor<string>;
  readonly scope: Accessor<Scope>;
  /** A minute or a bar that was picked; inside range or account. */
  readonly narrowed: Accessor<Span | undefined>;
  readonly before: Accessor<string | undefined>;
  /** The time that is listed. */
  readonly span: Accessor<Span>;
  /** The time that is drawn. */
  readonly drawn: Accessor<Span>;
  readonly isFiltered: Accessor<boolean>;
  readonly set: (
    change: Partial<{ bus: string; source: string; type: string; text: string; scope: Scope; narrowed: Span | undefined }>,
  ) => void;
  readonly older: (next: string) => void;
  readonly newest: () => void;
  readonly clear: () => void;
}

/** `minute` and `ofBus` are what the address asks for. Any change begins at the newest again. */
export function createFilters(range: Accessor<TimeRange>, whole: Accessor<Span>, minute: unknown, ofBus: unknown): Filters {
  const [bus, setBus] = createSignal(typeof ofBus === "string" ? ofBus : "");
  const [source, setSource] = createSignal("");
  const [type, setType] = createSignal("");
  const [text, setText] = createSignal("");
  const [scope, setScope] = createSignal<Scope>("range");
  const [narrowed, setNarrowed] = createSignal<Span | undefined>(minuteOf(minute));
  const [before, setBefore] = createSignal<string>();
  const drawn = (): Span => (scope() === "range" ? { from: range().from, to: range().to } : whole());
  const set: Filters["set"] = (change) => {
    setBefore(undefined);
    if (change.bus !== undefined) setBus(change.bus);
    if (change.source !== undefined) setSource(change.source);
    if (change.type !== undefined) setType(change.type);
    if (change.text !== undefined) setText(change.text);
    if (change.scope !== undefined) setScope(change.scope);
    if ("narrowed" in change) setNarrowed(change.narrowed);
  };
  return {
    bus,
    source,
    type,
    text,
    scope,
    narrowed,
    before,
    drawn,
    span: () => narrowed() ?? drawn(),
    isFiltered: () => bus() !== "" || source() !== "" || type() !== "" || text() !== "" || narrowed() !== undefined,
    set,
    older: setBefore,
    newest: () => setBefore(undefined),
    clear: () => set({ bus: "", source: "", type: "", text: "", narrowed: undefined }),
  };
}
