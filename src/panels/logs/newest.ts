import { type Accessor, createMemo } from "solid-js";
import { createLook } from "../../client/resource.ts";
import type { PageAnswer } from "./answers.ts";
import { type LogLine, linesOf } from "./log-lines.ts";
import { useRegion } from "./reads.ts";
import type { Search } from "./search.ts";

/** The newest lines that match, newest first. */
export function useNewest(search: Search, count: number): Accessor<readonly LogLine[] | undefined> {
  const region = useRegion();
  const matched = (): number => search.counts.data()?.matched ?? 0;
  const read = createLook<PageAnswer>(
    () => {
      const span = search.span();
      const stream = search.stream();
      if (span === undefined || search.counts.data() === undefined || search.counts.stale()) return undefined;
      const question = {
        logGroupName: search.group(),
        ...(stream === undefined ? {} : { logStreamNames: [stream] }),
        filterPattern: search.pattern(),
        start: span.from,
        end: span.to,
        firstRow: Math.max(0, matched() - count),
        rowCount: count,
      };
      return { service: "logs", view: "page", region: region(), question };
    },
    { follow: "question" },
  );
  // While the count is asked anew the rows stay, unless they answer another pattern.
  const held = createMemo((before: { readonly pattern: string; readonly lines: readonly LogLine[] } | undefined) => {
    const answer = read.data();
    if (answer === undefined || read.stale()) return before?.pattern === search.pattern() ? before : undefined;
    return { pattern: search.pattern(), lines: [...linesOf(answer)].reverse() };
  });
  return () => held()?.lines;
}
