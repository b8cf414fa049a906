/** The chosen moment is in the address, so it is there on every page, after reloading and behind a link; another account has none. */
import { useLocation, useSearchParams } from "@solidjs/router";
import { createEffect, createMemo, on, untrack } from "solid-js";
import { isCursorPinned, meantTime, unpin } from "../charts/cursor.ts";
import { useClient } from "../client/context.ts";
import { showMoment } from "./moments.ts";

/** What `at` of an address says, epoch ms; undefined when it is not a moment. */
export function momentOf(query: unknown): number | undefined {
  return typeof query === "string" && /^\d{1,15}$/.test(query) ? Number(query) : undefined;
}

export function useKeptMoment(): void {
  const { pulse } = useClient();
  const location = useLocation();
  const [query, setQuery] = useSearchParams<{ at?: string }>();
  const pinned = createMemo(() => (isCursorPinned() ? meantTime() : undefined));
  const account = createMemo(() => pulse()?.account);
  // An address that says a moment, once the account's clock is known; one without says nothing about it.
  createEffect(
    on([() => query.at, () => account() !== undefined], ([text, isOpen]) => {
      const [at, clock] = [momentOf(text), untrack(pulse)?.clock ?? 0];
      if (isOpen && at !== undefined && at !== floored(untrack(pinned))) showMoment(Math.min(at, clock), clock);
    }),
  );
  createEffect(
    on(account, (now, before) => {
      if (before !== undefined && now !== before) unpin();
    }),
  );
  createEffect(
    on([pinned, () => query.at, () => location.pathname], ([at, written], before) => {
      // Nothing pinned before or now: what the address says is not taken up yet.
      if (at === undefined && before?.[0] === undefined) return;
      const wanted = at === undefined ? undefined : String(floored(at));
      if (written !== wanted) setQuery({ at: wanted }, { replace: true, scroll: false });
    }),
  );
}

const floored = (moment: number | undefined): number | undefined => (moment === undefined ? undefined : Math.floor(moment));
